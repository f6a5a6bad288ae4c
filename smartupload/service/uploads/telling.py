"""A sending browser says how far its uploads are and how long they take, so that whoever watches is told the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from smartupload.models import UPLOADING, Upload
from smartupload.service.context import Context
from smartupload.service.records import rows
from smartupload.service.said import Said


@dataclass(frozen=True, slots=True)
class Word:
    """What is said of one upload: bytes that have left, and seconds until it is there, from 0 to 0 for not known."""

    upload_id: str
    epoch: int
    sent: int
    low: float
    high: float


def tell(ctx: Context, owner: str, words: Sequence[Word]) -> None:
    """Nothing is written down. What is not the owner's, or not being sent, is passed over."""
    found = rows.load_all(ctx, owner, [word.upload_id for word in words])
    now = ctx.clock.now()
    told: list[Upload] = []
    for word in words:
        row = found.get(word.upload_id)
        if row is None or row.state != UPLOADING or row.epoch != word.epoch or word.low > word.high:
            continue
        ctx.sayings.note(row.id, Said(word.epoch, min(word.sent, row.size), word.low, word.high, now))
        told.append(row)
    rows.tell(ctx, told)
