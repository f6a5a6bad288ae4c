"""Which answers of an S3 server mean gone, refused or away."""

from __future__ import annotations

import contextlib
from collections.abc import Generator

from botocore.exceptions import BotoCoreError, ClientError

from smartupload.adapters.s3.circuit import Silent
from smartupload.adapters.s3.refusals import FULL, Refusals, log
from smartupload.errors import MultipartGone, StoreFull, StoreRefused, StoreShut, StoreUnavailable

ABSENT = {"NoSuchKey", "404", "NotFound"}
_GONE = {"NoSuchUpload"}
_OF_ONE_MULTIPART = {"list_parts", "complete_multipart", "abort_multipart"}
"""Nothing else that they name can be missing: Ceph says of an upload that is gone that there is no such key."""
# Whoever runs the site can heal these; to the person the store is shut.
OPERATOR = {
    "AccessDenied", "AllAccessDisabled", "AuthorizationHeaderMalformed", "ExpiredToken", "InvalidAccessKeyId", "InvalidToken",
    "NoSuchBucket", "PermanentRedirect", "RequestTimeTooSkewed", "SignatureDoesNotMatch", "403",
}  # fmt: skip
BUSY = {"SlowDown", "RequestTimeout", "ThrottlingException", "TooManyRequests", "429"}
AWAY = OPERATOR | BUSY | FULL
_EXPECTED = ABSENT | _GONE | {
    "InvalidRange", "NoSuchCORSConfiguration", "NoSuchLifecycleConfiguration", "BucketAlreadyOwnedByYou", "BucketAlreadyExists",
}  # fmt: skip
"""What is an answer and no refusal."""
_refusals = Refusals()


def code_of(error: ClientError) -> str:
    """What the store calls it."""
    return str(error.response.get("Error", {}).get("Code", ""))


def status_of(error: ClientError) -> int:
    """The status of the answer."""
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


def is_denied(error: ClientError) -> bool:
    """Whether the store knows us, and does not let us do this."""
    return code_of(error) in ("AccessDenied", "403")


class AlreadyThere(StoreRefused):
    """The bucket exists."""


@contextlib.contextmanager
def translated(operation: str) -> Generator[None]:
    """What boto3 raises, as the port's errors."""
    try:
        yield
    except ClientError as error:
        code, status = code_of(error), status_of(error)
        message = str(error.response.get("Error", {}).get("Message", ""))
        if code not in _EXPECTED:
            _refusals.write(operation, error)
        if code in _GONE or (code in ABSENT and operation in _OF_ONE_MULTIPART):
            raise MultipartGone(message) from error
        if code in ("BucketAlreadyOwnedByYou", "BucketAlreadyExists"):
            raise AlreadyThere(code, message) from error
        if code in FULL or status == 507:
            raise StoreFull from error
        if code in OPERATOR:
            raise StoreShut from error
        if (status >= 500 and status != 501) or code in BUSY:
            raise StoreUnavailable from error
        named = str(error.response.get("Error", {}).get("PartNumber", ""))
        raise StoreRefused(code, message, int(named) if named.isdecimal() else None) from error
    except Silent as silent:
        raise StoreUnavailable from silent  # which was logged when it began
    except BotoCoreError as error:
        log.warning("store away", operation=operation, cause=str(error))
        raise StoreUnavailable from error
