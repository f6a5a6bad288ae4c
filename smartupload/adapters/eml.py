"""Mailer for sites without a mail server: each mail becomes a file that every mail program opens."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import time
from datetime import UTC, datetime
from pathlib import Path

import structlog

from smartupload.adapters import mime
from smartupload.errors import TryAgain
from smartupload.ports import Mail

log = structlog.get_logger("smartupload.mail")


class EmlFiles:
    """One folder, made when the first mail comes. The names begin with the moment, so they sort by it."""

    def __init__(self, folder: Path, sender: str) -> None:
        self.folder = folder
        self._sender = sender

    def send(self, mail: Mail) -> None:
        """See ports.Mailer. Whoever looks into the folder sees a whole file or none."""
        content = mime.message(mail, self._sender).as_bytes()
        path = self.folder / _name(mail.subject)
        unfinished = path.with_suffix(".part")
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(unfinished, "xb", opener=_private) as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
        except OSError as error:
            with contextlib.suppress(OSError):
                unfinished.unlink()
            raise TryAgain(f"the mail cannot be written to {self.folder}: {error}") from error
        # Its name is from the subject, which names the file that it is about.
        log.info("no mail server is set, so the mail is in a file", folder=str(self.folder))


def prune(folder: Path, days: int) -> int:
    """Delete the mails that are older, and how many that were: they hold names and links of files that may be no more."""
    before = time.time() - days * 86400
    old = [path for path in folder.glob("*.eml") if path.stat().st_mtime < before]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _name(subject: str) -> str:
    """For example `20260309T114207250000Z-big.mov-is-ready-3f9a1c.eml`."""
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    words = re.sub(r"[^\w.]+", "-", subject)[:60].strip("-.")
    return f"{moment}-{words}-{secrets.token_hex(3)}.eml"
