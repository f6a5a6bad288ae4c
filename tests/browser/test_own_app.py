"""An app of somebody else, as docs/library.md shows it: its own page takes a file, and the link's page follows it and becomes the download."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from smartupload_testing.files import MIB, Original

from tests.browser.own_app import serving
from tests.browser.person import Person
from tests.browser.server import Server
from tests.composition.test_docs import APPS


@pytest.fixture
def server(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    yield from serving(APPS["reflex"], request, tmp_path, monkeypatch)


def test_a_file_goes_up_and_its_link_becomes_the_file(
    server: Server, person: Person, original: Callable[..., Original]
) -> None:
    file = original(20 * MIB + 77)
    page = person.open()
    person.pick(page, file)
    upload = person.finished(page, file)
    expect(page.get_by_test_id("file-card").filter(has_text=file.name)).to_have_attribute("data-state", "ready")
    shared = person.open(f"/f/{upload['share_token']}")
    expect(shared.get_by_test_id("shared-file")).to_have_attribute("data-state", "ready")
    expect(shared.get_by_role("heading", name=file.name)).to_be_visible()
    # The page is its owner's: the websocket is connected, and its states know who that is.
    expect(shared.get_by_role("button", name="Stop sharing")).to_be_visible()
