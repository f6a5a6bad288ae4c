"""What states have in common that ask before something is done for good: what is asked of, what went wrong, and how it is done."""

from collections.abc import Callable
from typing import Any, TypeVar

import reflex as rx

from smartupload.errors import Problem

from .bound import in_thread, owner_of
from .bounds import ID, bounds

_Answer = TypeVar("_Answer")


class Asking(rx.State, mixin=True):
    """Beside `rx.State`: a state with a question, as `pages/question` shows it."""

    error: str = ""
    #: what waits for a second click, empty for nothing
    asked: str = ""

    @rx.event
    @bounds(what=ID)
    def ask(self, what: str) -> None:
        """Ask before it is done."""
        self.asked, self.error = what, ""

    @rx.event
    @bounds()
    def keep(self) -> None:
        """The answer was no, or the page is another one now."""
        self.asked = self.error = ""

    async def _does(self, work: Callable[..., _Answer], *given: Any) -> _Answer | None:
        """Do it for the visitor, whose owner `work` is given first; None when it could not be done, and `error` says why."""
        self.asked = self.error = ""
        try:
            return await in_thread(work, await owner_of(self), *given)  # type: ignore[arg-type]
        except Problem as problem:
            self._failed(problem)
            return None

    def _failed(self, problem: Problem) -> None:
        self.error = problem.read()
