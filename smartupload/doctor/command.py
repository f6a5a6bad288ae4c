"""How the checks are run, all at the same time, and how what they find is printed."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Mapping, Sequence
from typing import Any

import structlog

from smartupload.doctor.finding import Check, Finding
from smartupload.doctor.front import check_front
from smartupload.doctor.helpers import check_mail, check_scanner
from smartupload.doctor.near import check_database, check_disk, check_environment, check_push
from smartupload.doctor.people import check_sign_in
from smartupload.doctor.store import check_store
from smartupload.settings import Settings

CHECKS: Mapping[str, Check] = {
    "store": check_store,
    "database": check_database,
    "disk": check_disk,
    "environment": check_environment,
    "push": check_push,
    "mail": check_mail,
    "scanner": check_scanner,
    "sign-in": check_sign_in,
    "front": check_front,
}
PATIENCE = 45.0
"""Seconds for all of them together: what has not said anything by then hangs, which is a finding."""


def examine(settings: Settings, checks: Mapping[str, Check] = CHECKS, patience: float = PATIENCE) -> list[Finding]:
    """What all of them found, in their order."""
    found: dict[str, Sequence[Finding]] = {}

    def ask(name: str) -> None:
        try:
            found[name] = checks[name](settings)
        except Exception as error:
            what = f"The check {name} failed: {type(error).__name__}: {error}"
            found[name] = [Finding(name, what, "What it looks at is not known.", "Tell us, with this line.")]

    # Daemons, since one that hangs keeps nobody from reading what the others say.
    threads = {name: threading.Thread(target=ask, args=(name,), daemon=True) for name in checks}
    deadline = time.monotonic() + patience
    for thread in threads.values():
        thread.start()
    for thread in threads.values():
        thread.join(max(0.0, deadline - time.monotonic()))
    return [one for name in checks for one in found.get(name, [_hangs(name, patience)])]


def _hangs(name: str, patience: float) -> Finding:
    return Finding(
        name, f"The check {name} hangs for {patience:g} s.", "What it asks does not answer.", "Look into that."
    )


def _dropped(_logger: Any, _method: str, _said: Any) -> Any:
    raise structlog.DropEvent


def doctor(settings: Settings, as_json: bool) -> int:
    """Print what is found; returns the exit code: 1 when something is wrong."""
    # What the checks ask says the same in words of its own.
    logging.disable(logging.CRITICAL)
    structlog.configure(processors=[_dropped])
    began = time.monotonic()
    found = examine(settings)
    wrong = [one for one in found if one.kind == "wrong"]
    if as_json:
        print(json.dumps({"ok": not wrong, "findings": [one.as_dict() for one in found]}, indent=2))
        return 1 if wrong else 0
    for one in sorted(found, key=lambda one: one.kind != "wrong"):
        print(
            f"{'WRONG' if one.kind == 'wrong' else 'note '}  {one.about}: {one.what}\n       why: {one.why}\n       do:  {one.remedy}\n"
        )
    took = f"{len(CHECKS)} checks in {time.monotonic() - began:.1f} s"
    print(f"{len(wrong)} thing{'s' * (len(wrong) != 1)} to mend; {took}." if wrong else f"All is well; {took}.")
    return 1 if wrong else 0
