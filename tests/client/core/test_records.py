"""The journal's lines: cut off anywhere, they still say what was written whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smartupload.client.core import records
from smartupload.client.core.records import Entry, Stamp

STAMP, LATER = Stamp(9, 1, 2, 3), Stamp(9, 4, 5, 3)
ENTRY = Entry("key", "a name", 9, "text/plain", "2026-05-01T10:00:00+00:00", "v1", STAMP)
OLD = (
    '{"begun":{"key":"key","name":"a name","size":9,"type":"text/plain","last_modified":"2026-05-01T10:00:00+00:00",'
    '"version":"v1","stamp":{"size":9,"mtime_ns":1,"ctime_ns":2,"inode":3},"replaces":false,"id":""}}\n'
)
LINES = [records.begun(ENTRY), records.named("0123"), records.edited("v2", LATER)]
SAID = [
    None,
    ENTRY,
    Entry(ENTRY.key, ENTRY.name, 9, ENTRY.type, ENTRY.last_modified, "v1", STAMP, id="0123"),
    Entry(ENTRY.key, ENTRY.name, 9, ENTRY.type, ENTRY.last_modified, "v2", LATER, replaces=True, id="0123"),
]


def test_each_line_says_more() -> None:
    assert [records.read(LINES[:many]) for many in range(4)] == SAID


def test_cut_off_at_every_byte() -> None:
    text = "".join(LINES)
    for length in range(len(text)):
        whole = text[:length].count("\n")
        assert records.read(text[:length].splitlines(keepends=True)) == SAID[whole]


@pytest.mark.parametrize("text", ["\n", "{}\n", '{"begun":{}}\n', '{"begun":1}\n', "[]\n", '{"named":"1"}\n', "\0\0\n"])
def test_what_is_no_journal_says_nothing(text: str) -> None:
    assert records.read(text.splitlines(keepends=True)) is None


def test_what_cannot_be_sent_is_nothing_to_go_on_from() -> None:
    assert records.read([records.begun(replace(ENTRY, metadata={"a": "\udcff"}))]) is None


def test_what_was_written_before_there_was_metadata_is_understood() -> None:
    assert records.read([OLD]) == ENTRY


def test_what_is_said_of_the_file_is_written_down() -> None:
    said = replace(ENTRY, metadata={"ticket": "42 é"}, uploader="attachments")
    assert records.read([records.begun(said)]) == said
