"""Which browsers take pushes: whose they are, how many, and what is no subscription at all."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlmodel import col, select

from smartupload.adapters.memory import ManualClock
from smartupload.adapters.webpush import WebPush
from smartupload.errors import InvalidRequest, PushNotAllowed, PushUnavailable
from smartupload.models import Contact, PushSubscription
from smartupload.service.context import Context
from smartupload.service.notify import endpoints, subscriptions
from tests.fixtures_push import KEY, Subscribed, encoded

PLACE = "fcm.googleapis.com"


@pytest.fixture
def ctx(make_context: Callable[..., Context]) -> Generator[Context]:
    """One that pushes."""
    made = make_context()
    pusher = WebPush(KEY, "mailto:admin@example.org", endpoints.rule(made.settings.push_hosts))
    yield replace(made, pusher=pusher)
    pusher.close()


def a_browser(name: str = "1") -> Subscribed:
    return Subscribed(f"https://{PLACE}/fcm/send/{name}")


def subscribes(ctx: Context, owner: str, browser: Subscribed, **changes: str) -> None:
    given = {"endpoint": browser.endpoint, "p256dh": browser.target.p256dh, "auth": browser.target.auth} | changes
    subscriptions.subscribe(ctx, owner, **given)


def rows(ctx: Context) -> list[PushSubscription]:
    with ctx.db.read() as session:
        return list(session.exec(select(PushSubscription).order_by(col(PushSubscription.endpoint))))


def test_saved_once_however_often(ctx: Context) -> None:
    browser = a_browser()
    subscribes(ctx, "anna", browser)
    [before] = rows(ctx)
    ctx.clock.move(5)  # pyright: ignore[reportAttributeAccessIssue]
    renewed = Subscribed(browser.endpoint)
    subscribes(ctx, "anna", renewed)
    [after] = rows(ctx)
    assert (after.id, after.owner, after.endpoint) == (before.id, "anna", browser.endpoint)
    assert (after.p256dh, after.auth) == (renewed.target.p256dh, renewed.target.auth)
    assert after.created_at > before.created_at
    assert (subscriptions.count(ctx, "anna"), subscriptions.count(ctx, "ben")) == (1, 0)


def test_a_browser_that_is_somebody_elses_now(ctx: Context) -> None:
    subscribes(ctx, "anna", a_browser())
    [before] = rows(ctx)
    subscribes(ctx, "ben", a_browser())
    [after] = rows(ctx)
    assert after.owner == "ben"
    assert after.id != before.id, "what is on its way to anna must not reach ben"
    assert (subscriptions.count(ctx, "anna"), subscriptions.count(ctx, "ben")) == (0, 1)


def test_stopped_by_whoever_has_the_browser(ctx: Context) -> None:
    subscribes(ctx, "anna", a_browser("1"))
    subscribes(ctx, "anna", a_browser("2"))
    for _ in range(2):
        subscriptions.unsubscribe(ctx, a_browser("1").endpoint)
    assert [row.endpoint for row in rows(ctx)] == [a_browser("2").endpoint]


def test_not_without_end(ctx: Context) -> None:
    assert isinstance(ctx.clock, ManualClock)
    subscribes(ctx, "ben", a_browser("ben"))
    for number in range(subscriptions.MAX_PER_OWNER):
        ctx.clock.move(1)
        subscribes(ctx, "anna", a_browser(f"{number:02}"))
    ctx.clock.move(1)
    subscribes(ctx, "anna", a_browser("00"))  # heard of again
    ctx.clock.move(1)
    subscribes(ctx, "anna", a_browser("new"))
    left = {row.endpoint.rpartition("/")[2] for row in rows(ctx)}
    assert len(left) == subscriptions.MAX_PER_OWNER + 1
    assert "01" not in left
    assert {"00", "new", "ben"} <= left


def test_it_switches_pushes_on_again(ctx: Context) -> None:
    with ctx.db.write() as session:
        for owner in ("anna", "ben"):
            session.add(Contact(owner=owner, secret="x", pushes=False, created_at=ctx.clock.now()))
    subscribes(ctx, "anna", a_browser())
    with ctx.db.read() as session:
        assert {contact.owner: contact.pushes for contact in session.exec(select(Contact))} == {
            "anna": True,
            "ben": False,
        }


@pytest.mark.parametrize(
    "endpoint",
    ["https://evil.example/x", f"http://{PLACE}/x", f"https://{PLACE}@evil.example/x", "http://127.0.0.1/x", ""],
)
def test_nowhere_else(ctx: Context, endpoint: str) -> None:
    with pytest.raises(PushNotAllowed):
        subscribes(ctx, "anna", a_browser(), endpoint=endpoint)
    assert rows(ctx) == []


def compressed(browser: Subscribed) -> str:
    return encoded(browser.private.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint))


@pytest.mark.parametrize(
    "wrong",
    [
        {"p256dh": ""},
        {"p256dh": "é"},
        {"p256dh": "BA"},
        {"p256dh": encoded(b"\x04" + bytes(64))},
        {"p256dh": encoded(b"\x04" + bytes(63))},
        {"p256dh": encoded(b"\x00")},
        {"p256dh": compressed(a_browser())},
        {"p256dh": a_browser().target.p256dh + "AAAA"},
        {"auth": ""},
        {"auth": encoded(bytes(15))},
        {"auth": encoded(bytes(17))},
        {"auth": "é" * 22},
        {"auth": "A" * 21},
    ],
)
def test_keys_that_are_none(ctx: Context, wrong: dict[str, str]) -> None:
    with pytest.raises(InvalidRequest, match="keys"):
        subscribes(ctx, "anna", a_browser(), **wrong)
    assert rows(ctx) == []


def test_padding_is_not_needed_and_does_no_harm(ctx: Context) -> None:
    browser = a_browser()
    subscribes(ctx, "anna", browser, p256dh=browser.target.p256dh + "=", auth=browser.target.auth + "==")
    [row] = rows(ctx)
    assert (row.p256dh, row.auth) == (browser.target.p256dh, browser.target.auth)


def test_where_nothing_is_pushed(make_context: Callable[..., Any]) -> None:
    ctx = make_context()
    with pytest.raises(PushUnavailable):
        subscribes(ctx, "anna", a_browser())
    with pytest.raises(PushUnavailable):
        subscriptions.public_key(ctx)
