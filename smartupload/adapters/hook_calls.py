"""How an app's hooks are called: each in a thread or in the app's event loop, for a limited time, and its answer looked at."""

from __future__ import annotations

import asyncio
import inspect
import re
import threading
import time
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from concurrent.futures import Future
from typing import Any

from smartupload import hooks
from smartupload.errors import HookFault
from smartupload.hooks import ArrivedFile, NewFile, ReadyFile

SECONDS = {"file_name": 5.0, "may_upload": 5.0, "folder": 5.0, "finish": 600.0, "on_ready": 30.0}
"""How long each may take. One that is async is cancelled then; of another nobody waits any longer for the answer."""
AT_ONCE = 16
"""Calls of one method of one hook that are not async: one that hangs keeps its thread until it comes back."""
LONGEST_SENTENCE = 500
LONGEST_FOLDER = 300

_FOLDER = re.compile(r"[\w!.*'()=@,+-]+(/[\w!.*'()=@,+-]+)*", re.ASCII)


class HookCalls:
    """Hooks over the objects that the app handed in; `loop` is where what is async runs. Only for other threads than that one's."""

    def __init__(
        self, given: Iterable[object], loop: asyncio.AbstractEventLoop, seconds: Mapping[str, float] = SECONDS
    ) -> None:
        self._loop = loop
        self._seconds = seconds
        self._by_method = {method: [hook for hook in given if hasattr(hook, method)] for method in hooks.METHODS}
        self._places = {
            (method, hooks.name_of(hook)): threading.Semaphore(AT_ONCE)
            for method, those in self._by_method.items()
            for hook in those
        }

    # -- as the service sees it

    @property
    def is_asked_first(self) -> bool:
        """See ports.Hooks."""
        return any(self._by_method[method] for method in ("file_name", "may_upload", "folder"))

    @property
    def judges(self) -> Sequence[str]:
        """See ports.Hooks."""
        return [hooks.name_of(hook) for hook in self._by_method["finish"]]

    @property
    def listeners(self) -> Sequence[str]:
        """See ports.Hooks."""
        return [hooks.name_of(hook) for hook in self._by_method["on_ready"]]

    def file_name(self, file: NewFile) -> str | None:
        """See ports.Hooks."""
        return self._first("file_name", file)

    def may_upload(self, file: NewFile) -> str | None:
        """See ports.Hooks."""
        refusal = self._first("may_upload", file)
        return None if refusal is None else refusal[:LONGEST_SENTENCE]

    def folder(self, file: NewFile) -> str | None:
        """See ports.Hooks."""
        found = self._first("folder", file)
        if found is None:
            return None
        steps = found.split("/")
        if len(found) > LONGEST_FOLDER or not _FOLDER.fullmatch(found) or {".", ".."} & set(steps):
            raise HookFault(
                f"folder gave {found[:80]!r}: write one like customers/42, of letters, digits and _!.*'()=@,+- "
                f"between slashes, {LONGEST_FOLDER} characters at most"
            )
        return found

    def finish(self, file: ArrivedFile) -> str | None:
        """See ports.Hooks."""
        refusal = self._first("finish", file)
        return None if refusal is None else refusal[:LONGEST_SENTENCE]

    def on_ready(self, listener: str, file: ReadyFile) -> None:
        """See ports.Hooks."""
        for hook in self._by_method["on_ready"]:
            if hooks.name_of(hook) == listener:
                self._called(hook, "on_ready", file)
                return
        raise LookupError(listener)

    # -- one call

    def _first(self, method: str, file: object) -> str | None:
        """The first answer that is one, in the order in which the hooks were handed in."""
        for hook in self._by_method[method]:
            found = self._called(hook, method, file)
            if found is None:
                continue
            if not isinstance(found, str) or not found.strip():
                raise HookFault(f"{hooks.name_of(hook)}.{method} gave {found!r:.80}: give a text, or None")
            return found.strip()
        return None

    def _called(self, hook: object, method: str, file: object) -> object:
        name = f"{hooks.name_of(hook)}.{method}"
        until = time.monotonic() + self._seconds[method]
        work: Callable[[object], Any] = getattr(hook, method)
        try:
            if inspect.iscoroutinefunction(work):
                return self._in_the_loop(work(file), until)
            found = self._in_a_thread(work, file, self._places[method, hooks.name_of(hook)], until)
            return self._in_the_loop(_awaited(found), until) if inspect.isawaitable(found) else found
        except _Late as late:
            raise HookFault(f"{name} did not answer within {self._seconds[method]:g} seconds") from late
        except Exception as error:
            raise HookFault(f"{name} raised {type(error).__name__}: {error}") from error

    def _in_the_loop(self, work: Coroutine[Any, Any, object], until: float) -> object:
        if self._loop.is_closed():
            work.close()
            raise _Late
        return _result(asyncio.run_coroutine_threadsafe(work, self._loop), until)

    @staticmethod
    def _in_a_thread(
        work: Callable[[object], object], file: object, places: threading.Semaphore, until: float
    ) -> object:
        if not places.acquire(timeout=max(0.0, until - time.monotonic())):
            raise _Late
        done = Future[object]()
        done.set_running_or_notify_cancel()

        def run() -> None:
            try:
                done.set_result(work(file))
            except BaseException as error:  # such as SystemExit, which is no more than a fault here
                done.set_exception(error if isinstance(error, Exception) else RuntimeError(repr(error)))
            finally:
                places.release()

        # A daemon, so that one that hangs keeps no process from ending.
        threading.Thread(target=run, name="hook", daemon=True).start()
        return _result(done, until)


class _Late(Exception):
    """There is no answer, and no more time for one."""


def _result(future: Future[object], until: float) -> object:
    try:
        return future.result(max(0.0, until - time.monotonic()))
    except TimeoutError as error:
        if future.done() and not future.cancelled():
            raise error from None  # its own
        future.cancel()
        raise _Late from error


async def _awaited(found: Any) -> object:
    return await found
