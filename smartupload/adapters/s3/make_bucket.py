"""What a bucket is told once: which pages may send to it, and what it throws away by itself."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Any

from smartupload.adapters.s3.answers import AlreadyThere, log, translated
from smartupload.errors import StoreRefused


def make_bucket(client: Any, bucket: str, origins: Sequence[str], keep_days: int = 0) -> None:
    """Make the bucket and let pages of these origins send to it and read its answers. `client`: boto3's for S3.

    What of an upload is still unfinished after `keep_days` is deleted by the store itself; 0 is never.
    """
    with contextlib.suppress(AlreadyThere), translated("make_bucket"):
        client.create_bucket(Bucket=bucket)
    rule = {
        "AllowedOrigins": list(origins),
        "AllowedMethods": ["PUT", "GET", "HEAD", "POST"],
        "AllowedHeaders": ["*"],
        "ExposeHeaders": ["ETag", "x-amz-checksum-sha256"],
        "MaxAgeSeconds": 7200,
    }
    with translated("make_bucket"):
        client.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": [rule]})
    if keep_days:
        _limit_life(client, bucket, keep_days)


def _limit_life(client: Any, bucket: str, days: int) -> None:
    rules = [
        {"ID": "unfinished", "Filter": {"Prefix": "uploads/"}, "Status": "Enabled"}
        | {"AbortIncompleteMultipartUpload": {"DaysAfterInitiation": days}},
        {"ID": "handover", "Filter": {"Prefix": "handover/"}, "Status": "Enabled", "Expiration": {"Days": days}},
    ]
    try:
        with translated("limit_life"):
            client.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration={"Rules": rules})
    except StoreRefused as refused:
        # Only a second net: the app removes what is abandoned by itself.
        log.warning("the store takes no lifecycle rules", code=refused.code)
