"""How a database is kept from choosing the wrong index: rows that are asked for by id are found by id, however many others are alike."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, ColumnElement
from sqlmodel import col

from smartupload.models import Upload


def unindexed(column: Any) -> ColumnElement[str]:
    """This column of text, to be compared in the rows that the rest of the question leads to.

    Without statistics SQLite takes an index on the owner or the state for narrower than a list of ids, and then goes
    through all that the owner has; PostgreSQL may do so when most rows are of others. An expression has no index.
    """
    return col(column).concat("")


def is_of(owner: str | BindParameter[str]) -> ColumnElement[bool]:
    """Among rows that are found by their ids: those of this owner, or that they send by a drop link."""
    return (unindexed(Upload.owner) == owner) | (unindexed(Upload.sender) == owner)
