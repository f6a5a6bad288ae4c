"""Finishing over a real database and the real store, in this process and in others that may be killed."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest
from smartupload_testing.wait import wait_for
from sqlalchemy import update
from sqlmodel import col, select

from smartupload.adapters.clock import SystemClock
from smartupload.adapters.live import NoLive
from smartupload.adapters.s3.store import S3Store
from smartupload.devstack import DevStack
from smartupload.models import Contact, Event, PushSubscription, Upload
from smartupload.notifiers import open_notifiers
from smartupload.pipeline.finishing import Finishing
from smartupload.ports import PushTarget, SignedRequest
from smartupload.service.context import Context
from smartupload.service.presentation.views import UploadView
from smartupload.settings import load
from tests.fixtures_database import database_at
from tests.fixtures_store import noise, seaweed, send, stack
from tests.unit.conftest import _postgres
from tests.unit.person import Person

__all__ = ["seaweed", "stack"]

ROOT = Path(__file__).resolve().parents[2]


class Line:
    """The finish line as the tests see it: uploads that reach it, and what became of them."""

    def __init__(self, settings: dict[str, str], store: S3Store) -> None:
        self.settings = settings
        self.store = store
        loaded = load(settings)
        self.db = database_at(loaded.database)
        self.context = Context(loaded, self.db, store, NoLive(), SystemClock(), **vars(open_notifiers(loaded)))
        self._finishers: list[Finishing] = []
        self._processes: list[subprocess.Popen[bytes]] = []

    def finisher(self, runs: bool = True, context: Context | None = None) -> Finishing:
        """One in this process."""
        finisher = Finishing(context or self.context, runs)
        self._finishers.append(finisher)
        return finisher

    def meets(self, owner: str, target: PushTarget) -> None:
        """Somebody takes mails at `OWNER@example.org`, and pushes there."""
        now = self.context.clock.now()
        keys = {"endpoint": target.endpoint, "p256dh": target.p256dh, "auth": target.auth}
        with self.db.write() as session:
            session.add(Contact(owner=owner, email=f"{owner}@example.org", created_at=now))
            session.add(PushSubscription(id=owner, owner=owner, created_at=now, **keys))

    def arrives(self, size: int = 1000, finisher: Finishing | None = None, owner: str = "anna") -> UploadView:
        """An upload whose last byte is there."""
        person = Person(replace(self.context, finisher=finisher), owner)
        upload = person.creates(size=size)
        signed = person.signs(upload, person.claims(person.cut(upload)))
        for part, body in zip(signed.parts, person.cut(upload), strict=True):
            assert send(self.store, SignedRequest(part.url, part.headers or {}), body) == 200
        return person.completes(upload)

    def spawn(self, *command: str, **settings: str) -> subprocess.Popen[bytes]:
        """Another process of the app."""
        return self._begin(command, settings, stdin=subprocess.DEVNULL)

    def spoken_with(self, *command: str) -> subprocess.Popen[bytes]:
        """Another one, at the other end of two pipes."""
        return self._begin(command, {}, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def _begin(
        self, command: Sequence[str], settings: dict[str, str], stdin: int, stdout: int | None = None
    ) -> subprocess.Popen[bytes]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SMARTUPLOAD_", "PYTEST_"))}
        environment = {**kept, **self.settings, **settings}
        process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment, stdin=stdin, stdout=stdout)
        self._processes.append(process)
        return process

    def row(self, upload_id: str) -> Upload:
        with self.db.read() as session:
            return session.get_one(Upload, upload_id)

    def write(self, upload_id: str, **values: Any) -> None:
        """Set these, whatever they were."""
        with self.db.write() as session:
            session.exec(update(Upload).where(col(Upload.id) == upload_id).values(**values))

    def events(self, upload_id: str) -> list[str]:
        with self.db.read() as session:
            found = session.exec(select(Event.kind).where(Event.upload_id == upload_id).order_by(col(Event.id)))
            return [kind.removeprefix("upload.") for kind in found]

    def until(self, upload_id: str, state: str = "ready") -> None:
        """Wait until the upload is so and nothing is left to do for it."""
        wait_for(lambda: self.row(upload_id).state == state, 60, f"the upload to be {state}")
        wait_for(lambda: self.row(upload_id).due_at is None, 60, "its finishing to end")

    def is_finished_once(self, upload_id: str, scan: str = "off") -> None:
        """Ready, with one event of each kind, nobody's any longer, and its bytes where files lie and nowhere else."""
        row = self.row(upload_id)
        assert (row.state, row.key, row.scan) == ("ready", f"uploads/{upload_id}/1", scan)
        assert self.events(upload_id) == ["created", "completed", "ready"]
        assert (row.due_at, row.holder) == (None, "")
        kept = self.store.list_objects(f"uploads/{upload_id}")
        assert [(found.key, found.size) for found in kept] == [(row.key, row.size)]
        assert b"".join(self.store.read(row.key)) == noise(row.size, 0)

    def close(self) -> None:
        for process in self._processes:
            forked: list[psutil.Process] = []
            with contextlib.suppress(psutil.NoSuchProcess):
                forked = psutil.Process(process.pid).children()
            for one in [process, *forked]:
                with contextlib.suppress(psutil.NoSuchProcess):
                    one.kill()
            process.wait(20)
            for pipe in filter(None, (process.stdin, process.stdout)):
                pipe.close()
        for finisher in self._finishers:
            finisher.close()
        self.db.close()


@pytest.fixture
def make_line(tmp_path: Path, stack: DevStack, seaweed: S3Store) -> Generator[Callable[..., Line]]:
    """Lines over a database each, and the same store; settings are given by their short names."""
    made: list[Line] = []

    def make(**settings: str) -> Line:
        data = tmp_path / f"data{len(made)}"
        given = {
            "data_dir": str(data),
            "database_url": _postgres(),
            "s3_endpoint_url": seaweed.endpoint_url,
            "s3_access_key_id": stack.identity.access_key_id,
            "s3_secret_access_key": stack.identity.secret_access_key,
            **settings,
        }
        made.append(Line({f"SMARTUPLOAD_{name.upper()}": value for name, value in given.items() if value}, seaweed))
        return made[-1]

    yield make
    for line in made:
        line.close()


@pytest.fixture
def line(make_line: Callable[..., Line]) -> Line:
    """One with nothing else set."""
    return make_line()
