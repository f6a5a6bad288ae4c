"""Deliveries on their own, to a real receiver: at once, through its failures, and when the process is killed."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Generator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from smartupload.adapters.clock import SystemClock
from smartupload.adapters.memory import ManualClock, MemoryLive, MemoryStore
from smartupload.adapters.webhook import Webhook
from smartupload.errors import TryAgain
from smartupload.models import SENT, Delivery
from smartupload.pipeline.delivering import LIMITS, Bell, delivering
from smartupload.service.context import Context
from smartupload.service.outbox import deliver
from smartupload.service.records.recipients import QUEUE, WEBHOOK
from smartupload.settings import load
from tests.fixtures_database import database_at
from tests.inline import with_inline
from tests.notifiers import Collector, with_notifiers
from tests.receiver import HANG_UP, SILENCE, Received, Receiver, receiver
from tests.unit.person import Person

__all__ = ["receiver"]

SECRET = "geheim"
SECONDS = 60
LOOK = 0.05


@pytest.fixture
def ctx(tmp_path: Path) -> Generator[Context]:
    """Over a database of its own."""
    db = database_at(f"sqlite:///{tmp_path}/test.sqlite")
    yield with_inline(Context(load({}), db, MemoryStore(), MemoryLive(), SystemClock()))
    db.close()


def posts_to(ctx: Context, receiver: Receiver) -> Context:
    return with_inline(
        replace(ctx, webhook=Webhook(receiver.url, SECRET, key=SECRET.encode(), source="https://files.example.org"))
    )


async def until(condition: Callable[[], bool]) -> None:
    def look() -> None:
        end = time.monotonic() + SECONDS
        while not condition():
            assert time.monotonic() < end
            time.sleep(0.02)

    await asyncio.to_thread(look)


def all_sent(ctx: Context) -> bool:
    with ctx.db.read() as session:
        return {row.state for row in session.exec(select(Delivery))} == {SENT}


def working(ctx: Context, work: Callable[[], Awaitable[None]]) -> None:
    """Does this while deliveries go out."""

    async def run() -> None:
        async with delivering(ctx, Bell(), look_seconds=LOOK):
            await work()

    asyncio.run(run())


def signed_right(request: Received) -> bool:
    moment, _, digest = request.headers["smartupload-signature"].partition(",v1=")
    signed = moment.removeprefix("t=").encode() + b"." + request.body
    return hmac.compare_digest(digest, hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest())


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next try is never far away."""
    monkeypatch.setattr(deliver, "WAITS", (0.05,) * len(deliver.WAITS))


@pytest.mark.usefixtures("soon")
def test_a_receiver_that_fails_five_times(ctx: Context, receiver: Receiver) -> None:
    ctx = posts_to(ctx, receiver)
    receiver.answers = [500, HANG_UP, 404, (429, {"retry-after": "1"}), 503]
    upload = Person(ctx).uploads("été.mov")

    async def work() -> None:
        await until(lambda: all_sent(ctx))

    working(ctx, work)
    assert [request.answered for request in receiver.received[:5]] == [500, HANG_UP, 404, 429, 503]
    assert len(receiver.received) == 8, "each once, after the five that failed"
    kinds = [json.loads(request.body)["kind"] for request in receiver.taken]
    assert kinds == ["upload.created", "upload.completed", "upload.ready"]
    assert all(signed_right(request) for request in receiver.received)
    assert {json.loads(request.body)["upload"]["id"] for request in receiver.taken} == {upload.id}
    ids = [request.headers["smartupload-event-id"] for request in receiver.received]
    assert ids == [ids[0]] * 6 + ids[6:]


def test_woken_by_a_change_at_once(ctx: Context, receiver: Receiver) -> None:
    """With an hour between two looks it is the bell alone that brings it out."""
    live = MemoryLive()
    bell = Bell(live.changed)
    ctx = posts_to(replace(ctx, live=bell), receiver)

    async def run() -> None:
        async with delivering(ctx, bell, look_seconds=3600):
            await asyncio.to_thread(Person(ctx).uploads)
            await until(lambda: all_sent(ctx))

    asyncio.run(run())
    assert len(receiver.taken) == 3
    assert set(live.owners) == {"anna"}


def test_a_slow_channel_holds_up_no_other(ctx: Context) -> None:
    webhook, queue = Collector(), Collector()
    begun, let_go = threading.Semaphore(0), threading.Event()

    def slowly() -> None:
        begun.release()
        let_go.wait(SECONDS)

    webhook.while_sending = slowly
    ctx = with_inline(replace(ctx, webhook=webhook, queue=queue))
    person = Person(ctx)
    for _ in range(12):
        person.uploads()

    async def work() -> None:
        for _number in range(LIMITS[WEBHOOK]):
            assert await asyncio.to_thread(begun.acquire, timeout=SECONDS)
        await until(lambda: len(queue.messages) == 36)
        assert not begun.acquire(blocking=False), "not more than its limit at a time"
        let_go.set()
        await until(lambda: all_sent(ctx))

    working(ctx, work)
    assert (len(webhook.messages), len(queue.messages)) == (36, 36)


