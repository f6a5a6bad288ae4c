"""`python -m smartupload audit`: the audit log as lines, straight from the database, whether the app runs or not."""

from __future__ import annotations

import argparse
import re
import sys
from datetime import date, datetime, time, timedelta
from typing import get_args

from sqlalchemy.exc import DatabaseError

from smartupload.db import Database
from smartupload.errors import Problem
from smartupload.service import inputs
from smartupload.service.audit import entries, read
from smartupload.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be asked for."""
    form = parser.add_mutually_exclusive_group(required=True)
    form.add_argument("--json", action="store_true", help="a JSON object a line")
    form.add_argument("--csv", action="store_true", help="a table, with a line of names at the top")
    when = "today, yesterday, 7d (so many days ago), a day, or a moment in ISO 8601; without a time zone it is this machine's"
    parser.add_argument("--since", type=_given, help=f"from then on: {when}")
    parser.add_argument("--until", type=_given, help="before then, written the same way")
    parser.add_argument("--owner", default="", help="whose uploads")
    parser.add_argument("--upload", default="", help="the id of an upload")
    parser.add_argument("--action", default="", choices=get_args(entries.Action), help="what was done")


_AGO = re.compile(r"(\d{1,4})d")


def _given(text: str) -> datetime:
    try:
        return _moment(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no moment; write one like today, 7d or 2026-11-01") from None


def _moment(text: str) -> datetime:
    """A day is its first moment where this machine is. Raises ValueError."""
    days = {"today": 0, "yesterday": 1}.get(text)
    if (ago := _AGO.fullmatch(text)) is not None:
        days = int(ago[1])
    if days is not None:
        try:
            return _begin(_today() - timedelta(days=days))
        except OverflowError as error:
            raise ValueError("before the year 1") from error
    if len(text) == len("2026-11-01"):
        return _begin(date.fromisoformat(text))
    moment = datetime.fromisoformat(text)
    return inputs.utc(moment if moment.tzinfo is not None else moment.astimezone())


def _today() -> date:
    return datetime.now().astimezone().date()


def _begin(day: date) -> datetime:
    # Of that day, since the clock may have been put forward or back since.
    return inputs.utc(datetime.combine(day, time()).astimezone())


def audit(settings: Settings, chosen: argparse.Namespace) -> int:
    """Print it; returns the exit code: 1 when there is no database, or none of this version."""
    only = read.Filter(chosen.since, chosen.until, chosen.owner, chosen.upload, chosen.action)
    db = Database(settings.database)
    try:
        if chosen.csv:
            sys.stdout.write(read.csv_head())
        for entry in read.all_of(db, only):
            sys.stdout.write(read.as_csv(entry) if chosen.csv else read.as_json(entry))
    except Problem as problem:
        print(f"smartupload: {problem.detail}", file=sys.stderr)
        return 1
    except DatabaseError as error:
        print(f"smartupload: there is no audit log in the database yet: {error.orig}", file=sys.stderr)
        return 1
    finally:
        db.close()
    return 0
