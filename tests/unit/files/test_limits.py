"""Sizes, types and parts."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smartupload.errors import EmptyFile, FileTooLarge, TypeNotAllowed
from smartupload.service.files import limits
from smartupload.service.files.limits import MAX_SCANNED, MAX_SIZE, MIB
from smartupload.settings import load


@given(st.integers(1, MAX_SIZE), st.none() | st.floats(0, 1e12))
@example(MAX_SIZE, None)
@example(1, 0.0)
@example(10_000 * 8 * MIB, None)
@example(10_000 * 8 * MIB + 1, None)
def test_parts_are_what_stores_take(size: int, line_rate: float | None) -> None:
    part = limits.part_size(size, line_rate)
    count = limits.part_count(size, part)
    assert part % MIB == 0
    assert 5 * MIB <= part <= 5 * 1024 * MIB
    assert 1 <= count <= 10_000
    sizes = {limits.size_of_part(size, part, number) for number in (1, count)}
    assert limits.size_of_part(size, part, count) + (count - 1) * part == size
    assert max(sizes) <= part
    assert min(sizes) > 0


@given(st.integers(1, 10_000 * 5 * MIB), st.floats(1, 1e9))
def test_a_part_takes_ten_seconds_at_most_on_a_line_that_can(size: int, line_rate: float) -> None:
    part = limits.part_size(size, line_rate)
    each = line_rate / 4
    assert part / each <= 10 or part == 5 * MIB


@pytest.mark.parametrize(
    ("size", "rate", "part"),
    [
        (1, None, 8),
        (2 * 1024 * MIB, None, 8),
        (2 * 1024 * MIB, 100_000, 5),
        (2 * 1024 * MIB, 2_600_000, 6),
        (2 * 1024 * MIB, 4_000_000, 8),
        (2 * 1024 * MIB, 1e9, 8),
        (100 * 1024 * MIB, None, 11),
        (MAX_SIZE, None, 525),
    ],
)
def test_part_size(size: int, rate: float | None, part: int) -> None:
    assert limits.part_size(size, rate) == part * MIB


def test_sizes() -> None:
    settings = load({"SMARTUPLOAD_MAX_FILE_SIZE": "2GB"})
    limits.check_size(settings, 2_000_000_000)
    with pytest.raises(FileTooLarge, match=r"2\.00 GB") as too_large:
        limits.check_size(settings, 2_000_000_001)
    assert too_large.value.extra["limit"] == 2_000_000_000
    with pytest.raises(EmptyFile):
        limits.check_size(settings, 0)
    with pytest.raises(FileTooLarge):
        limits.check_size(load({}), MAX_SIZE + 1)


@pytest.mark.parametrize(("wanted", "taken"), [("", MAX_SCANNED), ("2GiB", MAX_SCANNED), ("1GB", 1_000_000_000)])
def test_nothing_is_taken_that_could_not_be_scanned(wanted: str, taken: int) -> None:
    given = {"SMARTUPLOAD_CLAMD_URL": "tcp://clamd:3310", "SMARTUPLOAD_MAX_FILE_SIZE": wanted}
    settings = load({name: value for name, value in given.items() if value})
    assert limits.max_file_size(settings) == taken
    limits.check_size(settings, taken)
    with pytest.raises(FileTooLarge, match="viruses" if taken == MAX_SCANNED else "limit here is 1.00 GB") as too_large:
        limits.check_size(settings, taken + 1)
    assert too_large.value.extra["limit"] == taken
    unscanned = settings.model_copy(update={"scan": "off", "max_file_size": None})
    assert limits.max_file_size(unscanned) is None
    limits.check_size(unscanned, MAX_SCANNED + 1)


@pytest.mark.parametrize(
    ("allowed", "name", "claimed", "taken"),
    [
        ("", "x.exe", "application/x-msdownload", True),
        ("image/*", "x.png", "image/png", True),
        ("image/*", "x.png", "", True),
        ("image/*", "x.PNG", "IMAGE/PNG; q=1", True),
        ("image/*", "x.pdf", "application/pdf", False),
        (".pdf", "x.PDF", "", True),
        (".pdf", "pdf", "", False),
        ("application/pdf,.zip", "x.zip", "application/octet-stream", True),
        ("application/pdf", "x.unknown-thing", "", False),
    ],
)
def test_types(allowed: str, name: str, claimed: str, taken: bool) -> None:
    settings = load({"SMARTUPLOAD_ALLOWED_TYPES": allowed})
    kind = limits.clean_type(claimed, name)
    if taken:
        limits.check_type(settings, name, kind)
    else:
        with pytest.raises(TypeNotAllowed):
            limits.check_type(settings, name, kind)


@pytest.mark.parametrize("claimed", ["", "nonsense", "a/b/c", "text/html\r\nX: y", "x" * 500 + "/y"])
def test_a_malformed_type_is_replaced(claimed: str) -> None:
    assert limits.clean_type(claimed, "x.png") == "image/png"
    assert limits.clean_type(claimed, "x") == "application/octet-stream"
