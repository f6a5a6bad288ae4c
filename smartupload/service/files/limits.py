"""What is taken, and in which parts: the rules on size, type, quota and part size."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from smartupload.errors import EmptyFile, FileTooLarge, TypeNotAllowed
from smartupload.service.files import media_types
from smartupload.settings import Settings
from smartupload.words import Sentence, Size

MIB = 1024 * 1024
MIN_PART_SIZE = 5 * MIB
"""S3 takes no smaller part but the last."""
MAX_PARTS = 10_000
"""S3's limit of parts in one multipart upload."""
MAX_SIZE = 5 * 1024**4
"""S3's limit for one object: 5 TiB."""
MAX_SCANNED = 2 * 1000**3
"""clamd looks at no file of 2 GiB or more (2 GiB less 3 bytes, to be exact; people read 2 GB more easily)."""
USUAL_PART_SIZE = 8 * MIB
LARGEST_USUAL_PART_SIZE = 8 * MIB
"""Browsers hold each part in flight in memory, so a fast line is no reason for larger ones."""
PER_HOST = 6
"""Parts on the line at the same time: as many as browsers open connections to one host. On a line that loses packets each one more brings more."""
PARALLEL_PARTS = 12
"""The same over all hosts of the store: each is held in memory, and lost when the browser is closed."""
PART_SECONDS = 10
"""A part should take no longer than this on the line that the browser reports, ..."""
USUAL_SHARE = 4
"""... where so many share it."""

_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}")
UNKNOWN_TYPE = media_types.UNKNOWN


def part_size(size: int, line_rate: float | None = None) -> int:
    """Bytes of every part but the last: whole MiB, 5 MiB at least, so that there are 10,000 parts at most.

    `line_rate` (bytes/s) is shared by the parts in flight.
    """
    if line_rate is None or line_rate <= 0:
        wanted = USUAL_PART_SIZE
    else:
        wanted = int(min(max(line_rate * PART_SECONDS / USUAL_SHARE, MIN_PART_SIZE), LARGEST_USUAL_PART_SIZE))
        wanted = wanted // MIB * MIB
    needed = -(-size // MAX_PARTS)
    return max(wanted, -(-needed // MIB) * MIB)


def parallel_parts(settings: Settings) -> int:
    """Parts of one browser that may be on the line at the same time."""
    hosts = {urlsplit(address).netloc for address in settings.s3_public_endpoint_url}
    return min(PER_HOST * max(len(hosts), 1), PARALLEL_PARTS)


def part_count(size: int, part: int) -> int:
    """How many parts a file has."""
    return -(-size // part)


def size_of_part(size: int, part: int, number: int) -> int:
    """Bytes of the part with this number."""
    return min(part, size - (number - 1) * part)


def clean_type(declared: str, name: str) -> str:
    """A well-formed media type: the usual word for the browser's, else what the name's extension says, else octet-stream."""
    kind = declared.split(";", 1)[0].strip().lower()
    return media_types.named(name, kind if _TYPE.fullmatch(kind) else UNKNOWN_TYPE)


def max_file_size(settings: Settings) -> int | None:
    """Bytes of the largest file that is taken here: what was set, and no more than can be scanned. None: S3's own limit."""
    if not settings.scans:
        return settings.max_file_size
    return min(settings.max_file_size or MAX_SCANNED, MAX_SCANNED)


def within(settings: Settings, size: int | None, types: Sequence[str]) -> tuple[int | None, tuple[str, ...]]:
    """What is taken here of what somebody allows: the smaller size, and the kinds that both name. None, and no kinds, are no limit."""
    sizes = [one for one in (size, max_file_size(settings)) if one is not None]
    both = media_types.both(types, settings.allowed_types) if types and settings.allowed_types else ()
    return min(sizes, default=None), both or tuple(types or settings.allowed_types)


def check_size(settings: Settings, size: int) -> None:
    """Raises EmptyFile or FileTooLarge, also for what would be blocked after its last byte since it cannot be scanned."""
    if size == 0:
        raise EmptyFile
    limit = min(max_file_size(settings) or MAX_SIZE, MAX_SIZE)
    if size > limit:
        if settings.scans and limit == MAX_SCANNED:
            raise FileTooLarge(
                Sentence("problem-file_too_large-scanned", size=Size(size), limit=Size(limit)),
                limit=limit,
            )
        raise FileTooLarge(
            Sentence("problem-file_too_large-here", size=Size(size), limit=Size(limit)),
            limit=limit,
        )


def check_type(settings: Settings, name: str, kind: str, recognised: str = "") -> None:
    """Raises TypeNotAllowed unless the extension, or what the file is taken for, is on the list: `recognised` by its bytes, else by its name, else `kind`."""
    if not settings.allowed_types:
        return
    types = media_types.taken_for(name, kind, recognised)
    if not media_types.is_listed(settings.allowed_types, name, types):
        raise TypeNotAllowed(
            Sentence("problem-type_not_allowed-taken", type=types[0], taken=", ".join(settings.allowed_types)),
            allowed_types=list(settings.allowed_types),
        )
