"""Whether a store can mark a clean file with a tag. It is tried on an object of its own: some stores take such a request for a new body."""

from __future__ import annotations

import contextlib
import secrets
from typing import Any

from botocore.exceptions import ClientError

from smartupload.adapters.s3.answers import is_denied, log, translated
from smartupload.errors import Problem, StoreFault, StoreRefused, StoreUnavailable

TAGS = [{"Key": "smartupload-scan", "Value": "clean"}]
_BODY = b"is a tag a tag here?"


class CleanTag:
    """The tag in one bucket. `client`: boto3's for S3. `asked`: what each object asks the store for."""

    def __init__(self, client: Any, bucket: str, asked: dict[str, str]) -> None:
        self._client = client
        self._bucket = bucket
        self._asked = asked
        self._works: bool | None = None

    def works(self) -> bool:
        """Whether that can be done; asked for the first time it is tried. Raises StoreUnavailable."""
        if self._works is None:
            self._works = self._try()
        return bool(self._works)

    def put(self, key: str) -> None:
        """Mark this object. Raises what boto3 raises."""
        self._client.put_object_tagging(Bucket=self._bucket, Key=key, Tagging={"TagSet": TAGS})

    def _try(self) -> bool | None:
        """None when it is not known, so that it is tried again with the next file."""
        probe = {"Bucket": self._bucket, "Key": f"handover/tag-{secrets.token_hex(8)}"}
        try:
            with translated("try_a_tag"):
                self._client.put_object(**probe, Body=_BODY, **self._asked)
                self._client.put_object_tagging(**probe, Tagging={"TagSet": TAGS})
                told = self._client.get_object_tagging(**probe)["TagSet"]
                body = self._client.get_object(**probe)["Body"].read()
            if told == TAGS and body == _BODY:
                return True
            return _none("it is not there afterwards" if body == _BODY else "the object's bytes were changed")
        except StoreRefused as refused:
            return _none(refused.code)
        except StoreUnavailable as away:
            if isinstance(away.__cause__, ClientError) and is_denied(away.__cause__):
                return _none("AccessDenied")
            with translated("try_a_tag"):
                self._client.head_bucket(Bucket=self._bucket)  # raises when it is not about the tag
            log.warning(
                "the store fails when a clean file is tagged: it is published without", cause=str(away.__cause__)
            )
            return None
        finally:
            with contextlib.suppress(StoreFault, Problem), translated("try_a_tag"):
                self._client.delete_object(**probe)


def _none(why: str) -> bool:
    hint = "no policy of the bucket can tell what was scanned; it takes s3:PutObjectTagging and s3:GetObjectTagging"
    log.warning("the store takes no tag on a clean file", why=why, hint=hint)
    return False
