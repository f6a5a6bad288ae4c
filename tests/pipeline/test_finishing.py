"""Finishing survives whatever happens to the process, and happens once."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, cast

import pytest
from smartupload_testing.wait import wait_for
from sqlalchemy.exc import OperationalError

from smartupload.adapters.memory import ManualClock
from smartupload.db import Database
from smartupload.errors import ScannerUnavailable
from smartupload.models import Upload
from smartupload.pipeline import finishing, gathering, steps
from smartupload.service.context import Context
from smartupload.service.finishing import backlog, complete, finish
from smartupload.service.uploads import cancel
from tests.pipeline.conftest import Line


class Gate:
    """A scanner that is away until it is let in, counts who is with it, and keeps whoever comes until so many have come together."""

    def __init__(self) -> None:
        self.there = threading.Event()
        self.asked = 0
        self.most = 0
        self.together = 0
        self._now = 0
        self._guard = threading.Condition()

    def scan(self, chunks: Iterable[bytes]) -> None:
        with self._guard:
            self.asked += 1
            self._now += 1
            self.most = max(self.most, self._now)
            self._guard.notify_all()
        try:
            if not self.there.wait(0.05):
                raise ScannerUnavailable("connection refused")
            with self._guard:
                assert self._guard.wait_for(lambda: self.most >= self.together, 30)
            assert b"".join(chunks)
        finally:
            with self._guard:
                self._now -= 1

    def ping(self) -> None:
        """Always answers."""


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    monkeypatch.setattr(finishing, "SHORTEST", 0.05)
    monkeypatch.setattr(finishing, "LONGEST", 0.2)
    return Gate()


def scanning(line: Line, gate: Gate) -> Context:
    settings = line.context.settings.model_copy(update={"scan": "required"})
    return replace(line.context, settings=settings, scanner=gate)


def test_ready_in_the_answer(line: Line) -> None:
    ctx = replace(line.context, finisher=line.finisher())
    upload = line.arrives()
    assert complete.complete_upload(ctx, "anna", upload.id, patience=30).state == "ready"
    line.until(upload.id)
    line.is_finished_once(upload.id)


def test_completed_ten_times_at_once(line: Line) -> None:
    ctx = replace(line.context, finisher=line.finisher())
    upload = line.arrives()
    together = threading.Barrier(10)

    def completes(_: int) -> str:
        together.wait(30)
        return complete.complete_upload(ctx, "anna", upload.id, patience=0.1).state

    with ThreadPoolExecutor(10) as pool:
        assert set(pool.map(completes, range(10))) <= {"scanning", "ready"}
    line.until(upload.id)
    line.is_finished_once(upload.id)


def test_more_than_can_begin_at_once(line: Line) -> None:
    finisher = line.finisher()
    uploads = [line.arrives() for _ in range(2 * finishing.AT_ONCE + 4)]
    for upload in uploads:
        finisher.start(upload.id, 1)
    for upload in uploads:
        line.until(upload.id)
        line.is_finished_once(upload.id)


def test_nothing_is_published_while_the_scanner_is_away(line: Line, gate: Gate) -> None:
    ctx = scanning(line, gate)
    finisher = line.finisher(context=ctx)
    uploads = [line.arrives() for _ in range(5)]
    for upload in uploads:
        finisher.start(upload.id, 1)
    wait_for(lambda: gate.asked > 10, 30, "the scanner to be asked again and again")
    for upload in uploads:
        assert line.row(upload.id).state == "scanning"
        assert line.row(upload.id).due_at is not None
    gate.there.set()
    for upload in uploads:
        line.until(upload.id)
        assert line.row(upload.id).scan == "clean"
        assert line.events(upload.id) == ["created", "completed", "ready"]


def test_so_many_scans_at_once_and_no_more(line: Line, gate: Gate) -> None:
    gate.there.set()
    gate.together = steps.LIMITS["scan"]
    finisher = line.finisher(context=scanning(line, gate))
    for upload in [line.arrives(finisher=finisher) for _ in range(5)]:
        line.until(upload.id)
    assert gate.most == steps.LIMITS["scan"]


def test_stopped_while_it_waits_and_started_again(line: Line, gate: Gate) -> None:
    first = line.finisher(context=scanning(line, gate))
    upload = line.arrives()
    first.start(upload.id, 1)
    wait_for(lambda: gate.asked > 1, 30, "the scanner to be asked")
    first.close()
    assert line.row(upload.id).holder == ""
    gate.there.set()
    line.finisher(context=scanning(line, gate))
    line.until(upload.id)
    assert line.events(upload.id) == ["created", "completed", "ready"]


def test_cancelled_meanwhile(line: Line, gate: Gate) -> None:
    finisher = line.finisher(context=scanning(line, gate))
    upload = line.arrives()
    finisher.start(upload.id, 1)
    wait_for(lambda: gate.asked > 1, 30, "the scanner to be asked")
    cancel.cancel_upload(line.context, "anna", upload.id)
    line.until(upload.id, "cancelled")
    assert line.store.list_objects(f"uploads/{upload.id}") == []


def test_a_mistake_in_the_program_is_tried_again(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finishing, "SHORTEST", 0.05)
    whole = finish.STEPS["scan"]
    monkeypatch.setitem(finish.STEPS, "scan", broken)
    upload = line.arrives(finisher=line.finisher())
    wait_for(lambda: line.row(upload.id).attempts > 2, 30, "it to fail again and again")
    assert line.row(upload.id).state == "scanning"
    monkeypatch.setitem(finish.STEPS, "scan", whole)
    line.until(upload.id)
    line.is_finished_once(upload.id)


def test_what_one_cannot_do_keeps_no_other_from_being_done(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = [line.arrives().id for _ in range(finishing.AT_ONCE)]
    whole = finish.STEPS["scan"]

    def sometimes(ctx: Context, row: Upload) -> Upload:
        return broken() if row.id in bad else whole(ctx, row)

    monkeypatch.setitem(finish.STEPS, "scan", sometimes)
    line.finisher()
    good = line.arrives()
    line.until(good.id)
    line.is_finished_once(good.id)
    assert {line.row(upload_id).state for upload_id in bad} == {"scanning"}


def test_what_spoils_the_publishing_of_many_keeps_no_other_from_it(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = line.arrives().id
    good = [line.arrives().id for _ in range(12)]
    publish, publish_all = finish.STEPS["publish"], finish.publish_all
    together: list[int] = []

    def alone(ctx: Context, row: Upload) -> Upload:
        return broken() if row.id == bad else publish(ctx, row)

    def sometimes(ctx: Context, rows: Sequence[Upload]) -> Any:
        together.append(len(rows))
        return broken() if bad in {row.id for row in rows} else publish_all(ctx, rows)

    monkeypatch.setitem(finish.STEPS, "publish", alone)
    monkeypatch.setattr(finish, "publish_all", sometimes)
    line.finisher()
    for upload_id in good:
        line.until(upload_id)
        line.is_finished_once(upload_id)
    assert line.row(bad).state == "scanning"
    assert max(together) > 1


def test_many_are_published_in_few_transactions(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_all = finish.publish_all
    together: list[int] = []

    def counted(ctx: Context, rows: Sequence[Upload]) -> Any:
        together.append(len(rows))
        return publish_all(ctx, rows)

    monkeypatch.setattr(finish, "publish_all", counted)
    uploads = [line.arrives().id for _ in range(finishing.TAKEN)]
    line.finisher()
    for upload_id in uploads:
        line.until(upload_id)
        line.is_finished_once(upload_id)
    assert max(together) >= gathering.ENOUGH
    assert {line.row(upload_id).attempts for upload_id in uploads} == {1}


@pytest.mark.parametrize("moment", ["done", "written"])
def test_killed_while_many_are_published(line: Line, moment: str) -> None:
    uploads = [line.arrives().id for _ in range(20)]
    assert line.spawn("-m", "tests.pipeline.together", moment).wait(60) == -signal.SIGKILL
    states = {line.row(upload_id).state for upload_id in uploads}
    assert ("ready" in states) == (moment == "written")
    line.finisher()
    for upload_id in uploads:
        line.until(upload_id)
        line.is_finished_once(upload_id)


def broken(*_: object) -> Any:
    raise ValueError("a mistake in the program")


def test_a_dead_neighbour_is_taken_over(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it began before it died has to wait until its lease has run out."""
    lease = backlog.LEASE
    monkeypatch.setattr(backlog, "LEASE", timedelta(seconds=60))
    upload = line.arrives()
    neighbour = line.spawn("-m", "tests.pipeline.stuck")
    wait_for(lambda: line.row(upload.id).holder != "", 60, "the other to begin")
    finisher = line.finisher()
    wait_for(finisher_looked(finisher), 30, "us to look")
    assert line.row(upload.id).state == "scanning", "it lives, so it keeps its work"
    neighbour.kill()
    neighbour.wait(20)
    wait_for(finisher_looked(finisher), 30, "us to look again")
    left = line.row(upload.id)
    assert (left.state, left.holder != "") == ("scanning", True), "its lease lasts still"
    assert left.due_at is not None
    assert left.due_at <= line.context.clock.now() + lease
    # That time goes by.
    line.write(upload.id, due_at=left.due_at - lease)
    line.until(upload.id)
    line.is_finished_once(upload.id)


