"""What a sending browser says of its upload, how far it is and how long it takes: kept in this process for as long as it says something."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

STALE = timedelta(seconds=45)
"""Of a browser that was silent for so long nobody knows how long it takes."""
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Said:
    """So many bytes of this epoch had left the browser at that time, and the rest took that many seconds; 0 to 0 where it could not say."""

    epoch: int
    sent: int
    low: float
    high: float
    at: datetime

    def left(self, now: datetime) -> tuple[float, float] | None:
        """The range now: what has passed since is not left any more."""
        age = (now - self.at).total_seconds()
        if not self.high or now - self.at > STALE or self.high <= age:
            return None
        return max(self.low - age, self.low / 4), self.high - age


class Sayings:
    """By upload. Of very many, those of whom something was said longest ago are forgotten."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._said: OrderedDict[str, Said] = OrderedDict()

    def note(self, upload_id: str, said: Said) -> None:
        """How far an upload is does not fall within an epoch."""
        with self._guard:
            before = self._said.pop(upload_id, None)
            if before is not None and before.epoch == said.epoch and before.sent > said.sent:
                said = Said(said.epoch, before.sent, said.low, said.high, said.at)
            self._said[upload_id] = said
            if len(self._said) > _MOST:
                self._said.popitem(last=False)

    def of(self, upload_id: str, epoch: int) -> Said | None:
        """The last word; None where nothing was said of this epoch, or not here."""
        with self._guard:
            said = self._said.get(upload_id)
        return said if said is not None and said.epoch == epoch else None
