"""The webhook against a real receiver: what it gets, and what its answers mean."""

from __future__ import annotations

import hashlib
import hmac
import time
from pathlib import Path
from typing import Any

import pytest
import standardwebhooks

from smartupload.adapters.webhook import Webhook
from smartupload.errors import TryAgain, Undeliverable
from smartupload.ports import Message
from smartupload.setting_types import webhook_key
from tests.receiver import HANG_UP, Receiver, receiver

__all__ = ["receiver"]

SECRET = "whsec_c21hcnR1cGxvYWQgc2lnbnMgd2l0aCB0aGlz"
MESSAGE = Message("17", "upload.ready", "u1", '{"id": "17", "name": "été.mov"}')


def to(url: str, secret: str = SECRET) -> Webhook:
    return Webhook(url, secret, key=webhook_key(secret), source="https://files.example.org")


@pytest.mark.parametrize("secret", [SECRET, "geheim"])
def test_a_receiver_checks_it_with_the_library(receiver: Receiver, secret: str) -> None:
    to(receiver.url, secret).send(MESSAGE)
    [got] = receiver.received
    known = standardwebhooks.Webhook(secret if secret.startswith("whsec_") else secret.encode())
    assert known.verify(got.body, got.headers) == {"id": "17", "name": "été.mov"}
    for broken in (got.body + b" ", b"{}"):
        with pytest.raises(standardwebhooks.WebhookVerificationError):
            known.verify(broken, got.headers)
    assert got.headers["webhook-id"] == "17"


def test_it_is_a_cloud_event(receiver: Receiver) -> None:
    to(receiver.url).send(MESSAGE)
    [got] = receiver.received
    attributes = {name: value for name, value in got.headers.items() if name.startswith("ce-")}
    assert attributes == {
        "ce-specversion": "1.0",
        "ce-id": "17",
        "ce-source": "https://files.example.org",
        "ce-type": "upload.ready",
        "ce-subject": "u1",
    }


def test_posted_and_signed(receiver: Receiver) -> None:
    before = int(time.time())
    to(receiver.url).send(MESSAGE)
    [got] = receiver.received
    assert got.path == "/events"
    assert got.body == MESSAGE.body.encode()
    assert got.headers["content-type"] == "application/json"
    assert got.headers["smartupload-event-id"] == "17"
    assert got.headers["smartupload-event-kind"] == "upload.ready"
    moment, _, digest = got.headers["smartupload-signature"].partition(",")
    at = int(moment.removeprefix("t="))
    assert before <= at <= time.time()
    expected = hmac.new(SECRET.encode(), f"{at}.".encode() + got.body, hashlib.sha256).hexdigest()
    assert digest == f"v1={expected}"


@pytest.mark.parametrize("secret", [SECRET, "geheim", "größe", "c21hcnR1cGxvYWQgc2lnbnMgd2l0aCB0aGlz"])
def test_the_check_in_the_documentation_takes_it_and_no_other(receiver: Receiver, secret: str) -> None:
    to(receiver.url, secret).send(MESSAGE)
    [got] = receiver.received
    page = (Path(__file__).resolve().parents[2] / "docs" / "events.md").read_text()
    given: dict[str, Any] = {}
    exec(page.partition("```python\n")[2].partition("```")[0], given)
    check = given["event_of"]
    assert check(secret, got.headers, got.body) == {"id": "17", "name": "été.mov"}
    for other, body in ((secret, got.body + b" "), ("whsec_" + "A" * 32, got.body), ("other", got.body)):
        with pytest.raises(standardwebhooks.WebhookVerificationError):
            check(other, got.headers, body)
    with pytest.raises(standardwebhooks.WebhookVerificationError, match="too old"):
        check(secret, {**got.headers, "webhook-timestamp": str(int(time.time()) - 3600)}, got.body)


@pytest.mark.parametrize("status", [301, 307, 400, 401, 404, 408, 422, 425, 429, 500, 502, 503, HANG_UP])
def test_all_that_may_pass_is_tried_again(receiver: Receiver, status: int) -> None:
    receiver.answers = [(status, {"location": "/elsewhere"}), 204]
    webhook = to(receiver.url)
    with pytest.raises(TryAgain) as raised:
        webhook.send(MESSAGE)
    assert raised.value.after is None
    assert len(receiver.received) == 1, "no redirect is followed"
    webhook.send(MESSAGE)
    assert [request.path for request in receiver.taken] == ["/events"]


def test_gone_is_for_good(receiver: Receiver) -> None:
    receiver.usual = 410
    with pytest.raises(Undeliverable, match="410"):
        to(receiver.url).send(MESSAGE)


def test_nobody_listens(receiver: Receiver) -> None:
    with pytest.raises(TryAgain, match="no answer"):
        to("http://127.0.0.1:9/").send(MESSAGE)


def test_the_receiver_says_when(receiver: Receiver) -> None:
    receiver.answers = [(429, {"retry-after": "120"})]
    with pytest.raises(TryAgain) as raised:
        to(receiver.url).send(MESSAGE)
    assert raised.value.after == 120