def finisher_looked(finisher: finishing.Finishing) -> Callable[[], bool]:
    before = finisher._looked_at  # pyright: ignore[reportPrivateUsage]
    return lambda: finisher._looked_at > before  # pyright: ignore[reportPrivateUsage]


def test_the_next_start_goes_on_at_once(line: Line) -> None:
    """It knows that who held it is dead, so that nobody waits for the end of a lease."""
    upload = line.arrives()
    before = line.spawn("-m", "tests.pipeline.stuck")
    wait_for(lambda: line.row(upload.id).holder != "", 60, "it to begin")
    before.kill()
    before.wait(20)
    began = time.monotonic()
    line.finisher()
    line.until(upload.id)
    assert time.monotonic() - began < backlog.LEASE.total_seconds() / 3
    line.is_finished_once(upload.id)


def test_stopped_by_a_signal_and_handed_over_at_once(line: Line) -> None:
    """A clean stop leaves no lease behind, also on another machine."""
    upload = line.arrives()
    worker = line.spawn("-m", "tests.pipeline.stuck")
    wait_for(lambda: line.row(upload.id).holder != "", 60, "it to begin")
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(30) == 0
    assert line.row(upload.id).holder == ""
    line.finisher()
    line.until(upload.id)
    line.is_finished_once(upload.id)


