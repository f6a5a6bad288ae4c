"""How several uploads are dealt with in one call: each has an answer of its own, and what asks the store is done by a few threads at once."""

from __future__ import annotations

import contextvars
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import structlog

from smartupload.errors import Problem, StoreFault, StoreUnavailable

log = structlog.get_logger("smartupload.service")

AT_ONCE = 8
"""Threads of one call. They wait for the store most of the time, and it has others to answer."""

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def answer(act: Callable[[], _Result]) -> _Result | Problem:
    """What this gives, or the problem that it raises. What the store said and nobody expected is as good as a store that is away."""
    try:
        return act()
    except Problem as problem:
        return problem
    except StoreFault as fault:
        log.error("unhandled answer of the store", cause=str(fault), exc_info=fault)
        return StoreUnavailable()


def wanted(answered: _Result | Problem) -> _Result:
    """The result. Raises what was answered instead of one."""
    if isinstance(answered, Problem):
        raise answered
    return answered


def at_once(items: Iterable[_Item], act: Callable[[_Item], _Result], threads: int = AT_ONCE) -> list[_Result]:
    """What this gives for each, in their order and in the caller's context. When one raises, what has not begun is left."""
    given: Sequence[_Item] = list(items)
    if len(given) < 2 or threads < 2:
        return [act(item) for item in given]
    with ThreadPoolExecutor(min(threads, len(given)), "batch") as pool:
        futures = [pool.submit(contextvars.copy_context().run, act, item) for item in given]
        try:
            return [future.result() for future in futures]
        except BaseException:
            for future in futures:
                future.cancel()
            raise
