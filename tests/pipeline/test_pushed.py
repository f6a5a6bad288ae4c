"""From the last byte to the notification: what a browser decrypts once an upload is finished and deliveries go out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import select

from smartupload.adapters.clock import SystemClock
from smartupload.adapters.memory import MemoryLive, MemoryStore
from smartupload.adapters.webpush import WebPush
from smartupload.models import DEAD, SENT, WAITING, Delivery
from smartupload.pipeline.delivering import Bell, delivering
from smartupload.service.context import Context
from smartupload.service.links import watchers
from smartupload.service.notify import endpoints, subscriptions
from smartupload.service.outbox import deliver
from smartupload.service.records.recipients import PUSH
from smartupload.settings import load
from tests.fixtures_database import database_at
from tests.fixtures_push import KEY, PushService, Subscribed, push_service
from tests.inline import with_inline
from tests.receiver import HANG_UP
from tests.unit.person import Person

__all__ = ["push_service"]

SECONDS = 60
LOOK = 0.05


@pytest.fixture
def ctx(tmp_path: Path, push_service: PushService) -> Generator[Context]:
    """One that pushes, whose every file took long enough to be told about."""
    settings = load({"SMARTUPLOAD_PUSH_HOSTS": push_service.place, "SMARTUPLOAD_WAIT_THRESHOLD_SECONDS": "0"})
    db = database_at(f"sqlite:///{tmp_path}/test.sqlite")
    pusher = WebPush(KEY, "mailto:admin@example.org", endpoints.rule(settings.push_hosts))
    yield with_inline(Context(settings, db, MemoryStore(), MemoryLive(), SystemClock(), pusher=pusher))
    pusher.close()
    db.close()


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next try is never far away."""
    monkeypatch.setattr(deliver, "WAITS", (0.05,) * len(deliver.WAITS))


def takes_pushes(ctx: Context, push_service: PushService, owner: str) -> Subscribed:
    browser = push_service.subscribes()
    subscriptions.subscribe(ctx, owner, browser.endpoint, browser.target.p256dh, browser.target.auth)
    return browser


def states(ctx: Context) -> list[str]:
    with ctx.db.read() as session:
        return list(session.exec(select(Delivery.state).where(Delivery.channel == PUSH)))


def deliver_all(ctx: Context, meanwhile: Callable[[], object] = lambda: None) -> None:
    """Deliver until nothing waits."""

    def work() -> None:
        meanwhile()
        end = time.monotonic() + SECONDS
        while WAITING in states(ctx):
            assert time.monotonic() < end, states(ctx)
            time.sleep(0.02)

    async def run() -> None:
        async with delivering(ctx, Bell(), look_seconds=LOOK):
            await asyncio.to_thread(work)

    asyncio.run(run())


def test_one_push_for_each_who_waits(ctx: Context, push_service: PushService) -> None:
    anna = Person(ctx)
    browsers = {owner: takes_pushes(ctx, push_service, owner) for owner in ("anna", "ben", "cleo")}
    upload = anna.creates("été.mov", 1000)
    watchers.watch(ctx, "ben", upload.share_token)

    def finishes() -> None:
        anna.sends(upload, anna.cut(upload))
        for _ in range(3):
            assert anna.completes(upload).state == "ready"

    deliver_all(ctx, finishes)
    assert states(ctx) == [SENT, SENT]
    said = {push_service.origin + pushed.path: pushed.said for pushed in push_service.wait_for(2)}
    assert len(push_service.asked) == 2
    assert said[browsers["anna"].endpoint] == {
        "kind": "upload.ready",
        "lang": "en",
        "dir": "ltr",
        "upload_id": upload.id,
        "name": "été.mov",
        "title": "été.mov is ready",
        "body": "1.0 KB. Open it or send the link.",
        "url": f"/f/{upload.share_token}",
    }
    assert said[browsers["ben"].endpoint]["title"] == "été.mov has arrived"


@pytest.mark.usefixtures("soon")
def test_a_push_service_that_has_a_bad_day(ctx: Context, push_service: PushService) -> None:
    takes_pushes(ctx, push_service, "anna")
    push_service.answers_next(500)
    push_service.answers_next(HANG_UP)
    push_service.answers_next(429, retry_after="1")
    Person(ctx).uploads("a.mov")
    deliver_all(ctx)
    assert states(ctx) == [SENT]
    assert (len(push_service.pushed), len(push_service.asked)) == (1, 4)


def test_a_browser_that_is_no_more_is_asked_once(ctx: Context, push_service: PushService) -> None:
    takes_pushes(ctx, push_service, "anna")
    push_service.answers_next(410)
    person = Person(ctx)
    person.uploads("a.mov")
    deliver_all(ctx)
    assert (subscriptions.count(ctx, "anna"), states(ctx)) == (0, [SENT])
    person.uploads("b.mov")
    deliver_all(ctx)
    assert (len(push_service.pushed), len(push_service.asked)) == (0, 1)


def test_a_host_that_was_taken_off_the_list_is_not_called(ctx: Context, push_service: PushService) -> None:
    takes_pushes(ctx, push_service, "anna")
    Person(ctx).uploads("a.mov")
    pusher = WebPush(KEY, "mailto:admin@example.org", endpoints.rule(["push.example.org"]))
    deliver_all(replace(ctx, pusher=pusher))
    pusher.close()
    assert states(ctx) == [DEAD]
    assert push_service.asked == []
