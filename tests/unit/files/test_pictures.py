"""The size of a picture by its bytes: in every format that a page shows, cut off, made to be long to read, and in what is none."""

from __future__ import annotations

import struct
import time

import pytest

from smartupload.service.files import pictures


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", width, height, 8, 6, 0, 0, 0)


def jpeg(width: int, height: int, before: bytes = b"") -> bytes:
    return b"\xff\xd8" + before + b"\xff\xc2" + struct.pack(">HBHHB", 17, 8, height, width, 3) + b"\0" * 10


def segments(count: int, size: int) -> bytes:
    """Notes of a camera, each as large as it may be; bytes in them look like sizes."""
    return (b"\xff\xe1" + struct.pack(">H", size + 2) + b"\xff\xc0" * (size // 2)) * count


def gif(
    screen: tuple[int, int], *frames: tuple[int, int], before: bytes = b"!\xfe\x03abc\0", end: bytes = b""
) -> bytes:
    control = b"!\xf9\x04\0\0\0\0\0"
    pictures = [b"," + struct.pack("<HHHHB", 0, 0, *frame, 0) + b"\x08\x01\0\0" for frame in frames]
    return (
        b"GIF89a" + struct.pack("<HHBBB", *screen, 0x80, 0, 0) + b"\0" * 6 + control + before + b"".join(pictures) + end
    )


def comments(count: int, size: int) -> bytes:
    """One comment of a GIF, in so many pieces."""
    return b"!\xfe" + (bytes([size]) + b"\x2c" * size) * count + b"\0"


def webp(kind: bytes, body: bytes) -> bytes:
    return b"RIFF\0\0\0\0WEBP" + kind + b"\0\0\0\0" + body


def bmp(width: int, height: int) -> bytes:
    return b"BM" + b"\0" * 12 + struct.pack("<Iii", 40, width, height)


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(body), kind) + body


def avif(*sizes: tuple[int, int], before: bytes = b"", brand: bytes = b"avif") -> bytes:
    said = b"".join(box(b"ispe", b"\0" * 4 + struct.pack(">II", *size)) for size in sizes)
    return box(b"ftyp", brand + b"\0" * 16) + before + box(b"meta", b"\0" * 4 + said)


def track(width: int, height: int, new: bool) -> bytes:
    head = bytes([new]) + b"\0" * (87 if new else 75)
    return box(b"tkhd", head + struct.pack(">HHHH", width, 0, height, 0))


SIZES = {
    "png": (png(30_000, 30_000), 900_000_000),
    "jpeg": (jpeg(60_000, 50_000), 3_000_000_000),
    "jpeg with much before its size": (jpeg(60_000, 50_000, segments(3, 60_000)), 3_000_000_000),
    "jpeg that is filled up": (jpeg(200, 100, b"\xff\xff\xff"[:2] + b"\xd0"), 20_000),
    "gif": (gif((65_535, 65_535), (1, 1)), 65_535**2),
    "gif whose frame is larger than its screen": (gif((1, 1), (65_000, 60_000)), 3_900_000_000),
    "webp": (webp(b"VP8 ", b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 16_383, 16_000)), 16_383 * 16_000),
    "webp without loss": (webp(b"VP8L", b"\x2f" + struct.pack("<I", 16_382 | 15_999 << 14)), 16_383 * 16_000),
    "webp that is large": (webp(b"VP8X", b"\0\0\0\0" + (29_999).to_bytes(3, "little") * 2), 900_000_000),
    "bmp": (bmp(30_000, 30_000), 900_000_000),
    "bmp that stands on its head": (bmp(30_000, -30_000), 900_000_000),
    "avif": (avif((30_000, 20_000)), 600_000_000),
    "jpeg with an empty note and a stray byte": (jpeg(12_000, 12_000, b"\xff\xfe\0\x02\0"), 144_000_000),
    "jpeg with stray bytes that are nearly a marker": (jpeg(12_000, 12_000, b"\xff\xff\0a\xff\0"), 144_000_000),
    "jpeg with 201 empty notes": (jpeg(12_000, 12_000, b"\xff\xfe\0\x02" * 201), 144_000_000),
    "jpeg with a note that is shorter than its length": (jpeg(12_000, 12_000, b"\xff\xfe\0\0"), 144_000_000),
    "jpeg with the notes of a camera, as long as they may be": (jpeg(4000, 3000, segments(7, 65_532)), 12_000_000),
    "gif with 201 comments": (gif((1, 1), (12_000, 12_000), before=comments(1, 1) * 201), 144_000_000),
    "gif with a later frame": (gif((1, 1), (1, 1), (9, 9), (12_000, 12_000), end=b";"), 144_000_000),
    "gif with long comments": (gif((10, 10), (10, 10), before=comments(1000, 255), end=b";"), 100),
    "gif whose end is far away": (gif((10, 10), (10, 10), (9, 10), end=comments(9000, 255)), 100),
    "avif with a hole": (avif((30_000, 20_000), before=box(b"free", b"\0" * 70_000)), 600_000_000),
    "avif with a hole of many bytes": (avif((30_000, 20_000), before=box(b"free", b"\0" * 5_000_000)), 600_000_000),
    "avif with a hole whose length is long": (
        avif((30_000, 20_000), before=struct.pack(">I4sQ", 1, b"free", 90_016) + b"\0" * 90_000),
        600_000_000,
    ),
    "avif that says its size late": (avif(*[(9, 9)] * 6000, (30_000, 20_000)), 600_000_000),
    "avif of a film": (avif((9, 9), brand=b"avis") + box(b"moov", track(30_000, 20_000, new=False)), 600_000_000),
    "avif of a new film": (avif((9, 9), brand=b"avis") + box(b"moov", track(30_000, 20_000, new=True)), 600_000_000),
    "avif of tiles": (avif((512, 512), (40_000, 20_000), (512, 512)), 800_000_000),
}


