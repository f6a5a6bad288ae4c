"""`smartupload put`: what it prints, and with which code it ends."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from typing import NamedTuple

from smartupload.client.client import SmartUploadClient
from smartupload.client.core import given
from smartupload.client.core.errors import SmartUploadError
from smartupload.client.core.results import Uploaded
from smartupload.client.report import Report

DONE, REFUSED, WRONG, AWAY, STOPPED = 0, 1, 2, 75, 130
"""All files are there; one cannot be put; the call is wrong; something is away and the same call goes on later; Ctrl-C."""

_AT_ONCE = 16
"""Files at the same time, so that small ones share their calls; the client itself sends large ones two at a time."""


class Outcome(NamedTuple):
    """What became of one file."""

    path: str
    uploaded: Uploaded | None
    error: SmartUploadError | None


def put(
    files: Sequence[str],
    url: str,
    *,
    headers: Sequence[str] = (),
    token: str | None = None,
    metadata: Sequence[str] = (),
    uploader: str = "",
    state_dir: str | None = None,
    parallel: int | None = None,
    as_json: bool = False,
) -> int:
    """Put these files; the exit code. Links, or JSON, go to stdout in the order of the files, all else to stderr."""
    try:
        said = given.said("", _metadata(metadata), uploader)
        client = SmartUploadClient(url, state_dir=state_dir, headers=_headers(headers), token=token, parallel=parallel)
    except (SmartUploadError, ValueError) as wrong:
        print(f"smartupload: {wrong}", file=sys.stderr)
        return WRONG
    report = Report({path: _size(path) for path in files}, sys.stderr)
    # What was waited for in vain is not waited for once more with every file.
    given_up: list[SmartUploadError] = []
    try:
        client.connect()
    except SmartUploadError as error:
        given_up.append(error)

    def one(path: str) -> Outcome:
        if given_up:
            return Outcome(path, None, given_up[0])
        try:
            return Outcome(
                path,
                client.upload(path, metadata=said.metadata, uploader=said.uploader, on_progress=report.of(path)),
                None,
            )
        except SmartUploadError as error:
            if error.is_temporary:
                given_up.append(error)
            return Outcome(path, None, error)

    outcomes: list[Outcome] = []
    try:
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            try:
                for outcome in pool.map(one, files):
                    outcomes.append(outcome)
                    _say(outcome, report, as_json)
            except KeyboardInterrupt:
                report.note("smartupload: stopped. The same command goes on where it was.")
                sys.stdout.flush()
                # The threads are in the middle of requests, and nothing has to be put in order: what is needed is on the disk.
                os._exit(STOPPED)
    finally:
        report.close()
        client.close()
    return exit_code(outcomes)


def exit_code(outcomes: Sequence[Outcome]) -> int:
    """The code for all of them together."""
    errors = [outcome.error for outcome in outcomes if outcome.error is not None]
    if not errors:
        return DONE
    return AWAY if all(error.is_temporary for error in errors) else REFUSED


def document_of(outcome: Outcome) -> Mapping[str, object]:
    """What --json says of one file."""
    error = outcome.error
    told = {"code": error.code, "detail": error.detail} if error is not None else None
    return {"file": outcome.path, **(asdict(outcome.uploaded) if outcome.uploaded else {}), "error": told}


def _say(outcome: Outcome, report: Report, as_json: bool) -> None:
    report.close()
    if as_json:
        print(json.dumps(document_of(outcome)), flush=True)
    elif outcome.uploaded is not None:
        print(outcome.uploaded.share_url, flush=True)
    if outcome.error is not None:
        report.note(f"smartupload: {outcome.path}: {outcome.error.detail}")


def _headers(lines: Sequence[str]) -> dict[str, str]:
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or not name.strip().isascii() or not value.strip():
            raise ValueError(f"{line!r} is no header. Write it like 'Authorization: Bearer TOKEN'.")
        headers[name.strip()] = value.strip()
    return headers


def _metadata(pairs: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals or not name:
            raise ValueError(f"{pair!r} is no metadata. Write it like ticket=42.")
        if name in found:
            raise ValueError(f"The metadata {name!r} is given twice. Give each name once.")
        found[name] = text
    return found


def _size(path: str) -> int:
    try:
        return os.path.getsize(path)
    except OSError:
        return 0  # the file's own call says what is wrong with it