def test_two_at_once_do_nothing_twice(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    published: list[str] = []
    publish = finish.STEPS["publish"]

    def noted(ctx: Context, row: Upload) -> Upload:
        published.append(row.id)
        return publish(ctx, row)

    publish_all = finish.publish_all

    def noted_together(ctx: Context, rows: Sequence[Upload]) -> Any:
        published.extend(row.id for row in rows)
        return publish_all(ctx, rows)

    monkeypatch.setitem(finish.STEPS, "publish", noted)
    monkeypatch.setattr(finish, "publish_all", noted_together)
    other = Database(line.context.settings.database)
    try:
        uploads = [line.arrives().id for _ in range(40)]
        finishers = [line.finisher(), line.finisher(context=replace(line.context, db=other))]
        for upload_id in uploads:
            line.until(upload_id)
            line.is_finished_once(upload_id)
        assert sorted(published) == sorted(uploads)
        assert {line.row(upload_id).attempts for upload_id in uploads} == {1}
        for finisher in finishers:
            finisher.close()
    finally:
        other.close()


def test_what_is_written_under_a_lost_lease_does_not_count(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """One stands still in the midst of a step, so long that another one takes over; then it goes on."""
    stands, goes_on = threading.Event(), threading.Event()
    scan = finish.STEPS["scan"]
    slow = line.finisher()

    def stalls(ctx: Context, row: Upload) -> Upload:
        left = scan(ctx, row)
        if ctx is slow.ctx:
            stands.set()
            assert goes_on.wait(60)
        return left

    monkeypatch.setitem(finish.STEPS, "scan", stalls)
    monkeypatch.setattr(slow, "_beat", lambda: None)
    upload = line.arrives()
    assert stands.wait(60)
    taken = line.row(upload.id)
    ahead = ManualClock(cast(datetime, taken.due_at) + timedelta(seconds=1))
    [second] = backlog.claim(replace(line.context, clock=ahead), "another", 10)
    assert (second.id, second.attempts) == (upload.id, taken.attempts + 1)
    goes_on.set()
    wait_for(lambda: not slow._held, 60, "the first to end")  # pyright: ignore[reportPrivateUsage]
    now = line.row(upload.id)
    assert (now.state, now.holder, now.attempts) == ("scanning", "another", second.attempts)
    assert line.events(upload.id) == ["created", "completed"]
    for step in finish.STEPS.values():
        second = step(line.context, second)
    backlog.done(line.context, [second])
    line.is_finished_once(upload.id)


def test_a_long_step_keeps_its_lease(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backlog, "LEASE", timedelta(seconds=2))
    monkeypatch.setattr(finishing, "BEAT_SECONDS", 0.2)
    begun, goes_on = threading.Semaphore(0), threading.Event()
    publish = finish.STEPS["publish"]

    def slowly(ctx: Context, row: Upload) -> Upload:
        begun.release()
        assert goes_on.wait(60)
        return publish(ctx, row)

    monkeypatch.setitem(finish.STEPS, "publish", slowly)
    first, _second = line.finisher(), line.finisher()
    upload = line.arrives(finisher=first)
    assert begun.acquire(timeout=60)
    until = cast(datetime, line.row(upload.id).due_at)
    wait_for(lambda: line.context.clock.now() > until, 60, "the lease it began with to run out")
    wait_for(finisher_looked(_second), 30, "the other one to look")
    assert not begun.acquire(blocking=False)
    assert line.row(upload.id).attempts == 1
    goes_on.set()
    line.until(upload.id)
    line.is_finished_once(upload.id)


@pytest.mark.parametrize("ahead", [timedelta(hours=1), timedelta(hours=-1)])
def test_clocks_that_do_not_agree(line: Line, ahead: timedelta) -> None:
    """An hour apart, the one takes what the other has; the file is ready once all the same, and soon."""

    class Wrong:
        def now(self) -> datetime:
            return line.context.clock.now() + ahead

    wrong = replace(line.context, clock=Wrong())
    line.finisher()
    line.finisher(context=wrong)
    uploads = [line.arrives().id for _ in range(10)]
    for upload_id in uploads:
        line.until(upload_id)
        line.is_finished_once(upload_id)


def test_a_clock_that_was_wrong_keeps_nothing_back(line: Line) -> None:
    upload, fresh = line.arrives(), line.arrives()
    tomorrow = replace(line.context, clock=ManualClock(line.context.clock.now() + timedelta(days=1)))
    [row] = backlog.claim(tomorrow, "another", 1)
    backlog.put_off(tomorrow, row, 1)
    line.write(fresh.id, due_at=line.context.clock.now() + timedelta(minutes=5))
    line.finisher()
    for one in (upload, fresh):
        line.until(one.id)
        line.is_finished_once(one.id)


def test_handed_over_to_workers(line: Line) -> None:
    web = line.finisher(runs=False)
    upload = line.arrives(finisher=web)
    row = line.row(upload.id)
    assert (row.state, row.holder, row.attempts) == ("scanning", "", 0)
    assert web.trouble() == "no worker runs: start one with `python -m smartupload worker`"
    worker = line.spawn("-m", "smartupload", "worker")
    line.until(upload.id)
    assert web.trouble() == ""
    line.is_finished_once(upload.id)
    worker.terminate()
    assert worker.wait(60) == 0
    assert web.trouble() == "no worker runs: start one with `python -m smartupload worker`"


def test_whoever_waits_for_a_worker_is_woken(line: Line) -> None:
    ctx = replace(line.context, finisher=line.finisher(runs=False))
    upload = line.arrives()
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(complete.complete_upload, ctx, "anna", upload.id, 60)
        line.finisher()
        assert answer.result(60).state == "ready"


def test_a_worker_without_a_store_says_so(line: Line) -> None:
    gone = {
        "SMARTUPLOAD_S3_ENDPOINT_URL": "",
        "SMARTUPLOAD_S3_ACCESS_KEY_ID": "",
        "SMARTUPLOAD_S3_SECRET_ACCESS_KEY": "",
    }
    assert line.spawn("-m", "smartupload", "worker", **gone).wait(60) == 1


def test_few_may_wait(line: Line, gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    finisher = line.finisher(context=scanning(line, gate))
    upload = line.arrives()
    finisher.start(upload.id, 1)
    with ThreadPoolExecutor(finishing.WAITING_AT_ONCE) as pool:
        waits = [pool.submit(finisher.wait, upload.id, 1, 60) for _ in range(finishing.WAITING_AT_ONCE)]
        wait_for(lambda: finisher._places._value == 0, 30, "all of them to wait")  # pyright: ignore[reportPrivateUsage]
        finisher.wait(upload.id, 1, 60)  # returns at once
        assert not any(one.done() for one in waits)
        gate.there.set()
        for one in waits:
            one.result(30)
    assert line.row(upload.id).state == "ready"


def test_each_is_woken_alone(line: Line, gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    """When one upload has ended nobody else who waits is disturbed."""
    finisher = line.finisher(context=scanning(line, gate))
    stays, ends = line.arrives().id, line.arrives().id
    with ThreadPoolExecutor(2) as pool:
        waits = {one: pool.submit(finisher.wait, one, 1, 60) for one in (stays, ends)}
        wait_for(lambda: finisher._waiters.ids() == {stays, ends}, 30, "both to wait")  # pyright: ignore[reportPrivateUsage]
        cancel.cancel_upload(line.context, "anna", ends)
        waits[ends].result(30)
        assert not waits[stays].done()
        gate.there.set()
        waits[stays].result(30)
    assert line.row(stays).state == "ready"


def test_without_its_database_nothing_is_raised(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> Any:
        raise OperationalError("SELECT 1", {}, ConnectionError("refused"))

    real = backlog.claim
    monkeypatch.setattr(backlog, "claim", refuse)
    finisher = line.finisher()
    upload = line.arrives(finisher=finisher)
    wait_for(lambda: finisher.trouble() == "the database does not answer: OperationalError", 30, "it to be said")
    monkeypatch.setattr(backlog, "claim", real)
    line.until(upload.id)
    wait_for(lambda: finisher.trouble() == "", 30, "all to be well again")
