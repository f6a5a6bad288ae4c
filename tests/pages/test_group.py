"""What the page of a group's link makes of the service's answers, and what its owner does there."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from smartupload.errors import FileNotFound, LinkRevoked, StoreUnavailable
from smartupload.service.links.group_page import GroupPage, SharedEntry, SharedGroup
from smartupload.service.presentation.views import LinkView
from smartupload.state import GroupLinkState, GroupState, group, link
from tests.pages.test_shared import Context
from tests.pages.test_state import an_app_with, fresh, is_always, run

THERE = SharedEntry("u1", "a.jpg", "Trip", 1000, "image/jpeg", "ready", 100, "/d/u1")
COMING = SharedEntry("u2", "b.mov", "Trip/day 1", 2_140_000_000, "video/quicktime", "uploading", 61, None)
GROUP = SharedGroup("Trip", 1, 1000, 1, 2, 0, [THERE, COMING], None, "/d")
LINK = LinkView("http://here/f/group/t1", "t1", False, None, None)


class Service:
    """Stands where the service stands: answers with `page`, or raises it."""

    def __init__(self) -> None:
        self.page: GroupPage | Exception = GroupPage(GROUP, "", None)
        self.asked: list[tuple[Any, ...]] = []

    def group_page(self, _context: object, _token: str, _visitor: str, most: int) -> GroupPage:
        self.asked.append((most,))
        if isinstance(self.page, Exception):
            raise self.page
        return self.page

    def following(self, _context: object, _token: str, _visitor: str, after: str, most: int) -> SharedGroup:
        self.asked.append((after, most))
        return dataclasses.replace(GROUP, files=[COMING], next=None)


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    service = Service()
    monkeypatch.setattr(group.group_page, "group_page", service.group_page)
    monkeypatch.setattr(group.group_page, "following", service.following)
    monkeypatch.setattr(group, "owner_of", is_always(""))
    with an_app_with(Context()):
        yield service


def look(service: Service, state: GroupState, answer: GroupPage | Exception) -> None:
    service.page = answer
    run(GroupState.load, state)


def test_what_is_there_has_a_download_and_what_comes_says_how_far_it_is(service: Service) -> None:
    state = fresh(GroupState)
    look(service, state, GroupPage(GROUP, "", None))
    assert (state.status, state.facts, state.coming, state.left_out) == ("open", "1 file, 1.0 KB", 1, 2)
    assert "Trip" in state.name
    assert state.download_url == "/d"
    there, coming = state.rows
    assert (there.kind, there.size, there.folder, there.state_text, there.download_url) == (
        "JPG",
        "1.0 KB",
        "Trip",
        "",
        "/d/u1",
    )
    assert (coming.download_url, "61 %" in coming.state_text) == ("", True)
    assert (state.key, state.more, state.scan) == ("", False, "")
    look(service, state, GroupPage(dataclasses.replace(GROUP, unscanned=1), "", None))
    assert "Not scanned" in state.scan


def test_one_that_is_closed_or_gone_shows_nothing_of_it_and_one_that_cannot_be_read_keeps_what_was_shown(
    service: Service,
) -> None:
    state = fresh(GroupState)
    look(service, state, GroupPage(GROUP, "", None))
    look(service, state, StoreUnavailable())
    assert (state.status, len(state.rows), state.sentence) == ("open", 2, StoreUnavailable.sentence)
    for gone, status in ((LinkRevoked(), "closed"), (FileNotFound(), "missing")):
        look(service, state, gone)
        assert (state.status, state.rows, state.name, state.sentence) == (status, [], "", gone.read())


def test_its_owner_has_the_link(service: Service) -> None:
    state = fresh(GroupState)
    look(service, state, GroupPage(GROUP, "g", dataclasses.replace(LINK, downloads_left=0)))
    assert (state.key, state.link_url, state.downloads) == ("g", LINK.url, "0")
    assert state.closed != ""


def test_a_long_list_is_read_piece_by_piece(service: Service) -> None:
    state = fresh(GroupState)
    many = dataclasses.replace(GROUP, ready=500, coming=0, next="u2")
    look(service, state, GroupPage(many, "", None))
    assert service.asked == [(100,), ("u2", 98)]
    assert state.more
    run(GroupState.show_more, state)
    assert service.asked[2:] == [(200,), ("u2", 198)]


def test_its_owner_gets_a_qr_code_that_goes_again(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link.groups, "get_link", lambda *_: SimpleNamespace(link=LINK))
    monkeypatch.setattr("smartupload.state.asking.owner_of", is_always("anna"))
    state = fresh(GroupLinkState)
    run(GroupLinkState.show_qr, state, "g")
    assert state.qr.startswith("data:image/svg+xml;base64,")
    run(GroupLinkState.hide_qr, state)
    assert state.qr == ""
