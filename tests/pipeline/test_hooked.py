"""The app's own step of finishing, as the pipeline meets it: one file that waits for its hook keeps no other waiting."""

from __future__ import annotations

import threading

import pytest
from smartupload_testing.wait import wait_for
from structlog.testing import capture_logs

from smartupload.hooks import ArrivedFile
from smartupload.pipeline import finishing
from tests.fixtures_store import noise
from tests.hooks import Says, with_hooks
from tests.pipeline.conftest import Line


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finishing, "SHORTEST", 0.05)
    monkeypatch.setattr(finishing, "LONGEST_AFTER_A_FAULT", 0.2)


def test_one_that_fails_for_one_file_is_tried_again_while_others_are_ready(line: Line) -> None:
    well, asked = threading.Event(), threading.Semaphore(0)

    def fails_for_small_ones(file: ArrivedFile) -> None:
        assert b"".join(file.read()) == noise(file.size)
        if file.size == 1000:
            asked.release()
            if not well.is_set():
                raise OSError("the index is away")

    context = with_hooks(line.context, Says("Index", finish=fails_for_small_ones))
    with capture_logs() as logs:
        finisher = line.finisher(context=context)
        waits = line.arrives(1000, finisher)
        for _ in range(3):
            assert asked.acquire(timeout=20)
        others = [line.arrives(size, finisher) for size in range(1001, 1006)]
        for upload in others:
            line.until(upload.id)
        assert line.row(waits.id).state == "scanning"
        well.set()
        line.until(waits.id)
    causes = {entry["cause"] for entry in logs if entry["event"] == "a file waits for a hook"}
    assert causes == {"Index.finish raised OSError: the index is away"}
    assert not [entry for entry in logs if entry["event"] == "finishing waits"], "nobody else is held back"
    line.is_finished_once(waits.id)


def test_one_that_hangs_is_asked_again_and_a_stop_gives_the_file_back(line: Line) -> None:
    go_on, asked = threading.Event(), threading.Semaphore(0)

    def hangs(_file: ArrivedFile) -> None:
        asked.release()
        go_on.wait(60)

    seconds = {"finish": 0.2}
    first = line.finisher(context=with_hooks(line.context, Says("Index", finish=hangs), seconds=seconds))
    upload = line.arrives(1000, first)
    for _ in range(2):
        assert asked.acquire(timeout=20)
    first.close()
    assert (line.row(upload.id).state, line.row(upload.id).holder) == ("scanning", "")
    line.finisher(context=with_hooks(line.context, Says("Index", finish=None)))
    line.until(upload.id)
    line.is_finished_once(upload.id)
    go_on.set()


def test_a_sentence_blocks_the_file(line: Line) -> None:
    context = with_hooks(line.context, Says("Invoices", finish="This is no invoice."))
    upload = line.arrives(1000, line.finisher(context=context))
    line.until(upload.id, "blocked")
    row = line.row(upload.id)
    assert (row.error_code, row.error_detail) == ("upload_refused", "This is no invoice.")
    wait_for(lambda: not line.store.list_objects(f"uploads/{upload.id}"), 20, "its bytes to go")
