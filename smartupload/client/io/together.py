"""When calls are made as one: whoever asks while one is under way goes with the next, and everybody hears the answer for what is theirs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

_Item = TypeVar("_Item")
_Answer = TypeVar("_Answer")


@dataclass(slots=True, eq=False)
class _Asked(Generic[_Item, _Answer]):
    item: _Item
    answers: Sequence[_Answer] = ()
    error: BaseException | None = None
    is_done: bool = False


class Together(Generic[_Item, _Answer]):
    """Makes calls of one kind, one at a time. `call` answers items in their order; `most` of them go together.

    What `call` raises is raised to everybody whose item was in it.
    """

    def __init__(self, call: Callable[[Sequence[_Item]], Sequence[_Answer]], most: int) -> None:
        self._call = call
        self._most = most
        self._waiting: list[_Asked[_Item, _Answer]] = []
        self._is_busy = False
        self._changed = threading.Condition()

    def ask(self, item: _Item) -> _Answer:
        """The answer for this item."""
        mine: _Asked[_Item, _Answer] = _Asked(item)
        with self._changed:
            self._waiting.append(mine)
        while True:
            with self._changed:
                self._changed.wait_for(lambda: mine.is_done or not self._is_busy)
                if mine.is_done:
                    break
                self._is_busy = True
                taken, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
            self._answer(taken)
        if mine.error is not None:
            raise mine.error
        return mine.answers[0]

    def _answer(self, taken: Sequence[_Asked[_Item, _Answer]]) -> None:
        answers: Sequence[_Answer] = ()
        failed: BaseException | None = None
        try:
            answers = self._call([one.item for one in taken])
        except BaseException as error:  # it is everybody's whose item was in the call
            failed = error
        with self._changed:
            for index, one in enumerate(taken):
                one.answers, one.error, one.is_done = answers[index : index + 1], failed, True
            self._is_busy = False
            self._changed.notify_all()
