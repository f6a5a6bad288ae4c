"""What changes is seen without a look: on a person's second browser, after the server was away, and at the end of a long check."""

from __future__ import annotations

import contextlib
import re
import socket
import struct
import threading
from collections.abc import Callable, Iterator

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect
from smartupload_testing.files import MIB, Original
from smartupload_testing.wait import wait_for

from tests.browser.person import Person, halfway
from tests.browser.server import Server, free_port

SIZE = 64 * MIB
Make = Callable[..., Original]
CLAMD_PORT = free_port()
PATIENT = 90_000
"""Milliseconds; the slowest machine, and a scanner that is asked again every half minute."""


class Clamd:
    """Says of every stream that it is clean (clamd's INSTREAM: pieces after their length, an empty one at the end)."""

    def __init__(self, port: int) -> None:
        self._listener = socket.create_server(("127.0.0.1", port))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):  # closed
            while True:
                line, _ = self._listener.accept()
                threading.Thread(target=self._answer, args=(line,), daemon=True).start()

    def _answer(self, line: socket.socket) -> None:
        with line, line.makefile("rwb") as stream, contextlib.suppress(OSError):
            command = b""
            while not command.endswith(b"\0"):
                command += stream.read(1)
            if command == b"zPING\0":
                stream.write(b"PONG\0")
            else:
                while length := struct.unpack("!L", stream.read(4))[0]:
                    stream.read(length)
                stream.write(b"stream: OK\0")
            stream.flush()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


@pytest.fixture
def there(people: Callable[..., Person]) -> Person:
    """The person's other browser."""
    return people()


def row_of(page: Page, name: str) -> Locator:
    return page.get_by_test_id("file-row").filter(has_text=name)


def other_pages(here: Person, there: Person) -> tuple[Page, Page]:
    """The first page and the Files page in the other browser, both idle before the upload begins."""
    here.open().close()
    there.take_identity_of(here)
    front, files = there.open(), there.open("/files")
    expect(files.get_by_text("No files yet")).to_be_visible(timeout=PATIENT)
    return front, files


def test_the_second_browser_sees_progress_and_the_end(
    person: Person, there: Person, server: Server, original: Make
) -> None:
    front, files = other_pages(person, there)
    file = original(SIZE)
    page = halfway(person, server, file)
    row, card = row_of(files, file.name), there.card(front, file.name)
    expect(row).to_contain_text(re.compile(r"On its way, [1-9]\d? %"), timeout=PATIENT)
    expect(card).to_have_attribute("data-state", "uploading", timeout=PATIENT)
    wait_for(lambda: there.percent(front, file.name) > 0, 60, "the percentage on the other browser's card")
    expect(card.get_by_test_id("leave")).to_have_attribute("data-leave", "")
    expect(card.locator("input[type=file]")).to_have_count(0)
    server.line.shape(None)
    person.finished(page, file)
    expect(row).to_have_attribute("data-state", "ready", timeout=PATIENT)
    expect(card).to_have_attribute("data-state", "ready", timeout=PATIENT)


def test_what_the_second_browser_does_takes_effect_in_the_first(
    person: Person, there: Person, server: Server, original: Make
) -> None:
    front, _ = other_pages(person, there)
    file = original(SIZE)
    page = halfway(person, server, file)
    expect(there.card(front, file.name)).to_have_attribute("data-state", "uploading", timeout=PATIENT)
    there.press(front, file.name, "Pause")
    person.wait_state(page, file.name, "paused", seconds=60)
    there.press(front, file.name, "Resume")
    person.wait_state(page, file.name, "uploading", seconds=60)
    there.press(front, file.name, "Cancel")
    person.wait_state(page, file.name, "cancelled", seconds=60)
    server.line.go_on()
    wait_for(lambda: not server.line.in_flight(), 60, "the first browser to send nothing more")


def test_a_server_that_was_away_goes_on_telling(person: Person, there: Person, server: Server, original: Make) -> None:
    front, files = other_pages(person, there)
    file = original(SIZE)
    page = halfway(person, server, file)
    expect(there.card(front, file.name)).to_have_attribute("data-state", "uploading", timeout=PATIENT)
    server.kill()
    server.start()
    person.finished(page, file)
    expect(there.card(front, file.name)).to_have_attribute("data-state", "ready", timeout=PATIENT)
    expect(row_of(files, file.name)).to_have_attribute("data-state", "ready", timeout=PATIENT)


def test_a_python_handler_hears_once_that_a_file_is_ready(person: Person, server: Server, original: Make) -> None:
    """Three tabs, two of them with a page that has `su.on_ready`."""
    projects = [person.open("/projects") for _ in range(2)]
    for page in projects:
        expect(page.get_by_role("row").nth(1)).to_be_visible(timeout=PATIENT)
    page = person.open()
    for number in range(2):
        file = original(2 * MIB)
        person.pick(page, file)
        person.finished(page, file)
        rows = [one.get_by_role("row").filter(has_text=file.name) for one in projects]
        wait_for(lambda rows=rows: sum(row.count() for row in rows) > 0, 60, f"the handler to hear of file {number}")
    for one in projects:
        one.bring_to_front()
    assert sum(one.get_by_role("row").filter(has_text="Just arrived").count() for one in projects) == 2


def test_a_server_that_is_told_to_stop_ends_its_streams(server: Server) -> None:
    """It says so on the stream: one that was only cut off after the server's patience would end without a word."""
    with httpx.stream("GET", f"{server.url}/api/events", timeout=60) as answer:
        lines = answer.iter_lines()
        assert "event: beat" in lines
        assert server.process is not None
        server.process.terminate()
        assert "event: end" in list(lines)
    server.process.wait(60)
    server.start()


@pytest.fixture
def clamd() -> Iterator[Callable[[], Clamd]]:
    """Starts the scanner for which the server waits."""
    made: list[Clamd] = []

    def start() -> Clamd:
        made.append(Clamd(CLAMD_PORT))
        return made[-1]

    yield start
    for one in made:
        one.close()


@pytest.mark.settings(SCAN="required", CLAMD_URL=f"tcp://127.0.0.1:{CLAMD_PORT}")
def test_a_file_that_is_being_checked_turns_ready_by_itself(
    person: Person, server: Server, original: Make, clamd: Callable[[], Clamd]
) -> None:
    """The scanner is away at first: the person is free meanwhile, and a reload knows of it."""
    file = original(8 * MIB)
    page = person.open()
    person.pick(page, file)
    person.wait_state(page, file.name, "scanning", seconds=60)
    card = person.card(page, file.name)
    expect(card).to_contain_text("Being checked")
    expect(card.get_by_test_id("leave")).to_have_attribute("data-leave", "continues")
    page.reload()
    person.wait_state(page, file.name, "scanning", seconds=60)
    expect(card.get_by_test_id("leave")).to_have_attribute("data-leave", "continues")
    clamd()
    person.wait_state(page, file.name, "ready", seconds=90)
    person.finished(page, file)
