"""What a refusal of the store means to whoever runs the site: what is written of it, how often, and what helps."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import structlog
from botocore.exceptions import ClientError

from smartupload.throttle import Throttle

log = structlog.get_logger("smartupload.store")

EACH, SECONDS = 10, 60.0
"""So many lines about one kind of refusal in so many seconds, as of all that strangers can bring about (logs)."""

FULL = {
    "InsufficientStorage", "QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded", "StorageQuotaExceeded",
    "StorageCapExceeded", "InsufficientCapacity",
}  # fmt: skip
"""There is no room in the store."""

_SESSION = "the credentials of this session are over: name others, or let a role give them"
_REGION = "the bucket is in another region: set SMARTUPLOAD_S3_REGION, and SMARTUPLOAD_S3_ENDPOINT_URL to the address of that region"
_ENCRYPTION = "if it knows no such encryption, set SMARTUPLOAD_S3_ENCRYPTION=off"
_KMS = "the key of SMARTUPLOAD_S3_ENCRYPTION cannot be used: it has to be enabled, in the bucket's region, and allow kms:GenerateDataKey and kms:Decrypt"
_BUSY = "the store asks to be asked less; it is asked again by itself"
_HINTS = {
    "AuthorizationHeaderMalformed": _REGION,
    "ExpiredToken": _SESSION,
    "IllegalLocationConstraintException": _REGION,
    "InvalidAccessKeyId": "the store does not know SMARTUPLOAD_S3_ACCESS_KEY_ID",
    "InvalidEncryptionAlgorithmError": _ENCRYPTION,
    "InvalidToken": _SESSION,
    "NoSuchBucket": "there is no bucket of that name: set SMARTUPLOAD_S3_BUCKET, or allow s3:CreateBucket and start again",
    "PermanentRedirect": _REGION,
    "RequestTimeTooSkewed": "the clocks of this machine and of the store differ by more than the store takes: have both set by NTP",
    "ServerSideEncryptionConfigurationNotFoundError": _ENCRYPTION,
    "SignatureDoesNotMatch": "SMARTUPLOAD_S3_SECRET_ACCESS_KEY is not the store's, or a proxy between changes the Host header or the path",
    "SlowDown": _BUSY,
    "ThrottlingException": _BUSY,
    "TooManyRequests": _BUSY,
}
_NEEDS = {
    "abort_multipart": "s3:AbortMultipartUpload",
    "complete_multipart": "s3:PutObject",
    "copy_part": "s3:GetObject and s3:PutObject",
    "delete": "s3:DeleteObject",
    "head": "s3:GetObject",
    "list_objects": "s3:ListBucket",
    "list_parts": "s3:ListMultipartUploadParts",
    "mark_clean": "s3:PutObjectTagging",
    "open_multipart": "s3:PutObject",
    "peek": "s3:GetObject",
    "ping": "s3:ListBucket",
    "read": "s3:GetObject",
}


def hint(code: str, operation: str = "", message: str = "", status: int = 0) -> str:
    """What whoever runs the site can do about it; empty where nobody knows."""
    if code in FULL or status == 507:
        return "the store is full: make room there, or raise its quota"
    if code.startswith("KMS") or "kms" in message.lower():
        return _ENCRYPTION if status == 501 else _KMS
    if code in ("AccessDenied", "AllAccessDisabled", "403"):
        needed = _NEEDS.get(operation)
        return f"the app's credentials need {needed}" if needed else "the app's credentials may not do this"
    return _HINTS.get(code, "")


def sentence(text: str) -> str:
    """A hint as a sentence of its own."""
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def clock_difference(error: ClientError, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> int | None:
    """Seconds by which the store's clock is ahead of ours, as its answer says it."""
    told: Any = error.response.get("ResponseMetadata", {}).get("HTTPHeaders", {}).get("date", "")
    try:
        return round((parsedate_to_datetime(told) - now()).total_seconds())
    except (TypeError, ValueError):
        return None


class Refusals:
    """Writes them down. `now`: seconds, from any moment on."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._throttle = Throttle(EACH, SECONDS, now)

    def write(self, operation: str, error: ClientError) -> None:
        """One line, unless there were many of its kind just now."""
        told, meta = error.response.get("Error", {}), error.response.get("ResponseMetadata", {})
        code, message, status = str(told.get("Code", "")), str(told.get("Message", "")), meta.get("HTTPStatusCode", 0)
        left_out = self._throttle.left_out((operation, code))
        if left_out is None:
            return
        more: dict[str, Any] = {"hint": hint(code, operation, message, status)}
        if code == "RequestTimeTooSkewed":
            more["store_is_ahead_seconds"] = clock_difference(error)
        more |= {"request_id": meta.get("RequestId", ""), "left_out": left_out}
        log.warning(
            "store refused",
            operation=operation,
            code=code,
            status=status,
            message=message[:300],
            **{name: value for name, value in more.items() if value not in ("", 0, None)},
        )
