"""How many pixels a picture has, as its header says: looked at by bytes, and nothing is decoded."""

from __future__ import annotations

import re
from collections.abc import Callable

Read = Callable[[int, int], bytes]
"""From a place so many bytes, or as many as there are."""
PIECE = 64 * 1024
"""Bytes of one read."""
READS = 9
"""How often is read for one picture: each is a request to the store, and whoever made the file chose what stands in it."""
GIVEN_UP = -1
"""Said instead of a size that was not found within these reads; there may be one, and a large one, further on."""

_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
"""Markers of a JPEG behind which its size stands."""
_BARE = {0x01, *range(0xD0, 0xDA)}
"""Those without a length."""
_MARKER = re.compile(rb"\xff[^\xff\x00]")
_LEAST = {0x01: 12, 0xF9: 4, 0xFF: 11}
"""Extensions of a GIF whose first piece some browsers take for so long, whatever it says."""


class _EndOfReads(Exception):
    """No further read is made."""


class _Bytes:
    """A file that is gone over from its beginning to its end, a piece of it in memory."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._left = READS
        self._start = 0
        self._held = b""
        self._turn(0)

    def at(self, place: int, length: int) -> bytes:
        """Few bytes, or as many as there are."""
        if place + length > self._start + len(self._held) and not self._ends():
            self._turn(place)
        return self._held[place - self._start : place - self._start + length]

    def span(self, place: int, end: int) -> bytes:
        """All bytes up to there, or as many as there are."""
        found: list[bytes] = []
        while place < end and self.at(place, 1):
            found.append(self._held[place - self._start :][: end - place])
            place += len(found[-1])
        return b"".join(found)

    def find(self, two: re.Pattern[bytes], place: int) -> int | None:
        """Where two bytes are next."""
        while self.at(place, 2):
            if match := two.search(self._held, place - self._start):
                return self._start + match.start()
            if self._ends():
                break
            place = self._start + len(self._held) - 1
            self._turn(place)
        return None

    def past_pieces(self, place: int) -> int:
        """Behind pieces with their length before each, of which the last one is empty."""
        while self.at(place, 1):
            held, here = self._held, place - self._start
            while here < len(held):
                if not held[here]:
                    return self._start + here + 1
                here += 1 + held[here]
            place = self._start + here
        return place

    def _ends(self) -> bool:
        return len(self._held) < PIECE

    def _turn(self, place: int) -> None:
        if not self._left:
            raise _EndOfReads
        self._left -= 1
        self._start, self._held = place, self._read(place, PIECE)


def pixels(read: Read) -> int | None:
    """Width times height; None where there is no size, as in what is no picture that a browser shows, and GIVEN_UP where it would be too far in."""
    try:
        return _pixels(_Bytes(read))
    except _EndOfReads:
        return GIVEN_UP


def _pixels(data: _Bytes) -> int | None:
    head = data.at(0, 32)
    if head[:8] == b"\x89PNG\r\n\x1a\n" and head[12:16] == b"IHDR":
        return _area(head[16:20], head[20:24])
    if head[:6] in (b"GIF87a", b"GIF89a") and len(head) >= 13:
        return _Gif(data, head).pixels()
    if head[:2] == b"\xff\xd8":
        return _jpeg(data)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _webp(head)
    if head[:2] == b"BM":
        return _bmp(head)
    if head[4:8] == b"ftyp":
        return _avif(data)
    return None


def _area(width: bytes, height: bytes, order: str = "big") -> int | None:
    if not width or len(height) < len(width):
        return None
    return int.from_bytes(width, "little" if order == "little" else "big") * int.from_bytes(
        height, "little" if order == "little" else "big"
    )


class _Gif:
    """Its screen, which browsers enlarge for a frame that is larger."""

    def __init__(self, data: _Bytes, head: bytes) -> None:
        self._data = data
        self._head = head
        self._screen = (int.from_bytes(head[6:8], "little"), int.from_bytes(head[8:10], "little"))
        self._all = self._screen
        self._frames = 0

    def pixels(self) -> int:
        """With all frames up to its end; of one whose end is too far away, its screen, if that is where its frames are."""
        try:
            known = self._goes_over()
        except _EndOfReads:
            known = self._frames > 0 and self._all == self._screen
        return self._all[0] * self._all[1] if known else GIVEN_UP

    def _goes_over(self) -> bool:
        """Whether its end was found."""
        place = 13 + _colours(self._head[10])
        while (block := self._data.at(place, 10)) and block[0] != 0x3B:
            if block[0] == 0x2C:
                if len(block) < 10:
                    return True
                self._frame(block)
                place += 11 + _colours(block[9])
            elif block[0] == 0x21:
                if len(block) > 2 and block[2] < _LEAST.get(block[1], 0):
                    return False
                place += 2
            else:
                # Browsers end here, at least those that are known.
                return self._frames > 0
            place = self._data.past_pieces(place)
        return True

    def _frame(self, block: bytes) -> None:
        left, top, width, height = (int.from_bytes(block[at : at + 2], "little") for at in (1, 3, 5, 7))
        self._frames += 1
        self._all = (max(self._all[0], left + width), max(self._all[1], top + height))


def _colours(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _jpeg(data: _Bytes) -> int | None:
    at = data.find(_MARKER, 2)  # whatever stands before a marker is gone over, as browsers do
    while at is not None:
        segment = data.at(at, 9)
        if segment[1] in _FRAMES:
            return _area(segment[7:9], segment[5:7])
        length = 0 if segment[1] in _BARE else max(2, int.from_bytes(segment[2:4], "big"))
        at = data.find(_MARKER, at + 2 + length)
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


def _avif(data: _Bytes) -> int | None:
    """The largest of all sizes that are said, since it may be one of many tiles, or a film."""
    found: list[int] = []
    last = b"moov" if data.at(8, 4) == b"avis" else b"meta"
    place = 0
    while len(box := data.at(place, 16)) >= 8:
        kind, size = box[4:8], int.from_bytes(box[:4], "big")
        if size == 1:
            size = int.from_bytes(box[8:16], "big")
        if 0 < size < 8:
            break
        end = place + size if size else _FAR
        if kind in (b"meta", last):
            found += _sizes(data.span(place, end))
        if kind == last:
            break
        place = end
    return max(found, default=None)


_FAR = 1 << 62
_SAID = ((b"ispe", 8, 4), (b"av01", 28, 2), (b"tkhd", 80, 2), (b"tkhd", 92, 2))
"""Boxes with sizes: how far behind the name, and of how many bytes. Those of a track go on with fractions, and stand further on in a newer form."""


def _sizes(body: bytes) -> list[int]:
    found: list[int] = []
    for name, behind, length in _SAID:
        at = body.find(name)
        while at >= 0:
            new = name == b"tkhd" and body[at + 4 : at + 5] == b"\1"
            if name != b"tkhd" or new == (behind == 92):
                second = at + behind + (4 if name == b"tkhd" else length)
                area = _area(body[at + behind : at + behind + length], body[second : second + length])
                found += [] if area is None else [area]
            at = body.find(name, at + 4)
    return found
