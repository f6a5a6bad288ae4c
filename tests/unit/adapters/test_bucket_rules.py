"""Which rules a bucket lacks, read as S3 reads them, and what is added to those that are there."""

from __future__ import annotations

from typing import Any

import pytest

from smartupload.adapters.s3.bucket import cors, lifecycle

SITE = "https://up.example.org"
SENT = ("content-type", "x-amz-checksum-sha256", "x-amz-server-side-encryption")


def of(**changes: Any) -> dict[str, Any]:
    """A rule that lets the site do all it needs, but for these."""
    return cors.rule([SITE]) | changes


@pytest.mark.parametrize(
    ("rules", "lacking"),
    [
        ([], "PUT is not allowed"),
        ([of()], ""),
        ([of(AllowedOrigins=["*"])], ""),
        ([of(AllowedOrigins=["https://*.example.org"])], ""),
        ([of(AllowedOrigins=["https://*.example.com"])], "PUT is not allowed"),
        ([of(AllowedOrigins=["https://up.example.or"])], "PUT is not allowed"),
        ([of(AllowedMethods=["GET", "PUT", "HEAD"])], "POST is not allowed"),
        ([of(AllowedHeaders=["Content-Type", "X-Amz-*"])], ""),
        ([of(AllowedHeaders=["content-type", "x-amz-checksum-sha256"])], f"the header {SENT[2]} is not allowed"),
        ([of(AllowedHeaders=[])], "the header content-type is not allowed"),
        ([of(ExposeHeaders=["etag"])], "the header x-amz-checksum-sha256 is not exposed"),
        # The first rule that fits says what is exposed, whatever comes behind it.
        ([of(ExposeHeaders=[]), of()], "the header ETag is not exposed"),
        ([of(AllowedMethods=["DELETE"], ExposeHeaders=[]), of()], ""),
        # One rule has to allow all headers of a request.
        ([of(AllowedHeaders=SENT[:2]), of(AllowedHeaders=SENT[2:])], "the header content-type is not allowed"),
    ],
)
def test_what_pages_are_not_let_do(rules: list[Any], lacking: str) -> None:
    assert cors.lacking(rules, SITE, SENT) == lacking


def test_what_is_added_is_enough_and_nothing_is_taken_away() -> None:
    others = [
        of(AllowedOrigins=["*"], AllowedMethods=["GET"], ExposeHeaders=["x-amz-version-id", "ETAG"]),
        {"AllowedOrigins": ["https://other.example"], "AllowedMethods": ["DELETE"], "ExposeHeaders": ["x-other"]},
    ]
    ours, *kept = cors.merged(others, [SITE])
    assert kept == others
    assert cors.lacking([ours, *kept], SITE, SENT) == ""
    assert {name.lower() for name in ours["ExposeHeaders"]} == {"etag", "x-amz-checksum-sha256", "x-amz-version-id"}


def abort(days: int, **changes: Any) -> dict[str, Any]:
    return lifecycle.rules(days)[0] | changes


def expire(days: int, **changes: Any) -> dict[str, Any]:
    return lifecycle.rules(days)[1] | changes


@pytest.mark.parametrize(
    ("there", "missing"),
    [
        ([], ["unfinished", "handover"]),
        (lifecycle.rules(37), []),
        (lifecycle.rules(60), []),
        (lifecycle.rules(10), ["unfinished", "handover"]),
        # Somebody else's rule for everything, in the new and in the old way of writing.
        ([abort(7, ID="all", Filter={"Prefix": ""}), expire(37)], []),
        ([abort(7, ID="all", Filter={}), expire(37)], []),
        ([{"ID": "all", "Prefix": "", "Status": "Enabled", "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7}}], ["handover"]),
        ([abort(37, Status="Disabled"), expire(37)], ["unfinished"]),
        ([abort(37, Filter={"Prefix": "uploads/a"}), expire(37)], ["unfinished"]),
        ([abort(37), expire(37, Filter={"And": {"Prefix": "handover/", "Tags": []}})], ["handover"]),
        ([abort(37), expire(37, Expiration={"ExpiredObjectDeleteMarker": True})], ["handover"]),
    ],
)  # fmt: skip
def test_which_rules_are_missing(there: list[Any], missing: list[str]) -> None:
    assert [one["ID"] for one in lifecycle.missing(there, 37)] == missing
    assert lifecycle.missing(lifecycle.merged(there, 37), 37) == []


def test_rules_of_others_are_kept_and_ours_that_are_too_early_replaced() -> None:
    theirs = expire(5, ID="handover", Filter={"Prefix": "logs/"})
    merged = lifecycle.merged([theirs, abort(10)], 37)
    assert merged == [theirs, abort(37), expire(37, ID="smartupload-handover")]


def test_prefixes_are_written_as_they_are_there() -> None:
    old = {"ID": "logs", "Prefix": "logs/", "Status": "Enabled", "Expiration": {"Days": 5}}
    merged = lifecycle.merged([old], 37)
    assert [one["Prefix"] for one in merged] == ["logs/", "uploads/", "handover/"]
    assert not any("Filter" in one for one in merged)


def test_a_rule_that_lets_go_of_uploads_that_still_go_on() -> None:
    assert lifecycle.too_early([abort(7)], 7) == ""
    assert (
        lifecycle.too_early([abort(3, ID="mine")], 7)
        == "the lifecycle rule mine gives unfinished uploads up after 3 days"
    )
    assert lifecycle.too_early([abort(3, Filter={"Prefix": "other/"})], 7) == ""


def test_a_rule_that_deletes_files() -> None:
    assert lifecycle.deletes_files(lifecycle.rules(37)) == ""
    assert (
        lifecycle.deletes_files([expire(90, ID="", Filter={})])
        == "the lifecycle rule without a name deletes files after 90 days"
    )
