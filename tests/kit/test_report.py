"""The report says of each scenario what became of it, shows what failed, and lets no text of a page into its own."""

from __future__ import annotations

import html.parser

from smartupload_testing.report.report import MIB, Result, page, summary

HELD = Result("whole-upload", "A file arrives.", seconds=5.4, size=64 * MIB, sent=65 * MIB, twice=MIB, parts_twice=2)
BROKEN = Result(
    "line-cut",
    "The line is <cut>.",
    "failed",
    20,
    64 * MIB,
    70 * MIB,
    6 * MIB,
    is_exact=False,
    said="E <b>1 & 2</b>",
    pictures=[b"\x89PNG"],
)
LEFT_OUT = Result("other-page", "Another page.", "skipped", said="the app has one page only")


class Read(html.parser.HTMLParser):
    """The cells of its table, what is in <pre>, and its pictures."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.pre = ""
        self.pictures: list[str] = []
        self.where = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.where = tag if tag in ("tr", "td", "pre") else self.where if tag in ("b", "small", "br", "a") else ""
        if tag == "tr":
            self.rows.append([])
        elif tag == "td":
            self.rows[-1].append("")
        elif tag == "img":
            self.pictures.append(dict(attrs)["src"] or "")

    def handle_data(self, data: str) -> None:
        if self.where == "td":
            self.rows[-1][-1] += data
        elif self.where == "pre":
            self.pre += data


def test_a_row_for_each() -> None:
    read = Read(page("https://a.example", ["seed 7"], [HELD, BROKEN, LEFT_OUT]))
    assert read.rows[1:] == [
        ["whole-uploadA file arrives.", "passed", "5", "65.0 MiBof 64.0 MiB", "1.0 MiB2 parts"],
        ["line-cutThe line is <cut>.", "failed", "20", "70.0 MiBof 64.0 MiB", "6.0 MiBwith what is around it in TLS"],
        ["other-pageAnother page.the app has one page only", "skipped", "0", "0.0 MiBof 0.0 MiB", ""],
    ]


def test_what_failed_is_shown_with_its_picture() -> None:
    read = Read(page("https://a.example", [], [HELD, BROKEN]))
    assert read.pre == "E <b>1 & 2</b>"
    assert read.pictures == ["data:image/png;base64,iVBORw=="]
    assert Read(page("https://a.example", [], [HELD])).pictures == []


def test_it_says_in_one_line_how_it_went() -> None:
    assert summary([HELD, BROKEN, LEFT_OUT, HELD]) == "2 passed, 1 failed, 1 skipped"
    assert summary([HELD]) == "1 passed"
    assert summary([]) == "nothing was tried"
    assert "<title>1 passed: https://a.example/?a=&lt;b&gt;</title>" in page("https://a.example/?a=<b>", [], [HELD])
