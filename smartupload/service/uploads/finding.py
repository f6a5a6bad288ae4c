"""Which of an owner's files a list has, and in which order: conditions on rows, and a cursor that goes on behind a row.

Each order ends with the id, so files that are otherwise equal keep their places from one page to the next.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlmodel import col

from smartupload.errors import InvalidRequest
from smartupload.models import BLOCKED, CANCELLED, EXPIRED, FAILED, READY, SCANNING, SENDING, VERIFYING, Tag, Upload
from smartupload.service import inputs
from smartupload.service.files import names
from smartupload.service.tags import rules
from smartupload.words import Sentence

DATE, NAME, SIZE, STATE = "date", "name", "size", "state"

COLUMNS: dict[str, tuple[Any, ...]] = {
    DATE: (col(Upload.created_at), col(Upload.id)),
    NAME: (col(Upload.name_key), col(Upload.id)),
    SIZE: (col(Upload.size), col(Upload.id)),
    STATE: (col(Upload.state), col(Upload.created_at), col(Upload.id)),
}
"""What a list is sorted by: each begins an index of an owner's rows."""

ON_ITS_WAY, IN_TROUBLE = "way", "trouble"
GROUPS: dict[str, tuple[str, ...]] = {
    ON_ITS_WAY: (*SENDING, VERIFYING, SCANNING),
    READY: (READY,),
    IN_TROUBLE: (BLOCKED, FAILED, EXPIRED),
}
"""The states that somebody can ask for together."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Files with these letters in their name, of this group of states (all for an empty one), with this tag, in this order."""

    text: str = ""
    group: str = ""
    sort: str = DATE
    falling: bool = True
    tag: str = ""

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return not self.text and self.group not in GROUPS and not self.tag


NEWEST = Wanted()


def conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    """What a row has to be; the cancelled ones are in no list."""
    states = GROUPS.get(wanted.group)
    found = [col(Upload.state) != CANCELLED if states is None else col(Upload.state).in_(states)]
    if wanted.text:
        found.append(col(Upload.name_key).contains(names.key(wanted.text), autoescape=True))
    if wanted.tag:
        its = sa.exists().where(col(Tag.upload_id) == col(Upload.id), col(Tag.key) == rules.key(wanted.tag))
        found.append(its)
    return found


def order(wanted: Wanted) -> list[ColumnElement[Any]]:
    """For ORDER BY: all in one direction, so that an index is read from end to end."""
    return [column.desc() if wanted.falling else column.asc() for column in COLUMNS[wanted.sort]]


def place(wanted: Wanted, row: Upload) -> tuple[Any, ...]:
    """Where a row stands in the order."""
    return tuple(getattr(row, column.key) for column in COLUMNS[wanted.sort])


def behind(wanted: Wanted, cursor: str) -> ColumnElement[bool]:
    """The rows that come after the one of the cursor. Raises InvalidRequest for a cursor that is not ours."""
    columns = COLUMNS[wanted.sort]
    row = sa.tuple_(*columns)
    at = sa.tuple_(
        *(sa.literal(value, column.type) for value, column in zip(_read_cursor(wanted, cursor), columns, strict=True))
    )
    return row < at if wanted.falling else row > at


def cursor_behind(wanted: Wanted, row: Upload) -> str:
    """A cursor that goes on behind this row."""
    *before, upload_id = place(wanted, row)
    texts = [value.isoformat() if hasattr(value, "isoformat") else str(value) for value in before]
    return base64.urlsafe_b64encode(" ".join([*texts, upload_id]).encode()).decode().rstrip("=")


def _read_cursor(wanted: Wanted, cursor: str) -> list[Any]:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        before, _, upload_id = text.rpartition(" ")
        if not upload_id or not inputs.is_name(text):
            raise ValueError(cursor)
        return [*_VALUES[wanted.sort](before), upload_id]
    except (ValueError, OverflowError) as error:
        raise InvalidRequest(Sentence("problem-invalid_request-cursor")) from error


def _state_and_moment(text: str) -> list[Any]:
    state, _, moment = text.partition(" ")
    return [state, inputs.instant(moment)]


def _number(text: str) -> int:
    number = int(text)
    if not 0 <= number < 2**63:
        raise ValueError(text)
    return number


_VALUES: dict[str, Callable[[str], list[Any]]] = {
    DATE: lambda text: [inputs.instant(text)],
    NAME: lambda text: [text],
    SIZE: lambda text: [_number(text)],
    STATE: _state_and_moment,
}
