"""The line: who may ask, who waits, and when waiting is given up."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from smartupload_testing.wait import wait_for

from smartupload.client.core.errors import Away, SmartUploadError
from smartupload.client.io.line import Line, Stopped


class Clock:
    """Goes on by a second with every look."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        self.seconds += 1
        return self.seconds


def fails(line: Line) -> None:
    with line.request():
        raise Away("store_away", "gone")


def test_it_gives_up_when_its_patience_is_over_and_is_as_patient_the_next_time() -> None:
    for _ in range(2):
        line = Line("The storage", patience=20, now=Clock(), jitter=lambda: 0.0)
        tries = 0
        with pytest.raises(SmartUploadError, match=r"The storage does not answer \(gone\)"):  # noqa: PT012
            while True:
                try:
                    fails(line)
                except Away:
                    tries += 1
        assert tries > 3
        assert line.reason == ""


def test_who_waits_gives_up_with_whoever_tries() -> None:
    clock = [0.0]
    line = Line("The storage", patience=20, now=lambda: clock[0], jitter=lambda: 0.1)
    with pytest.raises(Away):
        fails(line)
    clock[0] = 5
    let_through: list[int] = []

    def ask(number: int) -> None:
        with line.request():
            let_through.append(number)

    with ThreadPoolExecutor(4) as pool:
        waiting: list[Future[None]] = []

        def probe() -> None:
            with line.request():
                waiting.extend(pool.submit(ask, number) for number in range(4))
                wait_for(lambda: len(vars(line._changed)["_waiters"]) == 4, 10, "the others to wait")
                clock[0] = 100
                raise Away("store_away", "gone")

        with pytest.raises(SmartUploadError):
            probe()
        errors = [one.exception(10) for one in waiting]
    assert [getattr(error, "code", "") for error in errors] == ["store_away"] * 4
    assert let_through == []


def test_without_end_it_never_does() -> None:
    line = Line("The storage", patience=None, now=Clock(), jitter=lambda: 0.0)
    for _ in range(50):
        with pytest.raises(Away):
            fails(line)
    assert line.reason == "store_away"
    with line.request():
        assert line.reason == "store_away"
    assert line.reason == ""


def test_what_is_not_away_has_got_through() -> None:
    line = Line("The storage", patience=20, now=Clock(), jitter=lambda: 0.1)
    with pytest.raises(Away):
        fails(line)
    with pytest.raises(KeyError), line.request():
        raise KeyError
    assert line.reason == ""


def test_listeners_hear_of_each_failure_while_they_want_to() -> None:
    line = Line("The storage", patience=None, now=Clock(), jitter=lambda: 0.1)
    heard: list[str] = []
    with line.heard_by(lambda: heard.append(line.reason)), pytest.raises(Away):
        fails(line)
    with pytest.raises(Away):
        fails(line)
    assert heard == ["store_away"]


def test_who_waits_is_stopped() -> None:
    line = Line("The storage", patience=None, jitter=lambda: 1.0)
    stop = threading.Event()
    with pytest.raises(Away), line.request():
        raise Away("store_away", "gone", retry_after=60)
    with ThreadPoolExecutor(1) as pool:

        def wait() -> None:
            with line.request(stop):
                raise AssertionError("it was let through")

        waiting = pool.submit(wait)
        stop.set()
        with pytest.raises(Stopped):
            waiting.result(10)
