"""How many pixels a picture has, as its header says: looked at by bytes, and nothing is decoded."""

from __future__ import annotations

from collections.abc import Callable

Read = Callable[[int, int], bytes]
"""From a place so many bytes, or as many as there are."""
HEAD = 4096
_HOPS = 200
"""Segments of a JPEG, or blocks of a GIF, that are gone over before it is given up."""
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
"""Markers of a JPEG behind which its size stands."""
_AVIF = 64 * 1024
"""Bytes at the beginning of an AVIF in which its sizes are."""


def pixels(read: Read) -> int | None:
    """Width times height; None where no size can be found, as in what is no picture that a browser shows."""
    head = read(0, HEAD)
    if head[:8] == b"\x89PNG\r\n\x1a\n" and head[12:16] == b"IHDR":
        return _area(head[16:20], head[20:24])
    if head[:6] in (b"GIF87a", b"GIF89a") and len(head) >= 13:
        return _gif(read, head)
    if head[:2] == b"\xff\xd8":
        return _jpeg(read)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _webp(head)
    if head[:2] == b"BM":
        return _bmp(head)
    if head[4:8] == b"ftyp":
        return _avif(read(0, _AVIF))
    return None


def _area(width: bytes, height: bytes, order: str = "big") -> int | None:
    if not width or len(height) < len(width):
        return None
    return int.from_bytes(width, "little" if order == "little" else "big") * int.from_bytes(
        height, "little" if order == "little" else "big"
    )


def _gif(read: Read, head: bytes) -> int | None:
    """The larger one of its screen and its first frame, by which browsers enlarge the screen."""
    screen = _area(head[6:8], head[8:10], "little") or 0
    place = 13 + (3 << ((head[10] & 7) + 1) if head[10] & 0x80 else 0)
    for _ in range(_HOPS):
        block = read(place, 10)
        if block[:1] == b",":
            return max(screen, _area(block[5:7], block[7:9], "little") or 0)
        if block[:1] == b"!":
            place += 2  # then pieces, each with its length before it
        elif not block or block[:1] == b";":
            return screen
        while (length := read(place, 1)[:1]) not in (b"", b"\0"):
            place += 1 + length[0]
            if place > 1 << 20:
                return screen
        place += 1
    return screen


def _jpeg(read: Read) -> int | None:
    place = 2
    for _ in range(_HOPS):
        segment = read(place, 9)
        if len(segment) < 4 or segment[0] != 0xFF:
            return None
        marker = segment[1]
        if marker == 0xFF:
            place += 1  # filled up
        elif marker in _FRAMES:
            return _area(segment[7:9], segment[5:7])
        elif marker in (0x01, *range(0xD0, 0xD9)):
            place += 2  # without a length
        else:
            place += 2 + int.from_bytes(segment[2:4], "big")
    return None


def _webp(head: bytes) -> int | None:
    if head[12:16] == b"VP8X":
        return _plus_one(head[24:27], head[27:30])
    if head[12:16] == b"VP8L" and len(head) >= 25:
        bits = int.from_bytes(head[21:25], "little")
        return ((bits & 0x3FFF) + 1) * ((bits >> 14 & 0x3FFF) + 1)
    if head[12:16] == b"VP8 " and len(head) >= 30:
        return (int.from_bytes(head[26:28], "little") & 0x3FFF) * (int.from_bytes(head[28:30], "little") & 0x3FFF)
    return None


def _plus_one(width: bytes, height: bytes) -> int | None:
    if len(height) < 3:
        return None
    return (int.from_bytes(width, "little") + 1) * (int.from_bytes(height, "little") + 1)


def _bmp(head: bytes) -> int | None:
    if int.from_bytes(head[14:18], "little") == 12:
        return _area(head[18:20], head[20:22], "little")
    if len(head) < 26:
        return None
    # A picture that stands on its head has a negative height.
    sides = (int.from_bytes(head[at : at + 4], "little", signed=True) for at in (18, 22))
    width, height = sides
    return abs(width * height)


def _avif(head: bytes) -> int | None:
    """The largest of all sizes that are said, since it may be one of many tiles."""
    found: list[int] = []
    at = head.find(b"ispe")
    while at >= 0:
        if (area := _area(head[at + 8 : at + 12], head[at + 12 : at + 16])) is not None:
            found.append(area)
        at = head.find(b"ispe", at + 4)
    return max(found, default=None)