FAR = {
    "gif with comments of one byte": gif((1, 1), before=comments(524_283, 1)),
    "gif with a megabyte of comments before its frame": gif(
        (1, 1), (12_000, 12_000), before=comments(4200, 255), end=b";"
    ),
    "gif whose frame is larger than its screen, and whose end is far away": gif(
        (9, 9), (10, 10), end=comments(9000, 255)
    ),
    "gif with many frames": gif((1, 1), before=b"", end=gif((9, 9), (2, 2), before=b"")[19:] * 50_000),
    "jpeg with notes without an end": jpeg(12_000, 12_000, segments(20, 65_532)),
    "jpeg with empty notes without an end": jpeg(12_000, 12_000, b"\xff\xfe\0\x02" * 200_000),
    "jpeg that is filled up without an end": jpeg(12_000, 12_000, b"\xff" * 900_000),
    "jpeg with no marker without an end": jpeg(12_000, 12_000, b"\xff\0" * 500_000),
    "avif with many holes": avif((9, 9), before=box(b"free", b"\0" * 70_000) * 20),
    "avif with small holes": avif((9, 9), before=box(b"free", b"") * 100_000),
    "avif that says very much": avif(*[(9, 9)] * 50_000),
}
"""Files that say their size later than is read."""


class Reads:
    """A file, and how often it was read."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.count = 0

    def __call__(self, start: int, length: int) -> bytes:
        self.count += 1
        assert length <= pictures.PIECE
        return self.body[start : start + length]


def found(body: bytes) -> int | None:
    reads = Reads(body)
    area = pictures.pixels(reads)
    assert reads.count <= pictures.READS
    return area


@pytest.mark.parametrize(("body", "area"), SIZES.values(), ids=SIZES)
def test_of_every_format(body: bytes, area: int) -> None:
    assert found(body) == area


@pytest.mark.parametrize("body", [body for body, _ in SIZES.values()], ids=SIZES)
def test_of_one_that_is_cut_off_nothing_larger_is_said(body: bytes) -> None:
    whole = found(body) or 0
    step = max(1, len(body) // 400)
    for length in range(0, len(body), step):
        assert (found(body[:length]) or 0) <= whole


@pytest.mark.parametrize(
    "body",
    [b"", b"\0", b"<svg width='30000' height='30000'/>", b"%PDF-1.4", b"\xff\xd8" * 1000, b"\xff\xd8" + b"\xff" * 9000, b"\0\0\0\x1cftypmp42" + b"\0" * 100],
)  # fmt: skip
def test_of_what_is_none(body: bytes) -> None:
    assert found(body) is None


@pytest.mark.parametrize("body", FAR.values(), ids=FAR)
def test_after_some_reads_it_is_given_up(body: bytes) -> None:
    reads = Reads(body)
    began = time.process_time()
    assert pictures.pixels(reads) == pictures.GIVEN_UP
    assert reads.count == pictures.READS
    assert time.process_time() - began < 2


@pytest.mark.parametrize("begins", [b"GIF89a" + struct.pack("<HHBBB", 10, 10, 0, 0, 0) + b"!\xfe", b"\xff\xd8"])
def test_endless_bytes_come_to_an_end(begins: bytes) -> None:
    assert pictures.pixels(lambda start, length: (b"" if start else begins).ljust(length, b"\xff")) == pictures.GIVEN_UP


@pytest.mark.parametrize("label", [b"\x01", b"\xf9", b"\xff"])
def test_a_gif_that_browsers_read_in_different_ways_is_given_up(label: bytes) -> None:
    assert found(gif((1, 1), (1, 1), before=b"!" + label + b"\x01a\0")) == pictures.GIVEN_UP


def test_a_gif_of_garbage_is_given_up() -> None:
    assert found(gif((1, 1), (1, 1), before=b"\0")) == pictures.GIVEN_UP
    assert found(gif((10, 10), (10, 10), end=b"\0garbage")) == 100


@pytest.mark.parametrize(
    ("body", "reads"), [(png(9, 9), 1), (jpeg(9, 9, segments(1, 60_000)), 1), (jpeg(9, 9, segments(3, 60_000)), 2)]
)
def test_most_need_few_reads(body: bytes, reads: int) -> None:
    read = Reads(body + b"\0" * 200_000)
    assert pictures.pixels(read) == 81
    assert read.count == reads
