"""How parts of one upload are signed: several in one call, and until when what was signed is used."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from smartupload.client.core.answers import Grant
from smartupload.client.io.together import Together

_MOST = 50
"""Parts in one call."""
_SHARE = 0.9
"""Of an address's life: the clock that matters is the store's, and the bytes still have to travel."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A grant, and until when (time.monotonic) it is used."""

    grant: Grant
    until: float


class Signing:
    """Signs parts of one upload. `sign` makes the call: what is signed, by number."""

    def __init__(self, sign: Callable[[Sequence[Mapping[str, Any]]], Mapping[int, Grant]]) -> None:
        self._sign = sign
        self._calls = Together(self._signed, _MOST)

    def ask(self, number: int, size: int, sha256: str) -> Signed | None:
        """What is signed of this part; None when the upload is in another epoch than was thought. Raises what the call raises."""
        return self._calls.ask({"number": number, "size": size, "sha256": sha256})

    def _signed(self, claims: Sequence[Mapping[str, Any]]) -> Sequence[Signed | None]:
        asked_at = time.monotonic()
        grants = self._sign(claims)
        found = [grants.get(claim["number"]) for claim in claims]
        return [grant and Signed(grant, asked_at + grant.expires_in * _SHARE) for grant in found]
