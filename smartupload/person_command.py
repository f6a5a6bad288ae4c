"""`python -m smartupload person`: what is kept of somebody, taken along or deleted, by an operator whom they have asked for it."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DatabaseError

from smartupload.adapters.clock import SystemClock
from smartupload.adapters.live import NoLive
from smartupload.db import Database
from smartupload.devstack.identity import StoreFailed
from smartupload.errors import Problem, StoreFault
from smartupload.service.audit import doer, entries
from smartupload.service.audit.doer import Doer
from smartupload.service.context import Context
from smartupload.service.files.sizes import size_text
from smartupload.service.personal import archive, erase, who
from smartupload.settings import Settings, WrongSetting


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be asked for."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    for name, words in (
        ("show", "say how much is kept of them"),
        ("export", "write all of it to a ZIP file"),
        ("erase", "delete all of it, for good"),
    ):
        verb = verbs.add_parser(name, help=words)
        verb.add_argument("who", help="an owner's id, an address that they confirmed, or as what they sign in")
        verb.add_argument("--json", action="store_true", help="one JSON object in the place of text")
        if name == "export":
            verb.add_argument("--output", type=Path, metavar="FILE", help="where to; by itself person-TAG.zip here")
        if name == "erase":
            verb.add_argument("--yes", action="store_true", help="do not ask")


def person(settings: Settings, chosen: argparse.Namespace) -> int:
    """Do it; returns the exit code: 1 when it cannot be done, or nobody or several fit."""
    try:
        # To say how much there is no store is needed, so that it works while the app does not run.
        with _opened(settings, with_store=chosen.verb != "show") as ctx, doer.acting(Doer(is_admin=True)):
            return _for_one(ctx, chosen)
    except (StoreFailed, WrongSetting) as failed:
        return _cannot(str(failed))
    except DatabaseError as error:
        return _cannot(f"the database cannot be used: {error.orig}")
    except OSError as error:
        return _cannot(f"{error.strerror}: {error.filename}" if error.filename else str(error))


@contextlib.contextmanager
def _opened(settings: Settings, with_store: bool) -> Iterator[Context]:
    # Only here: what opens a store takes long to load, and every command has this module.
    from smartupload.runtime import open_store

    with contextlib.ExitStack() as closing:
        store: Any = closing.enter_context(contextlib.closing(open_store(settings))) if with_store else None
        db = closing.enter_context(contextlib.closing(Database(settings.database)))
        yield Context(settings, db, store, NoLive(), SystemClock())


def _for_one(ctx: Context, chosen: argparse.Namespace) -> int:
    people = who.found(ctx, chosen.who)
    if not people:
        return _cannot(f"nothing is kept of anybody who is {chosen.who!r} here")
    if len(people) > 1:
        lines = [f"  {owner}  {', '.join(why)}" for owner, why in people.items()]
        return _cannot("\n".join([f"several people may be {chosen.who!r}; name one of them by the id:", *lines]))
    ((owner, why),) = people.items()
    summary = who.summary(ctx, owner)
    if chosen.verb == "show":
        entries.note(ctx, entries.ADMIN, {"call": "person show"}, owner=owner)
        print(json.dumps(asdict(summary) | {"found_by": why}) if chosen.json else _text(summary, why))
        return 0
    if chosen.verb == "export":
        return _export(ctx, chosen, summary)
    return _erase(ctx, chosen, summary, why)


def _export(ctx: Context, chosen: argparse.Namespace, summary: who.Summary) -> int:
    file: Path = chosen.output or Path(f"person-{summary.tag}.zip")
    try:
        # Nobody else on this machine may read it, and nothing that is there is written over.
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _cannot(f"{file} is there already; name another one with --output")
    with contextlib.ExitStack() as broken:
        broken.callback(file.unlink)  # half an archive is none
        with open(descriptor, "wb") as made:
            try:
                made.writelines(archive.archive(ctx, summary.owner))
            except (Problem, StoreFault) as fault:
                return _cannot(f"the store does not give the files just now ({fault}); nothing was written")
        broken.pop_all()
    print(json.dumps(asdict(summary) | {"file": str(file)}) if chosen.json else f"All that is kept of them: {file}")
    return 0


def _erase(ctx: Context, chosen: argparse.Namespace, summary: who.Summary, why: list[str]) -> int:
    if not chosen.yes:
        print(_text(summary, why), file=sys.stderr)
        print("Delete all of it? Nobody can bring it back. Type yes: ", end="", file=sys.stderr, flush=True)
        if sys.stdin.readline().strip().lower() != "yes":
            return _cannot("nothing was deleted")
    count = erase.erase(ctx, summary.owner)
    print(json.dumps(asdict(summary) | {"erased": count}) if chosen.json else f"Deleted, with {_uploads(count)}.")
    return 0


def _text(summary: who.Summary, why: list[str]) -> str:
    lines = {
        "owner": f"{summary.owner}  ({', '.join(why)})",
        "uploads": f"{_uploads(summary.uploads)}, {size_text(summary.bytes)}",
        "sent": f"{_uploads(summary.sent)} by drop links of others",
        "tokens": summary.tokens,
        "drop links": summary.drop_links,
        "addresses": ", ".join(summary.addresses) or "none",
        "sign-ins": summary.sign_ins,
    }
    return "\n".join(f"{name:<11} {text}" for name, text in lines.items())


def _uploads(count: int) -> str:
    return "1 upload" if count == 1 else f"{count} uploads"


def _cannot(why: str) -> int:
    print(f"smartupload: {why}", file=sys.stderr)
    return 1
