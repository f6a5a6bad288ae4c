"""What becomes of the bucket that the settings name: with a real store, and with stores that let us do less."""

from __future__ import annotations

import json
import secrets
import shlex
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from botocore.awsrequest import AWSResponse
from structlog.testing import capture_logs

from smartupload.adapters.s3.bucket import cors, lifecycle
from smartupload.adapters.s3.bucket.trial import Abilities
from smartupload.adapters.s3.store import S3Store
from smartupload.devstack import DevStack
from smartupload.errors import StoreShut, StoreUnavailable
from tests.fixtures_store import aws_answer, s3_store, seaweed, stack

__all__ = ["seaweed", "stack"]

SITE = "https://up.example.org"
LOOK = ([SITE, "http://localhost:3000"], 37, 7)


@pytest.fixture
def account(stack: DevStack) -> Callable[[], S3Store]:
    """Stores in an account in which their bucket is not."""
    keys = {
        "access_key_id": stack.identity.access_key_id,
        "secret_access_key": stack.identity.secret_access_key,
        "encryption": "AES256",
    }
    return lambda: s3_store(stack.endpoint_url, bucket=f"bucket-{secrets.token_hex(6)}", **keys)


def rules_of(store: S3Store) -> tuple[list[Any], list[Any]]:
    client: Any = store._client  # pyright: ignore[reportPrivateUsage]
    return (
        client.get_bucket_cors(Bucket=store.bucket)["CORSRules"],
        client.get_bucket_lifecycle_configuration(Bucket=store.bucket)["Rules"],
    )


