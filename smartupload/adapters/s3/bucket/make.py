"""How a bucket is made, and how that of the embedded store, which is nobody else's, is told its rules."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Any

from botocore.exceptions import ClientError

from smartupload.adapters.s3.answers import AlreadyThere, code_of, log, translated
from smartupload.adapters.s3.bucket import cors, lifecycle
from smartupload.errors import StoreRefused

_NO_PLACE = ("us-east-1", "auto", "")
_OTHER_PLACE = {"InvalidLocationConstraint", "IllegalLocationConstraintException", "MalformedXML", "InvalidArgument"}


def create(client: Any, bucket: str) -> None:
    """Make it, in the region of the client. Raises what boto3 raises."""
    region = client.meta.region_name
    if region in _NO_PLACE:
        client.create_bucket(Bucket=bucket)
        return
    try:
        client.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": region})
    except ClientError as error:
        # A store of one place knows no region by this name.
        if code_of(error) not in _OTHER_PLACE:
            raise
        client.create_bucket(Bucket=bucket)


def make_bucket(client: Any, bucket: str, origins: Sequence[str], keep_days: int = 0) -> None:
    """Make the bucket and let pages of these origins send to it and read its answers. `client`: boto3's for S3.

    What of an upload is still unfinished after `keep_days` is deleted by the store itself; 0 is never.
    """
    with contextlib.suppress(AlreadyThere), translated("make_bucket"):
        create(client, bucket)
    with translated("make_bucket"):
        client.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": [cors.rule(origins)]})
    if not keep_days:
        return
    try:
        with translated("limit_life"):
            client.put_bucket_lifecycle_configuration(
                Bucket=bucket, LifecycleConfiguration={"Rules": lifecycle.rules(keep_days)}
            )
    except StoreRefused as refused:
        # Only a second net: the app removes what is abandoned by itself.
        log.warning("the store takes no lifecycle rules", code=refused.code)
