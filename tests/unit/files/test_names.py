"""Names: what is taken out, what is kept, and that it settles."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartupload.errors import BadName
from smartupload.service.files import names

ANY_NAME = st.text(max_size=400) | st.text(alphabet="a.bC /\\\u202e\u200f\x00\t_ é\u0301ｅ𝔘", max_size=40)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("holiday.mov", "holiday.mov"),
        ("../../etc/passwd", "passwd"),
        ("C:\\fakepath\\holiday.mov", "holiday.mov"),
        ("folder/", "folder"),
        ("a\x00b\x1fc\x7f.txt", "abc.txt"),
        ("line\nbreak\r.txt", "line break .txt"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("\u2067x\u2069.txt", "x.txt"),
        ("  spaces .txt . ", "spaces .txt"),
        ("e\u0301.txt", "é.txt"),
        (".gitignore", ".gitignore"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("console.txt", "console.txt"),
        ("emoji 👩‍👩‍👧.png", "emoji 👩‍👩‍👧.png"),
        ("日本語.pdf", "日本語.pdf"),
    ],
)
def test_cleaned(raw: str, cleaned: str) -> None:
    assert names.clean(raw) == cleaned


@pytest.mark.parametrize("raw", ["", ".", "..", "...", " ", "/", "../..", "\u202e", "\x00", ". . ."])
def test_nothing_left(raw: str) -> None:
    with pytest.raises(BadName):
        names.clean(raw)


@pytest.mark.parametrize("raw", ["x" * 300 + ".jpeg", "日" * 200 + ".jpeg", "👩" * 100 + ".jpeg"])
def test_shortened_but_with_its_extension(raw: str) -> None:
    name = names.clean(raw)
    assert 250 <= len(name.encode()) <= 255
    assert name.endswith(".jpeg")
    assert raw.startswith(name.removesuffix(".jpeg"))


def test_an_endless_extension_is_none() -> None:
    assert len(names.clean("a." + "x" * 300).encode()) == 255


@given(ANY_NAME)
def test_whatever_comes_in_something_safe_comes_out(raw: str) -> None:
    try:
        name = names.clean(raw)
    except BadName:
        return
    assert names.clean(name) == name
    assert 1 <= len(name.encode()) <= 255
    assert not re.search(r"[/\\\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]", name)
    assert name == name.strip()
    assert not name.endswith(".")
    assert unicodedata.is_normalized("NFC", name)


@given(ANY_NAME)
def test_the_header_is_one_line_of_ascii_that_gives_the_name_back(raw: str) -> None:
    try:
        name = names.clean(raw)
    except BadName:
        return
    header = names.attachment(name)
    assert header.isascii()
    assert header.isprintable()
    plain = re.match(r'attachment; filename="([^"\\]+)"', header)
    assert plain, header
    extended = re.search(r"filename\*=UTF-8''([A-Za-z0-9%._~-]+)$", header)
    assert (unquote(extended[1]) if extended else plain[1]) == name


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("a b.txt", 'attachment; filename="a b.txt"'),
        ("naïve.txt", "attachment; filename=\"naive.txt\"; filename*=UTF-8''na%C3%AFve.txt"),
        ('say "hi".txt', "attachment; filename=\"say _hi_.txt\"; filename*=UTF-8''say%20%22hi%22.txt"),
        ("日本.pdf", "attachment; filename=\"file.pdf\"; filename*=UTF-8''%E6%97%A5%E6%9C%AC.pdf"),
    ],
)
def test_header(name: str, header: str) -> None:
    assert names.attachment(name) == header


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "application/xhtml+xml", "text/javascript", "text/xml"])
def test_what_a_browser_could_run_is_not_served_as_such(kind: str) -> None:
    assert names.safe_type(kind) == "application/octet-stream"


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "application/pdf", "text/plain", "application/zip"])
def test_what_is_harmless_keeps_its_type(kind: str) -> None:
    assert names.safe_type(kind) == kind


@pytest.mark.parametrize(
    ("was", "typed", "name"),
    [
        ("a.pdf", "report", "report.pdf"),
        ("a.pdf", " report. ", "report.pdf"),
        ("a.pdf", "Report 1.2", "Report 1.2.pdf"),
        ("a.pdf", "report.PDF", "report.PDF"),
        ("a.pdf", "report.docx", "report.docx"),
        ("a.pdf", ".pdf", ".pdf"),
        ("a.tar.gz", "b", "b.gz"),
        ("a.pdf", " ", " "),
        ("README", "notes", "notes"),
        (".profile", "notes", "notes"),
        ("Report 1.2", "notes", "notes"),
    ],
)
def test_an_extension_stays_unless_another_one_is_typed(was: str, typed: str, name: str) -> None:
    assert names.with_extension_of(was, typed) == name
