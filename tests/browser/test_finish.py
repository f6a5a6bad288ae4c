"""The finish line with a real scanner and a real mail server: what is infected never comes out, what is clean is ready by itself."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect
from smartupload_testing.files import MIB, Original
from smartupload_testing.wait import outage, wait_for

from tests.browser.conftest import Servers, settings_of
from tests.browser.person import Person
from tests.browser.server import Server
from tests.fixtures_clamd import FOUND, ClamdServer, clamd, clamd_server, infected_zip
from tests.fixtures_mail import Received, Sink, smtp_sink

__all__ = ["clamd", "clamd_server"]

OWNER, ADMIN = "anna@example.org", "admin@example.org"
PATIENT = 120
"""Seconds, on the slowest machine."""
AWAY = 6
"""Seconds without a scanner."""

Make = Callable[..., Original]

pytestmark = [
    # The addresses of the scanner and the mail server are added below; these keep the tests together.
    pytest.mark.settings(SCAN="required", ADMIN_EMAILS=ADMIN, MAIL_GATHER_SECONDS=0),
    pytest.mark.timeout(400),
]


@pytest.fixture(scope="module")
def mailbox() -> Generator[Sink]:
    with smtp_sink() as running:
        yield running


@pytest.fixture
def server(servers: Servers, mailbox: Sink, clamd: ClamdServer, request: pytest.FixtureRequest) -> Iterator[Server]:
    """The real server with a real clamd, which runs, and a real mail server."""
    mail = f"smtp://127.0.0.1:{mailbox.port}?tls=off"
    one = servers.with_settings(settings_of(request.node) | {"CLAMD_URL": clamd.unix, "SMTP_URL": mail})
    one.line.reset()
    request.node.server_of_test = one
    yield one
    one.line.reset()


def mail_to(mailbox: Sink, address: str, words: str) -> Received:
    """The one mail to this address that has these words in its subject, once it has come."""

    def found() -> list[Received]:
        return [one for one in mailbox.received if address in one.recipients and words in one.message["Subject"]]

    wait_for(found, PATIENT, f"a mail to {address} about {words!r}")
    [only] = found()
    return only


def tells_an_address(person: Person, mailbox: Sink) -> None:
    """On the page, and then by the link in the mail that asks."""
    page = person.open("/notifications")
    page.get_by_label("Your mail address").fill(OWNER)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Not confirmed yet")).to_be_visible(timeout=PATIENT * 1000)
    question = mail_to(mailbox, OWNER, "Confirm")
    [link] = re.findall(r"http\S+/api/notifications/confirm\S+", question.text)
    page.goto(link)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text(f"{OWNER} is confirmed.")).to_be_visible(timeout=PATIENT * 1000)
    page.close()


def only_upload(person: Person, page: Page) -> dict[str, Any]:
    [upload] = wait_for(lambda: person.uploads(page), PATIENT, "the upload to be known")
    return upload


def answers(person: Person, server: Server, upload: dict[str, Any]) -> dict[str, int]:
    """What every address of the file answers, to its owner and to anybody."""
    mine = {one["name"]: one["value"] for one in person.identity()}
    token = upload["share_token"]
    found = {
        f"{who} {path}": server.get(path, cookies)
        for who, cookies in (("owner", mine), ("anybody", {}))
        for base in (f"/api/uploads/{upload['id']}", f"/api/shared/{token}")
        for path in (f"{base}/download", f"{base}/preview")
    }
    assert not [one for one in found.values() if "location" in one.headers]
    return {path: one.status_code for path, one in found.items()}


def objects(server: Server) -> dict[str, str]:
    """Every object of the store, and an unsigned address of it."""
    store = server.s3()
    found = store.list_objects_v2(Bucket="smartupload").get("Contents", [])
    return {one["Key"]: f"{store.meta.endpoint_url}/smartupload/{one['Key']}" for one in found}


def test_infected_file_never_comes_out(person: Person, server: Server, mailbox: Sink, tmp_path: Path) -> None:
    body = infected_zip()
    file = Original(tmp_path / "holiday.zip", len(body), hashlib.sha256(body).hexdigest())
    file.path.write_bytes(body)
    tells_an_address(person, mailbox)

    page = person.open()
    person.drop(page, file)
    upload = only_upload(person, page)
    shared = person.open(f"/f/{upload['share_token']}").get_by_test_id("shared-file")
    person.wait_state(page, file.name, "blocked", seconds=PATIENT)
    sentence = f"A virus was found in this file ({FOUND})."
    card = person.card(page, file.name)
    expect(card).to_have_attribute("data-error", "virus_found")
    expect(card).to_contain_text(sentence)
    expect(card.get_by_role("link", name="Download")).to_have_count(0)
    expect(shared).to_have_attribute("data-state", "blocked", timeout=PATIENT * 1000)
    expect(shared).to_contain_text(sentence)
    expect(shared.get_by_role("link", name="Download")).to_have_count(0)
    for one in (page, shared.page):
        expect(one.get_by_role("button", name="Copy link")).to_have_count(0)

    assert set(answers(person, server, upload).values()) <= {404, 409, 410}, "no address gives it out"
    wait_for(lambda: not [key for key in objects(server) if upload["id"] in key], PATIENT, "its objects to be gone")
    for address in (OWNER, ADMIN):
        told = mail_to(mailbox, address, file.name)
        assert told.message["Subject"] in (f"{file.name} was blocked", f"Blocked: {file.name}")
        assert FOUND in told.text
        assert f"{server.url}/f/{upload['share_token']}" in told.text


def test_scanner_is_away_for_a_while(person: Person, server: Server, clamd: ClamdServer, original: Make) -> None:
    clamd.stop()
    file = original(4 * MIB + 1)
    page = person.open()
    page.evaluate("window.notReloaded = true")
    person.drop(page, file)
    person.wait_state(page, file.name, "scanning", seconds=PATIENT)
    card = person.card(page, file.name)
    expect(card).to_contain_text("Being checked")
    expect(card.get_by_test_id("leave")).to_have_attribute("data-leave", "continues")
    upload = only_upload(person, page)
    shared = person.open(f"/f/{upload['share_token']}").get_by_test_id("shared-file")
    expect(shared).to_have_attribute("data-state", "scanning")
    expect(shared.get_by_role("link", name="Download")).to_have_count(0)
    trouble = server.get("/readyz")
    assert trouble.status_code == 503
    assert "nothing is published" in trouble.json()["checks"]["scanner"]

    outage(AWAY)
    assert set(answers(person, server, upload).values()) <= {404, 409}, "nothing is published unscanned"
    for address in objects(server).values():
        assert httpx.get(address, timeout=PATIENT).status_code == 403
    expect(card).to_have_attribute("data-state", "scanning")

    clamd.start()
    person.wait_state(page, file.name, "ready", seconds=PATIENT)
    expect(shared).to_have_attribute("data-state", "ready", timeout=PATIENT * 1000)
    expect(shared.get_by_role("link", name="Download")).to_be_visible()
    assert page.evaluate("window.notReloaded")
    person.finished(page, file)
    assert server.get("/readyz").status_code == 200


@pytest.mark.long
def test_clean_large_file_is_ready(person: Person, server: Server, original: Make) -> None:
    file = original(300 * MIB)
    page = person.open()
    person.drop(page, file)
    person.wait_state(page, file.name, "ready", seconds=2 * PATIENT)
    upload = person.finished(page, file)
    assert server.get(f"/api/shared/{upload['share_token']}").json()["scan"] == "clean"
