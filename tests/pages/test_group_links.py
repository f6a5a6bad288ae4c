"""The links of groups above the list of all files: what their owner sees of them and does with them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import timedelta

import pytest

from smartupload.errors import GroupNotFound, StoreUnavailable
from smartupload.pages import group_links as page
from smartupload.service.links.groups import GroupView
from smartupload.service.presentation.views import LinkView
from smartupload.state import GroupLinksState, group_links
from tests.pages.test_pages import rendered
from tests.pages.test_shared import Context
from tests.pages.test_state import NOW, an_app_with, fresh, is_always, run

LINK = LinkView("http://here/f/group/t1", "t1", False, None, None)
TRIP = GroupView("g", "Trip", 7, 7000, NOW, LINK)


class Service:
    """Stands where the service stands, with the links of anna."""

    def __init__(self) -> None:
        self.links = {TRIP.key: TRIP}
        self.is_away = False
        self.most = 0

    def all_of(self, _context: object, owner: str, most: int) -> list[GroupView]:
        if self.is_away:
            raise StoreUnavailable
        self.most = most
        return list(self.links.values()) if owner == "anna" else []

    def set_revoked(self, _context: object, owner: str, key: str, revoked: bool) -> GroupView:
        one = self.links.get(key)
        if one is None or owner != "anna":
            raise GroupNotFound
        self.links[key] = dataclasses.replace(one, link=dataclasses.replace(one.link, revoked=revoked))
        return self.links[key]


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    service = Service()
    monkeypatch.setattr(group_links.groups, "all_of", service.all_of)
    monkeypatch.setattr(group_links.groups, "set_revoked", service.set_revoked)
    monkeypatch.setattr("smartupload.state.asking.owner_of", is_always("anna"))
    with an_app_with(Context()):
        yield service


def test_each_says_where_it_leads_and_whether_it_is_open(service: Service) -> None:
    state = fresh(GroupLinksState)
    over = dataclasses.replace(LINK, until=NOW - timedelta(days=1), downloads_left=3)
    service.links["h"] = GroupView("h", "", 23, 23_000, NOW, over)
    run(GroupLinksState.open, state)
    trip, loose = state.rows
    assert (trip.name, trip.facts, trip.path, trip.is_open) == ("Trip", "7 files, 7.0 KB", "/f/group/t1", True)
    assert (trip.until, trip.downloads, trip.made) == ("", "", NOW.isoformat())
    assert (loose.name, loose.facts, loose.is_open, loose.revoked) == ("23 files, 23 KB", "", False, False)
    assert (loose.until, loose.downloads) == ((NOW - timedelta(days=1)).isoformat(), "3")
    assert service.most == group_links.MOST


def test_it_is_stopped_after_a_question_and_shared_again(service: Service) -> None:
    state = fresh(GroupLinksState)
    run(GroupLinksState.open, state)
    run(GroupLinksState.ask, state, "g")
    run(GroupLinksState.load, state)
    assert state.asked == "g", "a change elsewhere answers no question"
    run(GroupLinksState.stop, state, "g")
    assert [(one.revoked, one.is_open) for one in state.rows] == [(True, False)]
    assert state.asked == ""
    run(GroupLinksState.share, state, "g")
    assert [(one.revoked, one.is_open) for one in state.rows] == [(False, True)]


def test_what_cannot_be_done_is_said_and_the_list_stays(service: Service) -> None:
    state = fresh(GroupLinksState)
    run(GroupLinksState.open, state)
    run(GroupLinksState.stop, state, "nothing")
    assert (state.error, len(state.rows)) == (GroupNotFound().read(), 1)
    service.is_away = True
    run(GroupLinksState.load, state)
    assert (state.error, len(state.rows)) == (StoreUnavailable().read(), 1)


def test_nobody_has_none(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smartupload.state.asking.owner_of", is_always(""))
    state = fresh(GroupLinksState)
    run(GroupLinksState.open, state)
    assert (state.rows, state.error) == ([], "")


def test_without_one_nothing_is_shown() -> None:
    shown = rendered(page.group_links())
    assert "group-links" in shown
    assert "rows_rx_state_" in shown.partition("group-links")[0], "all of it is there for the rows alone"
