"""The size of a picture by its bytes: in every format that a page shows, cut off, and in what is none."""

from __future__ import annotations

import struct

import pytest

from smartupload.service.files import pictures


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", width, height, 8, 6, 0, 0, 0)


def jpeg(width: int, height: int, before: bytes = b"") -> bytes:
    return b"\xff\xd8" + before + b"\xff\xc2" + struct.pack(">HBHHB", 17, 8, height, width, 3) + b"\0" * 10


def segments(count: int, size: int) -> bytes:
    """Notes of a camera, each as large as it may be; bytes in them look like sizes."""
    return (b"\xff\xe1" + struct.pack(">H", size + 2) + b"\xff\xc0" * (size // 2)) * count


def gif(screen: tuple[int, int], frame: tuple[int, int]) -> bytes:
    control = b"!\xf9\x04\0\0\0\0\0"
    comment = b"!\xfe\x03abc\0"
    return b"GIF89a" + struct.pack("<HHBBB", *screen, 0x80, 0, 0) + b"\0" * 6 + control + comment + b"," + struct.pack("<HHHHB", 0, 0, *frame, 0)  # fmt: skip


def webp(kind: bytes, body: bytes) -> bytes:
    return b"RIFF\0\0\0\0WEBP" + kind + b"\0\0\0\0" + body


def bmp(width: int, height: int) -> bytes:
    return b"BM" + b"\0" * 12 + struct.pack("<Iii", 40, width, height)


def avif(*sizes: tuple[int, int]) -> bytes:
    said = b"".join(b"\0\0\0\x14ispe\0\0\0\0" + struct.pack(">II", *size) for size in sizes)
    return b"\0\0\0\x1cftypavif" + b"\0" * 16 + said


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
    "avif of tiles": (avif((512, 512), (40_000, 20_000), (512, 512)), 800_000_000),
}


def found(body: bytes) -> int | None:
    return pictures.pixels(lambda start, length: body[start : start + length])


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


def test_endless_blocks_come_to_an_end() -> None:
    head = b"GIF89a" + struct.pack("<HHBBB", 10, 10, 0, 0, 0)
    assert pictures.pixels(lambda start, length: (head + b"!\xfe" + b"\xff" * length)[:length] if start == 0 else b"\xff" * length) == 100  # fmt: skip