def test_what_is_being_sent_at_the_end_is_written_down(ctx: Context) -> None:
    webhook = Collector()
    ctx = with_notifiers(ctx, webhook)
    Person(ctx).creates()
    begun, let_go = asyncio.Event(), asyncio.Event()

    async def run() -> None:
        loop = asyncio.get_running_loop()

        def sending() -> None:
            loop.call_soon_threadsafe(begun.set)
            asyncio.run_coroutine_threadsafe(let_go.wait(), loop).result(SECONDS)

        webhook.while_sending = sending
        async with asyncio.timeout(SECONDS), delivering(ctx, Bell(), look_seconds=LOOK):
            await begun.wait()
            loop.call_soon(let_go.set)

    asyncio.run(run())
    assert (webhook.kinds, all_sent(ctx)) == (["created"], True)


def test_goes_on_after_the_database_was_away(ctx: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    webhook = Collector()
    ctx = with_notifiers(ctx, webhook)
    Person(ctx).uploads()
    looks: list[int] = []

    def claim(*given: object) -> object:
        looks.append(1)
        if len(looks) < 3:
            raise OSError("the database is away")
        return real(*given)  # pyright: ignore[reportArgumentType]

    real = deliver.claim
    monkeypatch.setattr(deliver, "claim", claim)

    async def work() -> None:
        await until(lambda: all_sent(ctx))

    working(ctx, work)
    assert webhook.kinds == ["created", "completed", "ready"]


@pytest.mark.usefixtures("soon")
def test_two_who_share_the_work_keep_the_order_and_send_nothing_twice(ctx: Context) -> None:
    webhook, queue = Collector(), Collector()
    ctx = with_inline(replace(ctx, webhook=webhook, queue=queue))
    webhook.faults = [TryAgain("busy")] * 10

    async def run() -> None:
        async with delivering(ctx, Bell(), look_seconds=LOOK), delivering(ctx, Bell(), look_seconds=LOOK):
            person = Person(ctx)
            for number in range(30):
                await asyncio.to_thread(person.uploads, f"{number}.bin")
            await until(lambda: all_sent(ctx))

    asyncio.run(run())
    for channel in (webhook, queue):
        assert len(channel.messages) == 90
        for group in {message.group for message in channel.messages}:
            kinds = [message.kind for message in channel.messages if message.group == group]
            assert kinds == ["upload.created", "upload.completed", "upload.ready"]


SENDER = """
import asyncio, signal, sys, threading
from smartupload.adapters.clock import SystemClock
from smartupload.adapters.memory import MemoryLive, MemoryStore
from smartupload.adapters.webhook import Webhook
from smartupload.db import Database
from smartupload.pipeline.delivering import Bell, delivering
from smartupload.service.context import Context
from smartupload.settings import load

class Stuck:
    def send(self, message):
        print("sending", flush=True)
        threading.Event().wait()

async def run(database, url, secret):
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    webhook = Webhook(url, secret, key=secret.encode(), source="https://files.example.org") if url else Stuck()
    ctx = Context(load({}), Database(database), MemoryStore(), MemoryLive(), SystemClock(), webhook=webhook)
    async with delivering(ctx, Bell()):
        await stop.wait()

asyncio.run(run(*sys.argv[1:]))
"""


def sender(ctx: Context, url: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", SENDER, str(ctx.db.url), url, SECRET]
    return subprocess.Popen(command, cwd=Path(__file__).resolve().parents[2], stdout=subprocess.PIPE, text=True)


def test_a_receiver_that_never_answers_keeps_no_process_from_ending(ctx: Context, receiver: Receiver) -> None:
    Person(posts_to(ctx, receiver)).uploads()
    process = sender(ctx, url="")
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "sending\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(SECONDS) == 0
    finally:
        process.kill()
        process.communicate()


def test_killed_between_claiming_and_having_sent(ctx: Context, receiver: Receiver) -> None:
    ctx = posts_to(ctx, receiver)
    Person(ctx).uploads()
    receiver.answers = [SILENCE]
    process = sender(ctx, receiver.url)
    try:
        receiver.wait_until(lambda: len(receiver.received) == 1)
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    receiver.let_go.set()
    with ctx.db.read() as session:
        claimed = session.exec(select(Delivery).order_by(col(Delivery.event_id))).first()
    assert claimed is not None
    assert (claimed.state, claimed.attempts) == ("waiting", 1)
    assert deliver.claim(ctx, {WEBHOOK: 10, QUEUE: 10}) == [], "its lease lasts still"

    later = replace(ctx, clock=ManualClock(datetime.now(UTC) + timedelta(seconds=deliver.LEASES[WEBHOOK])))

    async def work() -> None:
        await until(lambda: all_sent(later))

    working(later, work)
    ids = [request.headers["smartupload-event-id"] for request in receiver.received]
    assert ids == [ids[0], ids[0], *ids[2:]]
    assert [json.loads(request.body)["kind"] for request in receiver.taken] == [
        "upload.created",
        "upload.completed",
        "upload.ready",
    ]
