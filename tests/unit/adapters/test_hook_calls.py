"""How hooks are called: sync and async, for a limited time, and what comes of those that raise, hang or give nonsense."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from smartupload.adapters import hook_calls
from smartupload.adapters.hook_calls import HookCalls
from smartupload.errors import HookFault
from smartupload.hooks import NewFile
from tests.hooks import Says, raising

FILE = NewFile("anna", "a.bin", 7, "application/octet-stream", None)
SHORT = {**hook_calls.SECONDS, "may_upload": 0.2}
"""For those that hang only: whoever is to answer in time has the time of the app, however busy the machine is."""


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """The app's, in a thread of its own."""
    loop = asyncio.new_event_loop()
    running = threading.Thread(target=loop.run_forever)
    running.start()
    yield loop
    loop.call_soon_threadsafe(loop.stop)
    running.join()
    loop.close()


def calls(loop: asyncio.AbstractEventLoop, *given: object) -> HookCalls:
    return HookCalls(given, loop)


class Async:
    version = 1

    def __init__(self, answer: Callable[[], Any]) -> None:
        self.answer = answer
        self.cancelled = threading.Event()

    async def may_upload(self, file: NewFile) -> str | None:
        try:
            await asyncio.sleep(0)
            found = self.answer()
            return await found if asyncio.iscoroutine(found) else found
        except asyncio.CancelledError:
            self.cancelled.set()
            raise


def later(answer: Any) -> Callable[[Any], Any]:
    async def give() -> Any:
        await asyncio.sleep(0)
        return answer

    return lambda _file: give()


def test_the_first_that_has_something_to_say(loop: asyncio.AbstractEventLoop) -> None:
    one, two, three = (Says(str(number), may_upload=answer) for number, answer in enumerate((None, " no ", "never")))
    assert calls(loop, one, two, three).may_upload(FILE) == "no"
    assert (one.asked, two.asked, three.asked) == ([FILE], [FILE], [])
    assert calls(loop, one).may_upload(FILE) is None


@pytest.mark.parametrize("answer", ["no", None])
def test_async_ones_run_in_the_apps_loop(loop: asyncio.AbstractEventLoop, answer: str | None) -> None:
    assert calls(loop, Async(lambda: answer)).may_upload(FILE) == answer
    assert calls(loop, Says(may_upload=later(answer))).may_upload(FILE) == answer


@pytest.mark.parametrize(
    "error", [ValueError("what"), TimeoutError("what"), SystemExit("what"), KeyboardInterrupt("what")]
)
def test_one_that_raises_is_named_with_what_it_raised(loop: asyncio.AbstractEventLoop, error: BaseException) -> None:
    with pytest.raises(HookFault, match=r"^Says\.may_upload raised .*what"):
        calls(loop, Says(may_upload=raising(error))).may_upload(FILE)


@pytest.mark.parametrize("error", [ValueError("what"), TimeoutError("what")])
def test_so_is_one_that_is_async(loop: asyncio.AbstractEventLoop, error: Exception) -> None:
    with pytest.raises(HookFault, match=r"^Async\.may_upload raised .*what"):
        calls(loop, Async(lambda: raising(error)(FILE))).may_upload(FILE)


def test_nobody_waits_for_one_that_hangs(loop: asyncio.AbstractEventLoop) -> None:
    go_on = threading.Event()
    with pytest.raises(HookFault, match=r"^Says\.may_upload did not answer within 0\.2 seconds"):
        HookCalls([Says(may_upload=lambda _file: go_on.wait(30) and None)], loop, SHORT).may_upload(FILE)
    go_on.set()
    hangs = Async(lambda: asyncio.sleep(60))
    with pytest.raises(HookFault, match=r"^Async\.may_upload did not answer"):
        HookCalls([hangs], loop, SHORT).may_upload(FILE)
    assert hangs.cancelled.wait(5), "the app's loop does not go on with it"


def test_those_that_hang_are_only_so_many(loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hook_calls, "AT_ONCE", 3)
    go_on, begun = threading.Event(), threading.Semaphore(0)

    def hangs(_file: NewFile) -> None:
        begun.release()
        go_on.wait(30)

    asked = HookCalls([Says(may_upload=hangs, folder="a/b")], loop, SHORT)
    for _ in range(5):
        with pytest.raises(HookFault, match="did not answer"):
            asked.may_upload(FILE)
    assert [begun.acquire(blocking=False) for _ in range(5)] == [True] * 3 + [False] * 2
    assert asked.folder(FILE) == "a/b", "its other methods are answered"
    go_on.set()


@pytest.mark.parametrize("answer", [True, False, 0, "", "  ", b"no", ["no"]])
def test_an_answer_that_is_none_is_no_answer(loop: asyncio.AbstractEventLoop, answer: Any) -> None:
    for method in ("may_upload", "file_name", "folder", "finish"):
        with pytest.raises(HookFault, match=rf"^Says\.{method} gave .*: give a text, or None"):
            getattr(calls(loop, Says(**{method: answer})), method)(FILE)


@pytest.mark.parametrize("folder", ["a", "customers/42", "a.b/c-d/e_f/@g=h", "x" * 300])
def test_folders(loop: asyncio.AbstractEventLoop, folder: str) -> None:
    assert calls(loop, Says(folder=folder)).folder(FILE) == folder


@pytest.mark.parametrize("folder", ["/a", "a/", "a//b", "..", "a/../b", "./a", "a b", "ä", "a\nb", "a?b", "x" * 301])
def test_no_folders(loop: asyncio.AbstractEventLoop, folder: str) -> None:
    with pytest.raises(HookFault, match="write one like customers/42"):
        calls(loop, Says(folder=folder)).folder(FILE)


def test_a_sentence_is_cut_where_it_is_no_sentence_any_more(loop: asyncio.AbstractEventLoop) -> None:
    assert calls(loop, Says(may_upload="a" * 900)).may_upload(FILE) == "a" * 500


def test_listeners_are_told_by_name(loop: asyncio.AbstractEventLoop) -> None:
    one, two = Says("one", on_ready=None), Says("two", on_ready=None)
    told = calls(loop, one, two, Says("three", folder="a"))
    assert told.listeners == ["one", "two"]
    told.on_ready("two", FILE)  # pyright: ignore[reportArgumentType]
    assert (one.asked, two.asked) == ([], [FILE])
    with pytest.raises(LookupError):
        told.on_ready("three", FILE)  # pyright: ignore[reportArgumentType]
    assert (told.is_asked_first, told.judges) == (True, [])


def test_after_the_app_has_stopped_nothing_hangs() -> None:
    closed = asyncio.new_event_loop()
    closed.close()
    with pytest.raises(HookFault, match="did not answer"):
        HookCalls([Async(lambda: None)], closed, SHORT).may_upload(FILE)
