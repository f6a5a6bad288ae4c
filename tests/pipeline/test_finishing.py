"""Finishing survives whatever happens to the process, and happens once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pytest

from smartupload.errors import ScannerUnavailable
from smartupload.pipeline import durable, finishing
from smartupload.service.context import Context
from smartupload.service.finishing import complete, finish
from smartupload.service.housekeeping import unfinished
from smartupload.service.uploads import cancel
from tests.browser.wait import wait_for
from tests.pipeline.conftest import Line


class Gate:
    """A scanner that is away until it is let in, and counts who is with it."""

    def __init__(self) -> None:
        self.there = threading.Event()
        self.asked = 0
        self.most = 0
        self._now = 0
        self._guard = threading.Lock()

    def scan(self, chunks: Iterable[bytes]) -> None:
        with self._guard:
            self.asked += 1
            self._now += 1
            self.most = max(self.most, self._now)
        try:
            if not self.there.wait(0.05):
                raise ScannerUnavailable("connection refused")
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
        assert line.store.list_objects(f"files/{upload.id}") == []
        assert [flow.status for flow in line.workflows(upload.id)] == ["PENDING"]
    gate.there.set()
    for upload in uploads:
        line.until(upload.id)
        assert line.row(upload.id).scan == "clean"
        assert line.events(upload.id) == ["created", "completed", "ready"]
    assert gate.most == finishing.LIMITS["scan"]


def test_stopped_while_it_waits_and_started_again(line: Line, gate: Gate) -> None:
    first = line.finisher(context=scanning(line, gate))
    upload = line.arrives()
    first.start(upload.id, 1)
    wait_for(lambda: gate.asked > 1, 30, "the scanner to be asked")
    first.close()
    assert [flow.status for flow in line.workflows(upload.id)] == ["PENDING"]
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
    assert line.store.list_objects(f"files/{upload.id}") == []
    assert line.store.list_objects(f"uploads/{upload.id}") == []


def test_a_workflow_that_failed_begins_again(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    finisher = line.finisher()
    ctx = replace(line.context, finisher=finisher)
    upload = line.arrives()
    whole = finish.STEPS["scan"]
    monkeypatch.setitem(finish.STEPS, "scan", broken)
    finisher.start(upload.id, 1)
    wait_for(lambda: line.workflows(upload.id)[0].status == "ERROR", 30, "the workflow to fail")
    finisher.start(upload.id, 1)
    wait_for(lambda: line.workflows(upload.id)[0].status == "ERROR", 30, "the workflow to fail once more")
    monkeypatch.setitem(finish.STEPS, "scan", whole)
    assert unfinished.sweep(ctx, age=timedelta(0)) == 1
    line.until(upload.id)
    line.is_finished_once(upload.id)


def test_what_is_hopeless_makes_room(line: Line, gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finishing, "PATIENCE_SECONDS", 0.5)
    finisher = line.finisher(context=scanning(line, gate))
    upload = line.arrives()
    finisher.start(upload.id, 1)
    wait_for(lambda: line.workflows(upload.id)[0].status == "ERROR", 30, "the workflow to give up for now")
    assert line.row(upload.id).state == "scanning"
    gate.there.set()
    finisher.start(upload.id, 1)
    line.until(upload.id)


def test_what_ended_long_ago_is_forgotten(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    finisher = line.finisher()
    upload = line.arrives(finisher=finisher)
    line.until(upload.id)
    finisher.sweep()
    assert len(line.workflows(upload.id)) == 1
    monkeypatch.setattr(durable, "KEPT_SECONDS", -60)
    finisher.sweep()
    assert line.workflows(upload.id) == []
    assert line.row(upload.id).state == "ready"


def broken(*_: object) -> None:
    raise ValueError("a mistake in the program")


def test_a_dead_neighbour_is_taken_over(line: Line) -> None:
    """The other one holds the first seat, so that a start of ours alone would not recover what it had begun."""
    upload = line.arrives()
    neighbour = line.spawn("-m", "tests.pipeline.stuck", upload.id)
    wait_for(lambda: any(flow.status == "PENDING" for flow in line.workflows(upload.id)), 60, "the other to begin")
    finisher = line.finisher()
    finisher.sweep()
    assert line.workflows(upload.id)[0].executor_id == "seat-0"
    assert line.row(upload.id).state == "scanning", "it lives, so it keeps its work"
    neighbour.kill()
    neighbour.wait(20)
    finisher.sweep()
    line.until(upload.id)
    assert line.workflows(upload.id)[0].executor_id == "seat-1"
    line.is_finished_once(upload.id)


def test_handed_over_to_workers(line: Line) -> None:
    web = line.finisher(runs=False)
    upload = line.arrives(finisher=web)
    assert [flow.status for flow in line.workflows(upload.id)] == ["ENQUEUED"]
    assert web.trouble() == "no worker runs: start one with `python -m smartupload worker`"
    worker = line.spawn("-m", "smartupload", "worker")
    line.until(upload.id)
    assert web.trouble() == ""
    line.is_finished_once(upload.id)
    worker.terminate()
    assert worker.wait(60) == 0


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
        wait_for(lambda: finisher._waiting._value == 0, 30, "all of them to wait")  # pyright: ignore[reportAttributeAccessIssue]
        finisher.wait(upload.id, 1, 60)  # returns at once
        assert not any(one.done() for one in waits)
        gate.there.set()
        for one in waits:
            one.result(30)
    assert line.row(upload.id).state == "ready"


def test_without_its_database_nothing_is_raised(make_line: Callable[..., Line]) -> None:
    line = make_line()
    finisher = line.finisher(runs=False)
    finisher.workflows.close()
    finisher.workflows = cast(Any, Unreachable())
    finisher.start("a", 1)
    assert finisher.trouble() == "the workflow database does not answer: ConnectionError"


class Unreachable:
    """Workflows that are not to be had."""

    def _refuse(self, *_: object) -> str:
        raise ConnectionError("refused")

    status = enqueue = again = trouble = _refuse

    def close(self) -> None:
        """Nothing is open."""