def test_an_empty_account_has_all_of_it_afterwards(account: Callable[[], S3Store]) -> None:
    store = account()
    with pytest.raises(StoreUnavailable):
        store.ping()
    store.look_at_bucket(*LOOK)
    store.ping()
    assert store.troubles == []
    page_rules, life_rules = rules_of(store)
    assert (
        cors.lacking(page_rules, SITE, ["content-type", "x-amz-checksum-sha256", "x-amz-server-side-encryption"]) == ""
    )
    assert lifecycle.missing(life_rules, 37) == []
    asked = {"Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "x-amz-checksum-sha256"}
    address = f"{store.endpoint_url}/{store.bucket}/uploads/a"
    told = httpx.options(address, headers={"Origin": SITE} | asked).headers
    assert told["access-control-allow-origin"] == SITE
    store.close()


def test_what_is_there_is_kept_and_nothing_is_written_twice(account: Callable[[], S3Store]) -> None:
    store = account()
    client: Any = store._client  # pyright: ignore[reportPrivateUsage]
    client.create_bucket(Bucket=store.bucket)
    theirs = {"AllowedOrigins": ["https://a.example"], "AllowedMethods": ["DELETE"], "AllowedHeaders": ["x-a"]}
    client.put_bucket_cors(Bucket=store.bucket, CORSConfiguration={"CORSRules": [theirs]})
    logs = {"ID": "logs", "Filter": {"Prefix": "logs/"}, "Status": "Enabled", "Expiration": {"Days": 5}}
    client.put_bucket_lifecycle_configuration(Bucket=store.bucket, LifecycleConfiguration={"Rules": [logs]})
    store.look_at_bucket(*LOOK)
    page_rules, life_rules = rules_of(store)
    assert theirs.items() <= page_rules[1].items()
    assert "logs" in {rule["ID"] for rule in life_rules}
    assert lifecycle.missing(life_rules, 37) == []
    written: list[str] = []
    client.meta.events.register("before-send.s3", lambda request, **_: written.append(request.method))
    store.care.bucket.look(*LOOK)
    assert set(written) <= {"HEAD", "GET"}
    assert rules_of(store) == (page_rules, life_rules)
    store.close()


class Answers:
    """A store that says of each request what it is told to say; what it is told nothing of works."""

    def __init__(self, **said: tuple[int, str]) -> None:
        self.said, self.asked = said, list[str]()
        self.store = s3_store("https://s3.example.net")
        self.store.care.trial = Abilities  # nothing is known
        client: Any = self.store._client  # pyright: ignore[reportPrivateUsage]
        client.meta.events.register("before-send.s3", self._answer)

    def _answer(self, request: Any, **_: Any) -> AWSResponse:
        query = request.url.partition("?")[2]
        name = f"{request.method}_{'list' if 'list-type' in query else query}".rstrip("_").lower()
        self.asked.append(name)
        status, code = self.said.get(name, (200, ""))
        return aws_answer(request.url, status, code)

    def look(self) -> list[Any]:
        self.store.look_at_bucket(*LOOK)
        return list(self.store.troubles)


DENIED = (403, "AccessDenied")
NONE_YET = {"get_cors": (404, "NoSuchCORSConfiguration"), "get_lifecycle": (404, "NoSuchLifecycleConfiguration")}


def preflight(monkeypatch: pytest.MonkeyPatch, lacks: str) -> None:
    """What a browser would see."""
    monkeypatch.setattr("smartupload.adapters.s3.bucket.look.Bucket.seen", lambda *_: lacks)


def test_a_bucket_that_may_not_be_made() -> None:
    (trouble,) = Answers(head=(404, ""), put=DENIED).look()
    assert trouble.about == "bucket"
    assert trouble.stops
    assert trouble.what == "There is no bucket smartupload, and the store does not let the app make it (AccessDenied)."
    assert trouble.remedy == "aws --endpoint-url https://s3.example.net s3api create-bucket --bucket smartupload"


def test_a_bucket_that_is_somebody_elses() -> None:
    (trouble,) = Answers(head=(403, ""), get_list=DENIED).look()
    assert (trouble.about, trouble.stops) == ("bucket", True)
    assert "s3:ListBucket" in trouble.what


def test_a_wrong_secret_is_no_missing_right() -> None:
    """A HEAD says 403 of both."""
    with pytest.raises(StoreShut), capture_logs() as log:
        Answers(head=(403, ""), get_list=(403, "SignatureDoesNotMatch")).look()
    assert "SMARTUPLOAD_S3_SECRET_ACCESS_KEY" in log[-1]["hint"]


def test_rules_that_may_not_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    preflight(monkeypatch, "a browser is not let PUT")
    answers = Answers(**NONE_YET, put_cors=DENIED, put_lifecycle=DENIED)
    pages, life = answers.look()
    assert (pages.about, pages.stops, life.about, life.stops) == ("cors", True, "lifecycle", False)
    assert f"Pages of {SITE} cannot upload" in pages.what
    typed = shlex.split(pages.remedy)
    assert typed[:5] == ["aws", "--endpoint-url", "https://s3.example.net", "s3api", "put-bucket-cors"]
    assert cors.lacking(json.loads(typed[-1])["CORSRules"], SITE, cors.SENT) == ""
    typed = shlex.split(life.remedy)
    assert lifecycle.missing(json.loads(typed[-1])["Rules"], 37) == []


def test_rules_that_cannot_be_read_are_not_written_over(monkeypatch: pytest.MonkeyPatch) -> None:
    preflight(monkeypatch, "a browser is not let PUT")
    answers = Answers(get_cors=DENIED, get_lifecycle=DENIED)
    pages, life = answers.look()
    assert not any(asked.startswith("put") for asked in answers.asked)
    for trouble in (pages, life):
        assert trouble.what.endswith("The command replaces the rules that are there: add them to it.")


@pytest.mark.parametrize(
    "said", [(501, "NotImplemented"), (405, "MethodNotAllowed"), (400, "InvalidRequest"), (404, "NoSuchKey")]
)
def test_a_store_without_such_rules_that_lets_browsers_in_has_no_trouble(
    monkeypatch: pytest.MonkeyPatch, said: tuple[int, str]
) -> None:
    preflight(monkeypatch, "")
    assert Answers(get_cors=said, get_lifecycle=said).look() == []
    assert Answers(**NONE_YET, put_cors=said, put_lifecycle=said).look() == []


def test_a_store_without_such_rules_that_shuts_browsers_out(monkeypatch: pytest.MonkeyPatch) -> None:
    preflight(monkeypatch, "a browser is not let PUT")
    said = (501, "NotImplemented")
    (trouble,) = Answers(get_cors=said, get_lifecycle=said).look()
    assert (trouble.about, trouble.stops) == ("cors", True)


@pytest.mark.parametrize("said", [(503, "SlowDown"), (500, "InternalError"), (403, "SignatureDoesNotMatch")])
def test_a_store_that_is_away_for_a_moment_is_looked_at_again(said: tuple[int, str]) -> None:
    for request in ("get_cors", "put_cors", "get_lifecycle", "put_lifecycle"):
        with pytest.raises(StoreUnavailable):
            Answers(**(NONE_YET | {request: said})).look()


def test_what_is_found_is_logged_once_and_that_it_is_mended() -> None:
    answers = Answers(head=(404, ""), put=DENIED)
    with capture_logs() as log:
        answers.look()
        answers.look()
        answers.said = {}
        answers.store.look_at_bucket([], 37, 7)
    said = [line["event"] for line in log if line["log_level"] != "debug"]
    assert said.count("the bucket is not as it should be") == 1
    assert said[-1] == "the bucket is as it should be now"
