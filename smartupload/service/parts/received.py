"""What counts as arrived: multipart parts, and part objects that a browser handed over and nobody has moved yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from smartupload.models import Part, Upload
from smartupload.ports import StoredKey, StoredPart
from smartupload.service.context import Context
from smartupload.service.files import limits
from smartupload.service.parts import versions


@dataclass(frozen=True, slots=True)
class PartObject:
    """An object that a form made: which part of which epoch it is."""

    epoch: int
    number: int
    stored: StoredKey


def prefix(upload_id: str) -> str:
    """Where an upload's part objects lie: not below its own key, since a store on files takes no file for a folder."""
    return f"handover/{upload_id}/"


def part_key(row: Upload, number: int) -> str:
    """Where the part object of one number lies, in the row's epoch."""
    return f"{prefix(row.id)}{row.epoch}/{number}"


def part_objects(ctx: Context, row: Upload) -> list[PartObject]:
    """Every part object of the upload, in every epoch. The store is asked only when parts were handed over."""
    if row.handed_over_at is None:
        return []
    found: list[PartObject] = []
    for stored in ctx.store.list_objects(prefix(row.id)):
        epoch, _, number = stored.key.removeprefix(prefix(row.id)).partition("/")
        if epoch.isdecimal() and number.isdecimal():
            found.append(PartObject(int(epoch), int(number), stored))
    return found


def parts(ctx: Context, row: Upload, signed: Mapping[int, Part]) -> list[StoredPart]:
    """What has arrived of these parts, each once, ascending; the store is not asked for none. Raises MultipartGone.

    What lies there of a part that is forgotten counts only once it is signed again.
    """
    signed = {number: part for number, part in signed.items() if versions.of(part)}
    if not signed:
        return []
    # The objects first: one that is moved between the two questions is then seen twice, and not missed.
    objects = part_objects(ctx, row)
    found = {
        item.number: StoredPart(item.number, item.stored.size, "")
        for item in objects
        if item.epoch == row.epoch and item.number in signed and fits(row, item.number, item.stored.size)
    }
    found |= {part.number: part for part in multipart_parts(ctx, row, signed, min(signed), max(signed))}
    return [found[number] for number in sorted(found)]


def multipart_parts(
    ctx: Context, row: Upload, signed: Mapping[int, Part], first: int = 1, last: int = 10_000
) -> list[StoredPart]:
    """The same without part objects: what the file can be made of now. The store is asked in any case."""
    return counting(row, signed, ctx.store.list_parts(row.key, row.multipart_id, first, last))


def counting(row: Upload, signed: Mapping[int, Part], stored: Iterable[StoredPart]) -> list[StoredPart]:
    """Of what the store has, the parts that are what was signed, as far as it says so."""
    return [
        part
        for part in stored
        if fits(row, part.number, part.size)
        and part.number in signed
        and versions.of(signed[part.number])
        and part.sha256 in (None, signed[part.number].sha256)
    ]


def fits(row: Upload, number: int, size: int) -> bool:
    """Whether the upload has a part of this number and size."""
    return 1 <= number <= row.part_count and size == limits.size_of_part(row.size, row.part_size, number)
