"""What is written down of an upload under way, and what a journal that was cut off anywhere still says."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Stamp:
    """The state of a file: when it, or anything about it, was changed last (ns), how long it is, and which one it is."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One upload that is not over.

    `key`: the Idempotency-Key of its creation, repeated with exactly these `name`, `size`, `type` and `last_modified`.
    `version`: the name of the state `stamp` of the file. `replaces`: whether another state may have been sent before.
    `id`: empty until the server has said it. `metadata`, `uploader`: what is said of the file; the server keeps what it was told first.
    """

    key: str
    name: str
    size: int
    type: str
    last_modified: str
    version: str
    stamp: Stamp
    replaces: bool = False
    id: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict[str, str])
    uploader: str = ""


def begun(entry: Entry) -> str:
    """The first line."""
    return _line({"begun": asdict(entry)})


def named(upload_id: str) -> str:
    """The line that says its id."""
    return _line({"named": upload_id})


def edited(version: str, stamp: Stamp) -> str:
    """The line that says that the file is another one now."""
    return _line({"edited": {"version": version, "stamp": asdict(stamp)}})


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record, separators=(",", ":")) + "\n"


def read(lines: Iterable[str]) -> Entry | None:
    """What the lines say; None when that is nothing to go on from. A line that was cut off is none."""
    entry: Entry | None = None
    for line in lines:
        if not line.endswith("\n"):
            break
        try:
            record: dict[str, Any] = json.loads(line)
            json.dumps(record, ensure_ascii=False).encode()  # what cannot be sent is nothing to go on from
            if "begun" in record:
                given: dict[str, Any] = record["begun"]
                entry = Entry(stamp=Stamp(**given.pop("stamp")), **given)
            elif entry is not None and "named" in record:
                entry = replace(entry, id=str(record["named"]))
            elif entry is not None and "edited" in record:
                entry = edited_entry(entry, record["edited"]["version"], Stamp(**record["edited"]["stamp"]))
        except (ValueError, TypeError, KeyError, AttributeError):
            return None
    return entry


def edited_entry(entry: Entry, version: str, stamp: Stamp) -> Entry:
    """The same upload with another state of its file."""
    return replace(entry, version=version, stamp=stamp, replaces=True)
