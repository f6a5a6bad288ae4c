"""The webhook against a real receiver: what it gets, and what its answers mean."""

from __future__ import annotations

import hashlib
import hmac
import time
from pathlib import Path
from typing import Any

import pytest

from smartupload.adapters.webhook import Webhook, signature
from smartupload.errors import TryAgain, Undeliverable
from smartupload.ports import Message
from tests.receiver import HANG_UP, Receiver, receiver

__all__ = ["receiver"]

MESSAGE = Message("17", "upload.ready", "u1", '{"id": "17", "name": "été.mov"}')


def test_posted_and_signed(receiver: Receiver) -> None:
    before = int(time.time())
    Webhook(receiver.url, "geheim").send(MESSAGE)
    [got] = receiver.received
    assert got.path == "/events"
    assert got.body == MESSAGE.body.encode()
    assert got.headers["content-type"] == "application/json"
    assert got.headers["smartupload-event-id"] == "17"
    assert got.headers["smartupload-event-kind"] == "upload.ready"
    moment, _, digest = got.headers["smartupload-signature"].partition(",")
    at = int(moment.removeprefix("t="))
    assert before <= at <= time.time()
    expected = hmac.new(b"geheim", f"{at}.".encode() + got.body, hashlib.sha256).hexdigest()
    assert digest == f"v1={expected}"


def test_the_check_in_the_documentation_takes_it_and_no_other(receiver: Receiver) -> None:
    Webhook(receiver.url, "geheim").send(MESSAGE)
    [got] = receiver.received
    page = (Path(__file__).resolve().parents[2] / "docs" / "events.md").read_text()
    given: dict[str, Any] = {}
    exec(page.partition("```python\n")[2].partition("```")[0], given)
    header = got.headers["smartupload-signature"]
    check = given["is_genuine"]
    assert check("geheim", header, got.body)
    assert not check("geheim", header, got.body + b" ")
    assert not check("another", header, got.body)
    old = signature("geheim", got.body, int(time.time()) - 3600)
    assert not check("geheim", old, got.body)
    for broken in ("", "t=,v1=", "v1=x", "t=1", "garbage"):
        assert not check("geheim", broken, got.body)


@pytest.mark.parametrize("status", [301, 307, 400, 401, 404, 408, 422, 425, 429, 500, 502, 503, HANG_UP])
def test_all_that_may_pass_is_tried_again(receiver: Receiver, status: int) -> None:
    receiver.answers = [(status, {"location": "/elsewhere"}), 204]
    webhook = Webhook(receiver.url, "geheim")
    with pytest.raises(TryAgain) as raised:
        webhook.send(MESSAGE)
    assert raised.value.after is None
    assert len(receiver.received) == 1, "no redirect is followed"
    webhook.send(MESSAGE)
    assert [request.path for request in receiver.taken] == ["/events"]


def test_gone_is_for_good(receiver: Receiver) -> None:
    receiver.usual = 410
    with pytest.raises(Undeliverable, match="410"):
        Webhook(receiver.url, "geheim").send(MESSAGE)


def test_nobody_listens(receiver: Receiver) -> None:
    with pytest.raises(TryAgain, match="no answer"):
        Webhook("http://127.0.0.1:9/", "geheim").send(MESSAGE)


def test_the_receiver_says_when(receiver: Receiver) -> None:
    receiver.answers = [(429, {"retry-after": "120"})]
    with pytest.raises(TryAgain) as raised:
        Webhook(receiver.url, "geheim").send(MESSAGE)
    assert raised.value.after == 120
