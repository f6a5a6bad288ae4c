"""How the state of an upload may change: one table. Rows move by it, the database refuses all else, and the documentation draws it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import structlog

from smartupload.models import (
    BLOCKED,
    CANCELLED,
    EXPIRED,
    FAILED,
    KEPT,
    OPEN,
    PAUSED,
    READY,
    SCANNING,
    UPLOADING,
    VERIFYING,
    Upload,
)

log = structlog.get_logger("smartupload.service")

STATES = (UPLOADING, PAUSED, VERIFYING, SCANNING, READY, BLOCKED, FAILED, CANCELLED, EXPIRED)
BEGINS = UPLOADING


@dataclass(frozen=True)
class Transition:
    """Something that happens to an upload: from which states, and to which. `says` it in words."""

    name: str
    says: str
    moves: Mapping[str, str]


def _transition(name: str, says: str, **moves: str) -> Transition:
    return Transition(name, says, MappingProxyType(moves))


def _to(state: str, *states: str) -> dict[str, str]:
    return dict.fromkeys(states, state)


SIGN = _transition("sign", "a part is signed, so something is still to come", **_to(UPLOADING, UPLOADING, VERIFYING))
PAUSE = _transition("pause", "its owner pauses it", **_to(PAUSED, UPLOADING))
RESUME = _transition("resume", "its owner goes on", **_to(UPLOADING, PAUSED))
CLAIM = _transition("claim", "all parts are there, the object is being made of them", **_to(VERIFYING, *OPEN))
RETURN = _transition("return", "the store does not take some parts as they came", **_to(UPLOADING, VERIFYING))
REOPEN = _transition(
    "reopen",
    "the store lost or spoiled what it had, or another version takes its place: all of it is asked for again",
    **_to(UPLOADING, UPLOADING, VERIFYING) | _to(PAUSED, PAUSED),
)
GIVE_UP = _transition("give up", "three times it was not what was sent", **_to(FAILED, *OPEN))
MAKE = _transition("make", "the object is whole, and in quarantine", **_to(SCANNING, VERIFYING))
PUBLISH = _transition("publish", "it has passed, and may be downloaded", **_to(READY, SCANNING))
BLOCK = _transition("block", "a virus, a type that is not taken, or nobody can tell", **_to(BLOCKED, SCANNING))
LOSE = _transition("lose", "the store lost the object", **_to(FAILED, SCANNING))
EXPIRE = _transition("expire", "nobody has gone on with it for days", **_to(EXPIRED, *OPEN))
CANCEL = _transition("cancel", "its owner cancels it, or deletes the file", **_to(CANCELLED, *KEPT))

TRANSITIONS = (SIGN, PAUSE, RESUME, CLAIM, RETURN, REOPEN, GIVE_UP, MAKE, PUBLISH, BLOCK, LOSE, EXPIRE, CANCEL)

strict = False
"""In tests what is not in the table is raised; in the field it is refused and written to the log."""


class IllegalTransition(Exception):
    """Somebody wanted a change that the table does not have."""


def pairs() -> frozenset[tuple[str, str]]:
    """From which state to which other there is a way; what the database is told."""
    return frozenset((before, after) for one in TRANSITIONS for before, after in one.moves.items() if before != after)


def is_legal(row: Upload, transition: Transition) -> bool:
    """Whether this can happen to the row as it was seen."""
    if row.state in transition.moves:
        return True
    if strict:
        raise IllegalTransition(f"{transition.name} from {row.state}")
    log.error(
        "a change of state that there is no way for was refused", upload=row.id, state=row.state, wanted=transition.name
    )
    return False
