"""Waiting for a condition, with a sentence that says what did not come."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Literal, TypeVar

T = TypeVar("T")
_between = threading.Event()


def wait_for(condition: Callable[[], T | Literal[False] | None], seconds: float, what: str, every: float = 0.05) -> T:
    """The first true value of the condition. Raises AssertionError after so many seconds, naming what was awaited."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds:g} s for {what}; last seen: {value!r}")
        _between.wait(every)


def outage(seconds: float) -> None:
    """Lets time go by while something is away: the length is the scenario, nothing is waited for."""
    _between.wait(seconds)
