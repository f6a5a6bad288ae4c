"""What is said while files are on their way, on a terminal and elsewhere."""

from __future__ import annotations

import io

import pytest

from smartupload.client.core.results import Progress
from smartupload.client.report import Report, line_of, size_text


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def at(sent: int, stage: str = "sending", reason: str = "") -> Progress:
    return Progress("a", 1000, 0, sent, stage, reason)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 bytes"),
        (0.6, "1 byte"),
        (999, "999 bytes"),
        (999.5, "1.0 KB"),
        (1000, "1.0 KB"),
        (999_499, "999 KB"),
        (999_500, "1.0 MB"),
        (1.5e9, "1.50 GB"),
        (3e15, "3000 TB"),
    ],
)
def test_sizes(size: float, text: str) -> None:
    assert size_text(size) == text


def test_the_line() -> None:
    assert line_of({"a": at(250)}, 1, 1000, 0) == " 25 % of 1.0 KB"
    assert line_of({"a": at(250)}, 1, 1000, 2e6) == " 25 % of 1.0 KB, 2.0 MB/s"
    assert line_of({"a": at(250, "waiting", "store_away")}, 1, 1000, 1) == " 25 % of 1.0 KB, waiting for the storage"
    assert line_of({"a": at(1000, "finishing")}, 1, 1000, 1) == "100 % of 1.0 KB, the server checks it"
    several = {"a": at(1000, "finishing"), "b": at(500)}
    assert line_of(several, 3, 3000, 0) == "1 of 3 files,  50 % of 3.0 KB"
    assert line_of({}, 1, 0, 0) == "100 % of 0 bytes"


def test_elsewhere_a_line_for_each_tenth() -> None:
    out = io.StringIO()
    report = Report({"a": 1000}, out, now=lambda: 0.0)
    for sent in (0, 10, 20, 100, 150, 990, 1000):
        report.of("a")(at(sent))
    report.close()
    assert [line[:5] for line in out.getvalue().splitlines()] == ["  0 %", " 10 %", " 99 %", "100 %"]


def test_on_a_terminal_one_line_that_changes_and_is_gone_at_the_end() -> None:
    out, moments = Terminal(), iter(range(100))
    report = Report({"a": 1000}, out, now=lambda: next(moments))
    for sent in (0, 500):
        report.of("a")(at(sent))
    assert out.getvalue().endswith("\r 50 % of 1.0 KB, 500 bytes/s")
    report.note("a line")
    assert out.getvalue().endswith(f"\r{' ' * len(' 50 % of 1.0 KB, 500 bytes/s')}\ra line\n")
