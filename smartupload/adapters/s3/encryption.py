"""What every object asks the store for: in boto3's words, and in those of headers and form fields."""

from __future__ import annotations

_FIELDS = {
    "ServerSideEncryption": "x-amz-server-side-encryption",
    "SSEKMSKeyId": "x-amz-server-side-encryption-aws-kms-key-id",
}


def for_boto3(wanted: str) -> dict[str, str]:
    """With each call that makes an object. `wanted`: `AES256`, `aws:kms`, `aws:kms:KEY`, or `off`."""
    if wanted == "off":
        return {}
    if wanted.startswith("aws:kms:"):
        return {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": wanted.removeprefix("aws:kms:")}
    return {"ServerSideEncryption": wanted}


def for_headers(wanted: str) -> dict[str, str]:
    """The same for a request or a form that is signed here."""
    return {_FIELDS[name]: value for name, value in for_boto3(wanted).items()}
