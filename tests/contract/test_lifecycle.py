"""The second net: the store itself forgets what is left unfinished, and one that cannot is used all the same."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.awsrequest import AWSResponse

from smartupload.adapters.s3.store import S3Store
from tests.fixtures_store import aws_answer, s3_store, seaweed, stack

__all__ = ["seaweed", "stack"]


def test_the_embedded_store_takes_the_rules(seaweed: S3Store) -> None:
    client: Any = seaweed._client  # pyright: ignore[reportPrivateUsage]
    rules = {
        rule["Filter"]["Prefix"]: rule
        for rule in client.get_bucket_lifecycle_configuration(Bucket=seaweed.bucket)["Rules"]
    }
    assert set(rules) == {"uploads/", "handover/"}
    assert rules["uploads/"]["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 37}
    assert rules["handover/"]["Expiration"] == {"Days": 37}
    assert "Expiration" not in rules["uploads/"], "a file that is being checked is no rest"
    assert {rule["Status"] for rule in rules.values()} == {"Enabled"}


@pytest.mark.parametrize(("status", "code"), [(400, "InvalidRequest"), (501, "NotImplemented")])
def test_a_store_that_knows_no_such_rules_is_used_all_the_same(status: int, code: str) -> None:
    store = s3_store("http://store.invalid")
    asked: list[str] = []

    def answer(request: Any, **_: Any) -> AWSResponse:
        asked.append(request.url.partition("?")[2])
        if "lifecycle" not in request.url:
            return aws_answer(request.url)
        return aws_answer(request.url, status, code)

    client: Any = store._client  # pyright: ignore[reportPrivateUsage]
    client.meta.events.register("before-send.s3", answer)
    store.make_bucket(["http://localhost:3000"], keep_days=37)
    assert asked[0] == ""
    assert asked[1] == "cors"
    assert "lifecycle" in asked
    store.close()
