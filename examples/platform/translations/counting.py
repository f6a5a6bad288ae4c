"""How many words a file has: work that begins when the file is ready, goes on after a restart from where it was, and tells the pages."""

import asyncio
import contextlib
import datetime
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterator

import sqlmodel

from smartupload import SmartUpload
from smartupload.errors import NotReady, Problem, UploadNotFound
from smartupload.hooks import NewFile, ReadyFile

from . import database
from .database import ProjectFile

LONGEST = 1_000_000
"""Bytes: what has no space for so long is no text."""
PAUSE = 5
"""Seconds until the store is asked again after it did not answer."""
OFTEN = 0.25
"""Seconds between two looks at how far it is."""


class Changes:
    """Whoever waits here for something is woken when a row has changed. It knows of this process only."""

    def __init__(self) -> None:
        self.number = 0
        self._condition = asyncio.Condition()

    async def tell(self) -> None:
        async with self._condition:
            self.number += 1
            self._condition.notify_all()

    async def until(self, holds: Callable[[], object]) -> None:
        async with self._condition:
            await self._condition.wait_for(holds)


changes = Changes()


class Filing:
    """Which project a file is for, the page says as metadata. Whether there is such a project, the server asks."""

    version = 1

    def may_upload(self, file: NewFile) -> str | None:
        there = database.find_project(file.metadata.get("project", ""))
        return None if there else "This project is gone. Open another one and drop the file there."

    async def on_ready(self, file: ReadyFile) -> None:
        """It may be told twice, and counting takes longer than a hook may: so it only writes down what is to do."""
        if database.find_file(file.upload_id) is None:
            database.save(
                ProjectFile(
                    upload_id=file.upload_id,
                    project=file.metadata["project"],
                    name=file.name,
                    size=file.size,
                    url=file.share_url,
                    arrived=datetime.datetime.now(datetime.UTC),
                )
            )
        await changes.tell()


uploads = SmartUpload(hooks=[Filing()])


def count_some(row: ProjectFile, pieces: Iterator[bytes], rest: bytes) -> bytes:
    """For a thread: counts for a moment, and gives what is left of a word whose end has not been read yet."""
    began = time.monotonic()
    while time.monotonic() - began < OFTEN:
        piece = next(pieces, b"")
        text = rest + piece
        end = 1 + max(text.rfind(space) for space in (b" ", b"\n", b"\t")) if piece else len(text)
        row.words += len(text[:end].split())
        row.read, rest = row.read + end, text[end:]
        if b"\0" in piece or len(rest) > LONGEST:
            row.state = "no text"
        elif not piece:
            row.state = "counted"
        if row.state != "counting":
            break
    return rest


async def count(row: ProjectFile) -> None:
    try:
        pieces, rest = uploads.read(row.upload_id, row.read), b""
        while row.state == "counting":
            rest = await asyncio.to_thread(count_some, row, pieces, rest)
            database.save(row)
            await changes.tell()
    except (UploadNotFound, NotReady):  # deleted meanwhile
        database.remove(row)
        await changes.tell()


@contextlib.asynccontextmanager
async def counting() -> AsyncIterator[None]:
    """While the app runs: what was not counted to the end before, and whatever is ready from then on."""
    database.create()

    async def work() -> None:
        while True:
            seen = changes.number
            for row in database.files(sqlmodel.col(ProjectFile.state) == "counting"):
                try:
                    await count(row)
                except Problem as problem:  # the store is away
                    logging.getLogger(__name__).warning("%s is counted later: %s", row.name, problem.detail)
                    await asyncio.sleep(PAUSE)
                    await changes.tell()
            await changes.until(lambda seen=seen: changes.number != seen)

    task = asyncio.create_task(work())
    yield
    task.cancel()
