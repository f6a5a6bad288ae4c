"""An app with a hook of each kind, from the first byte to the word that the file is ready; finished by the app, or by its own worker."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from smartupload_testing.wait import wait_for

from smartupload.adapters.s3.store import S3Store
from tests.api.test_uploads import is_problem
from tests.composition.conftest import SIZE, OwnApp
from tests.fixtures_store import noise

UPLOADS = """
import asyncio, hashlib, json
from smartupload import SmartUpload

class Films:
    version = 1

    def may_upload(self, file):
        return None if file.name.endswith(".mov") else f"{file.owner} may send films only, and {file.name} is none."

    async def file_name(self, file):
        return f"{file.owner}, {file.name}"

    def folder(self, file):
        return f"customers/{file.owner}"

class Digest:
    version = 1

    def finish(self, file):
        digest = hashlib.sha256()
        for piece in file.read():
            digest.update(piece)
        write("digest", file.name, digest.hexdigest())
        return "This film was sent before." if "again" in file.name else None

class Told:
    version = 1
    tries = 0

    async def on_ready(self, file):
        self.tries += 1
        if self.tries == 1:
            raise ConnectionError("the other program is away")
        bytes_of = await asyncio.to_thread(lambda: b"".join(uploads.read(file.upload_id, 7)))
        write("ready", file.name, file.key, len(bytes_of), hashlib.sha256(bytes_of).hexdigest())

def write(*said):
    with open("said", "a") as lines:
        lines.write(json.dumps(said) + chr(10))

def who(connection):
    return connection.headers.get("authorization") or None

uploads = SmartUpload(identify=who, hooks=[Films(), Digest(), Told()])
"""
APP = f"""{UPLOADS}
from fastapi import FastAPI

app = FastAPI(lifespan=uploads.lifespan)
app.mount("/", uploads.api)
"""


def said(app: OwnApp) -> list[Any]:
    written = app.folder / "said"
    return [json.loads(line) for line in written.read_text().splitlines()] if written.exists() else []


@pytest.mark.parametrize("by", ["the app", "a worker"])
def test_every_hook_is_called(make_app: Callable[..., OwnApp], seaweed: S3Store, by: str) -> None:
    if by == "the app":
        app = make_app(APP)
    else:
        app = make_app(APP, finishing="worker", start=False)
        app.runs("-c", "import sys; from own.own import uploads; sys.exit(uploads.work())")
        app.start()
    anna = app.somebody(Authorization="anna")
    upload = anna.sends_a_file("film.mov")
    assert upload["name"] == "anna, film.mov"
    place = f"uploads/customers/anna/{upload['id']}/1"
    kept = seaweed.list_objects(f"uploads/customers/anna/{upload['id']}")
    assert [(found.key, found.size) for found in kept] == [(place, SIZE)]
    assert b"".join(seaweed.read(place)) == noise(SIZE)
    refused = anna.creates("text.txt")
    is_problem(refused, 403, "upload_refused")
    assert refused.json()["detail"] == "anna may send films only, and anna, text.txt is none."
    again = anna.uploads("again.mov", 1000)

    def is_blocked() -> Any:
        now = anna.get(f"/api/uploads/{again['id']}").json()
        return now["state"] == "blocked" and now

    assert wait_for(is_blocked, 30, "the file to be blocked")["error"] == {
        "code": "upload_refused",
        "detail": "This film was sent before.",
    }
    # The first word was lost on the way, so it is said once more.
    known = ["ready", "anna, film.mov", place, SIZE - 7, hashlib.sha256(noise(SIZE)[7:]).hexdigest()]
    wait_for(lambda: known in said(app), 60, "the app to be told")
    assert [what for what, *_ in said(app)].count("ready") == 1
    assert {name for what, name, *_ in said(app) if what == "digest"} == {"anna, film.mov", "anna, again.mov"}


def test_a_worker_without_the_hook_publishes_nothing_that_has_to_pass_it(make_app: Callable[..., OwnApp]) -> None:
    app = make_app(APP, finishing="worker", start=False)
    app.runs("-m", "smartupload", "worker")
    app.start()
    anna = app.somebody(Authorization="anna")
    upload = anna.uploads("film.mov", 1000)
    missing = "there is no hook Digest here, which this file has to pass"
    wait_for(lambda: missing in app.log.read_text(), 30, "the worker to say what it lacks")
    assert anna.get(f"/api/uploads/{upload['id']}").json()["state"] == "scanning"
    app.runs("-c", "import sys; from own.own import uploads; sys.exit(uploads.work())")
    wait_for(lambda: anna.get(f"/api/uploads/{upload['id']}").json()["state"] == "ready", 60, "the file to be ready")
    (told,) = wait_for(lambda: [line for line in said(app) if line[0] == "ready"], 60, "the app to be told")
    assert told[1:4] == ["anna, film.mov", f"uploads/customers/anna/{upload['id']}/1", 993]
