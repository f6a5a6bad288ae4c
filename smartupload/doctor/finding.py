"""What a check finds: wrong is what keeps something from working, a note is for whoever wants to know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from smartupload.settings import Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """`about` is one word; `what` says what is so, `why` why it matters, `remedy` what to type or do."""

    about: str
    what: str
    why: str
    remedy: str
    kind: Literal["wrong", "note"] = "wrong"

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def note(about: str, what: str, why: str, remedy: str) -> Finding:
    """One that keeps nothing from working."""
    return Finding(about, what, why, remedy, "note")


Check = Callable[[Settings], Sequence[Finding]]
"""Asks one thing. What it raises is a finding of its own."""
