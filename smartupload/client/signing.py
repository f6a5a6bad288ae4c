"""When parts are signed: whoever asks first asks for all that wait, so that several threads need one call."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from smartupload.client.core.answers import Grant

_MOST = 50
"""Parts in one call."""
_SHARE = 0.9
"""Of an address's life: the clock that matters is the store's, and the bytes still have to travel."""


@dataclass(slots=True, eq=False)
class _Asked:
    claim: Mapping[str, Any]
    at: float = 0.0
    grant: Grant | None = None
    error: BaseException | None = None
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Signed:
    """A grant, and until when (time.monotonic) it is used."""

    grant: Grant
    until: float


@dataclass(slots=True)
class Signing:
    """Signs parts of one upload. `sign` makes the call; nothing may be signed in it of another epoch than it is told of later."""

    sign: Callable[[Sequence[Mapping[str, Any]]], Mapping[int, Grant]]
    _waiting: list[_Asked] = field(default_factory=list[_Asked])
    _is_busy: bool = False
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def ask(self, number: int, size: int, sha256: str) -> Signed | None:
        """What is signed of this part; None when the upload is in another epoch than was thought. Raises what the call raises."""
        mine = _Asked({"number": number, "size": size, "sha256": sha256})
        with self._changed:
            self._waiting.append(mine)
        while True:
            with self._changed:
                self._changed.wait_for(lambda: mine.is_done or not self._is_busy)
                if mine.is_done:
                    break
                self._is_busy = True
                taken, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
            self._answer(taken)
        if mine.error is not None:
            raise mine.error
        return None if mine.grant is None else Signed(mine.grant, mine.at + mine.grant.expires_in * _SHARE)

    def _answer(self, taken: Sequence[_Asked]) -> None:
        at = time.monotonic()
        grants: Mapping[int, Grant] = {}
        failed: BaseException | None = None
        try:
            grants = self.sign([one.claim for one in taken])
        except BaseException as error:  # it is everybody's whose part was in the call
            failed = error
        finally:
            with self._changed:
                for one in taken:
                    one.at, one.error, one.is_done = at, failed, True
                    one.grant = grants.get(one.claim["number"])
                self._is_busy = False
                self._changed.notify_all()
