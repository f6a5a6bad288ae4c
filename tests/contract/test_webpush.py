"""Pushes over real HTTP to a push service that decrypts them, and what its answers mean."""

from __future__ import annotations

import socket
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from smartupload.adapters.retry_after import LONGEST
from smartupload.adapters.vapid import public_key
from smartupload.adapters.webpush import LIFE, WebPush
from smartupload.errors import TargetGone, TryAgain, Undeliverable
from smartupload.ports import PushTarget
from smartupload.service.notify import endpoints
from tests.fixtures_push import KEY, PushService, push_service
from tests.receiver import HANG_UP

__all__ = ["push_service"]


@pytest.fixture
def pusher(push_service: PushService) -> Generator[WebPush]:
    """One that may call the push service and nobody else."""
    pusher = WebPush(KEY, "mailto:admin@example.org", endpoints.rule([push_service.place]))
    yield pusher
    pusher.close()


def test_the_browser_can_read_it_and_the_service_knows_who_sent_it(push_service: PushService, pusher: WebPush) -> None:
    browser = push_service.subscribes()
    pusher.send(browser.target, "été is ready".encode(), "topic-1")
    [pushed] = push_service.pushed
    assert pushed.payload.decode() == "été is ready"
    assert pushed.claims["k"] == pusher.public_key == public_key(KEY)
    assert pushed.claims["sub"] == "mailto:admin@example.org"
    assert (pushed.headers["topic"], pushed.headers["urgency"]) == ("topic-1", "high")
    assert pushed.headers["ttl"] == str(LIFE)
    assert "cookie" not in pushed.headers


def test_each_browser_can_read_its_own_only(push_service: PushService, pusher: WebPush) -> None:
    first, second = push_service.subscribes(), push_service.subscribes()
    stranger = PushTarget(first.endpoint, second.target.p256dh, second.target.auth)
    with pytest.raises(Undeliverable, match="answered 400"):
        pusher.send(stranger, b"x", "t")
    assert push_service.faults
    push_service.faults.clear()


def test_as_much_as_a_push_may_hold(push_service: PushService, pusher: WebPush) -> None:
    browser = push_service.subscribes()
    pusher.send(browser.target, b"x" * 3993, "t")
    with pytest.raises(Undeliverable, match="4096"):
        pusher.send(browser.target, b"x" * 3994, "t")
    assert [len(pushed.payload) for pushed in push_service.pushed] == [3993]


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_no_more(push_service: PushService, pusher: WebPush, status: int) -> None:
    browser = push_service.subscribes()
    push_service.answers_next(status)
    with pytest.raises(TargetGone, match=str(status)):
        pusher.send(browser.target, b"x", "t")


@pytest.mark.parametrize(
    ("status", "retry_after", "after"),
    [
        (429, "7", 7),
        (429, None, None),
        (429, "soon", None),
        (429, "99999999999", LONGEST),
        (503, "Thu, 01 Jan 2026 00:00:00 GMT", 0),
        (500, None, None),
        (502, "-5", None),
    ],
)
def test_not_now(
    push_service: PushService, pusher: WebPush, status: int, retry_after: str | None, after: float | None
) -> None:
    browser = push_service.subscribes()
    push_service.answers_next(status, **({} if retry_after is None else {"retry_after": retry_after}))
    with pytest.raises(TryAgain, match=str(status)) as later:
        pusher.send(browser.target, b"x", "t")
    assert later.value.after == after
    pusher.send(browser.target, b"x", "t")
    assert len(push_service.pushed) == 1


def test_not_before_a_moment(push_service: PushService, pusher: WebPush) -> None:
    browser = push_service.subscribes()
    push_service.answers_next(
        429, retry_after=format_datetime(datetime.now(UTC) + timedelta(seconds=1800), usegmt=True)
    )
    with pytest.raises(TryAgain) as later:
        pusher.send(browser.target, b"x", "t")
    assert later.value.after is not None
    assert 0 < later.value.after <= 1800


def test_no_answer(push_service: PushService, pusher: WebPush) -> None:
    browser = push_service.subscribes()
    push_service.answers_next(HANG_UP)
    with pytest.raises(TryAgain, match="does not answer") as later:
        pusher.send(browser.target, b"x", "t")
    assert browser.endpoint.rpartition("/")[2] not in str(later.value), "whoever knows the endpoint can push"


def test_nobody_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        place = f"127.0.0.1:{taken.getsockname()[1]}"
        pusher = WebPush(KEY, "mailto:admin@example.org", endpoints.rule([place]))
        browser = PushTarget(f"http://{place}/x", public_key(KEY), "MDEyMzQ1Njc4OWFiY2RlZg")
        with pytest.raises(TryAgain, match="does not answer"):
            pusher.send(browser, b"x", "t")
        pusher.close()


@pytest.mark.parametrize("status", [400, 401, 403, 413])
def test_refused_for_good(push_service: PushService, pusher: WebPush, status: int) -> None:
    push_service.answers_next(status)
    with pytest.raises(Undeliverable, match=str(status)) as refused:
        pusher.send(push_service.subscribes().target, b"x", "t")
    assert not isinstance(refused.value, TargetGone)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(push_service: PushService, pusher: WebPush, status: int) -> None:
    first, second = push_service.subscribes(), push_service.subscribes()
    push_service.answers_next(status, location=second.endpoint)
    with pytest.raises(Undeliverable, match=str(status)):
        pusher.send(first.target, b"x", "t")
    assert [push_service.origin + path for path in push_service.asked] == [first.endpoint]


def test_what_is_not_listed_any_more_is_not_called(push_service: PushService) -> None:
    browser = push_service.subscribes()
    pusher = WebPush(KEY, "mailto:admin@example.org", endpoints.rule(["fcm.googleapis.com"]))
    with pytest.raises(Undeliverable, match="not at a push service"):
        pusher.send(browser.target, b"x", "t")
    pusher.close()
    assert push_service.asked == []


@pytest.mark.parametrize(("p256dh", "auth"), [("", ""), ("AAAA", "AAAA"), ("BA" + "A" * 85, "A" * 22), ("é", "é")])
def test_keys_that_are_none(push_service: PushService, pusher: WebPush, p256dh: str, auth: str) -> None:
    browser = push_service.subscribes()
    with pytest.raises(Undeliverable, match="keys"):
        pusher.send(PushTarget(browser.endpoint, p256dh, auth), b"x", "t")
    assert push_service.asked == []
