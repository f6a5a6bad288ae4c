"""Holds as browsers meet them, over a real server: what is told, how the answer ends, and what a stream and a server that end do to it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from smartupload_testing.wait import wait_for

from smartupload.api.holds import living, waiting
from smartupload.api.routes import holds
from smartupload.db import Database
from smartupload.models import Hold
from smartupload.service.holds import decisions
from smartupload.service.owner import COOKIE, SECRET_LENGTH, owner_of
from tests.api.conftest import Browser, Site
from tests.api.lanes import Lane, Stream
from tests.api.test_events import Served
from tests.api.test_uploads import is_problem
from tests.unit.conftest import _postgres

GRACE = 0.4


@pytest.fixture
def served(site: Site, monkeypatch: pytest.MonkeyPatch) -> Generator[Served]:
    """On PostgreSQL where there is one."""
    monkeypatch.setattr(decisions, "GRACE", timedelta(seconds=GRACE))
    monkeypatch.setattr(decisions, "TIDIES", timedelta(seconds=GRACE))
    monkeypatch.setattr(waiting, "LOOK", 0.05)
    url = _postgres()
    db = Database(url) if url else site.context.db
    db.upgrade()
    site.context = replace(site.context, db=db)
    one = Served(site)
    yield one
    one.stop()
    if url:
        db.close()


@pytest.fixture
def upload(served: Served, browser: Browser) -> dict[str, Any]:
    return browser.creates("a.bin", 9_000_000).json()


@pytest.fixture
def opened() -> Generator[list[Any]]:
    """What is closed in the end."""
    made: list[Any] = []
    yield made
    for one in made:
        one.close()


@pytest.fixture
def lane(served: Served, browser: Browser, opened: list[Any]) -> Callable[..., Lane]:
    def make(lane: str = "a", level: int = 0, by: Browser = browser, **more: Any) -> Lane:
        opened.append(Lane(served, by, f"/api/holds/r/{level}/{lane}", **more))
        return opened[-1]

    return make


@pytest.fixture
def stream(served: Served, browser: Browser, opened: list[Any]) -> Callable[..., Stream]:
    def make(stream: str = "s", by: Browser = browser) -> Stream:
        opened.append(Stream(served, by, stream))
        return opened[-1]

    return make


def held(browser: Browser, upload: dict[str, Any], stream: str = "s") -> bool:
    answer = browser.post("/api/holds", json={"registration": "r", "uploads": [upload["id"]], "stream": stream})
    assert answer.status_code == 200, answer.text
    return answer.json()["held"]


def row_of(served: Served, browser: Browser) -> Hold:
    with served.site.context.db.read() as session:
        row = session.get(Hold, ("r", owner_of(browser.cookies[COOKIE][:SECRET_LENGTH])))
    assert row is not None
    return row


Make = Callable[..., Any]


def test_waits_for_its_stream_and_a_little_longer(
    served: Served, browser: Browser, upload: dict[str, Any], lane: Make, stream: Make
) -> None:
    engine = stream()
    assert held(browser, upload)
    a, b = lane("a"), lane("b", gzip=False)
    assert [one.answer.status_code for one in (a, b)] == [200, 200]
    assert a.answer.headers["cache-control"] == "no-store"
    assert a.answer.headers["x-accel-buffering"] == "no"
    assert a.answer.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in b.answer.headers
    wait_for(lambda: (a.got, b.got) == (1, 1), 10, "a byte at once")
    engine.close()
    wait_for(lambda: row_of(served, browser).gone_at is not None, 10, "its end to be written down")
    assert a.waits, "it may come back"
    assert (a.goes(), b.goes()) == (True, True)
    assert not held(browser, upload)
    assert lane().goes(), "and stays let go"


def test_a_stream_that_comes_back_in_time_holds_on(
    monkeypatch: pytest.MonkeyPatch, served: Served, browser: Browser, upload: dict[str, Any], lane: Make, stream: Make
) -> None:
    monkeypatch.setattr(decisions, "GRACE", timedelta(seconds=60))
    engine = stream()
    held(browser, upload)
    a = lane()
    engine.close()
    wait_for(lambda: row_of(served, browser).gone_at is not None, 10, "its end to be written down")
    stream()
    assert row_of(served, browser).gone_at is None
    monkeypatch.setattr(decisions, "GRACE", timedelta())
    seen_at = row_of(served, browser).seen_at
    wait_for(lambda: served.site.context.clock.now() > seen_at + timedelta(seconds=0.5), 10, "some looks")
    assert a.waits


def test_of_two_streams_of_one_engine_the_last_counts(
    served: Served, browser: Browser, upload: dict[str, Any], lane: Make, stream: Make
) -> None:
    """The old connection may be seen to be gone long after the new one has begun."""
    old, new = stream(), stream()
    held(browser, upload)
    a = lane()
    old.close()
    wait_for(lambda: sum(served.hub.subscribers().values()) == 1, 10, "the old one to be gone")
    assert row_of(served, browser).gone_at is None
    new.close()
    assert a.goes()


def test_an_engine_is_seen_again_and_again(
    monkeypatch: pytest.MonkeyPatch, served: Served, browser: Browser, upload: dict[str, Any], stream: Make
) -> None:
    monkeypatch.setattr(living, "RENEWAL", 0.05)
    stream().close()
    wait_for(lambda: not served.hub.subscribers(), 10, "nobody to be there")
    stream()
    held(browser, upload)
    first = row_of(served, browser).seen_at
    wait_for(lambda: row_of(served, browser).seen_at > first, 10, "it to be seen again")


def test_it_is_never_silent(
    monkeypatch: pytest.MonkeyPatch, browser: Browser, upload: dict[str, Any], lane: Make
) -> None:
    monkeypatch.setattr(holds, "HEARTBEAT", 0.05)
    held(browser, upload)
    a, b = lane("a"), lane("b", gzip=False)
    wait_for(lambda: min(a.got, b.got) > 3, 10, "some bytes")


def test_the_rest_is_dropped_once_both_lanes_wait(browser: Browser, upload: dict[str, Any], lane: Make) -> None:
    held(browser, upload)
    a = lane("a")
    wait_for(lambda: a.got == 1, 10, "it to wait")
    browser.delete(f"/api/uploads/{upload['id']}")
    b = lane("b")
    for one in (a, b):
        assert one.ends() == "end"
        assert one.got >= holds.TOO_MUCH
        assert one.sent < 40_000
    later = lane("a", 7)
    assert later.ends() == "end"
    assert later.got >= holds.TOO_MUCH, "whatever it has not heard it hears then"


def test_who_takes_no_gzip_is_not_sent_so_much(browser: Browser, upload: dict[str, Any], lane: Make) -> None:
    held(browser, upload)
    browser.delete(f"/api/uploads/{upload['id']}")
    assert lane("a", gzip=False).goes()
    assert lane("b", gzip=False).goes()


def test_one_lane_alone_goes_after_a_while(
    monkeypatch: pytest.MonkeyPatch, browser: Browser, upload: dict[str, Any], lane: Make
) -> None:
    monkeypatch.setattr(decisions, "PATIENCE", timedelta(seconds=0.3))
    held(browser, upload)
    browser.delete(f"/api/uploads/{upload['id']}")
    assert lane("a").goes()


def test_a_lane_whose_client_has_gone_waits_no_more(
    served: Served, browser: Browser, upload: dict[str, Any], lane: Make
) -> None:
    held(browser, upload)
    a = lane("a")
    wait_for(lambda: row_of(served, browser).level_a == 0, 10, "it to arrive")
    a.close()
    wait_for(lambda: row_of(served, browser).level_a == -1, 10, "it to be gone")
    looking = served.site.api.state.waiting._looking
    wait_for(looking.done, 10, "nobody to be looked for")


def test_paused_it_waits_and_goes_when_it_is_resumed(
    served: Served, browser: Browser, upload: dict[str, Any], lane: Make
) -> None:
    held(browser, upload)
    browser.post(f"/api/uploads/{upload['id']}/pause")
    later = lane("a", 1)
    wait_for(lambda: row_of(served, browser).level_a == 1, 10, "it to arrive")
    assert not held(browser, upload), "who is at a later level was let go"
    assert later.waits
    browser.post(f"/api/uploads/{upload['id']}/resume")
    assert later.goes()


def test_what_is_not_theirs_is_not_there(
    served: Served, browser: Browser, upload: dict[str, Any], lane: Make, stream: Make
) -> None:
    mallory = served.site.browser()
    mallory.creates()
    body = {"registration": "r", "uploads": [upload["id"]], "stream": "s"}
    is_problem(mallory.post("/api/holds", json=body), 404, "upload_not_found")
    held(browser, upload)
    assert lane("a", by=mallory).goes()
    engine = stream(by=mallory)
    engine.close()
    wait_for(
        lambda: (
            not [one for one in served.hub.subscribers() if one != owner_of(browser.cookies[COOKIE][:SECRET_LENGTH])]
        ),
        10,
        "",
    )
    assert row_of(served, browser).gone_at is None, "a stream of somebody else, by the same id"


def test_what_is_no_hold_is_refused(browser: Browser, upload: dict[str, Any]) -> None:
    good = {"registration": "r", "uploads": [upload["id"]], "stream": "s"}
    for wrong in (
        {"registration": ""},
        {"registration": "a/b"},
        {"registration": "r" * 65},
        {"uploads": []},
        {"uploads": ["x"] * 1001},
        {"stream": "s s"},
    ):
        is_problem(browser.post("/api/holds", json={**good, **wrong}), 422, "invalid_request")
    for path in ("r/0/c", "r/-1/a", "r/100000/a", "a.b/0/a"):
        is_problem(browser.get(f"/api/holds/{path}"), 422, "invalid_request")
    is_problem(browser.get("/api/events?stream=s%20s"), 422, "invalid_request")


def test_without_a_hub_nothing_waits(site: Site, browser: Browser) -> None:
    is_problem(browser.get("/api/holds/r/0/a"), 503, "store_unavailable")


def test_without_a_database_it_goes(
    monkeypatch: pytest.MonkeyPatch, served: Served, browser: Browser, upload: dict[str, Any], lane: Make
) -> None:
    monkeypatch.setattr(waiting, "LOST", 0.3)
    held(browser, upload)
    a = lane("a")
    wait_for(lambda: row_of(served, browser).level_a == 0, 10, "it to wait")

    def away(*_: Any) -> Any:
        raise OSError("the database is away")

    monkeypatch.setattr(Database, "write", away)
    assert lane("b").goes(), "nobody can tell"
    assert a.waits, "a moment without a database is no reason"
    monkeypatch.setattr(Database, "read", away)
    assert a.goes()


def test_a_server_that_stops_cuts_it_off_and_lets_nothing_go(
    site: Site,
    served: Served,
    browser: Browser,
    upload: dict[str, Any],
    lane: Make,
    stream: Make,
    caplog: pytest.LogCaptureFixture,
) -> None:
    stream()
    held(browser, upload)
    a, b = lane("a"), lane("b")
    wait_for(lambda: row_of(served, browser).level_b == 0, 10, "both to wait")
    served.stop()
    assert (a.ends(), b.ends()) == ("cut", "cut")
    row = row_of(served, browser)
    assert (row.gone_at, row.let_go_at) == (None, None)
    again = Served(site)
    try:
        a, b = (Lane(again, browser, f"/api/holds/r/0/{name}") for name in "ab")
        wait_for(lambda: (a.got, b.got) == (1, 1), 10, "both to wait again")
        assert held(browser, upload)
        assert (a.waits, b.waits) == (True, True)
    finally:
        again.stop()
    assert (a.ends(), b.ends()) == ("cut", "cut")
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


def test_between_two_parts_the_store_is_asked_whether_more_is_needed(
    browser: Browser, upload: dict[str, Any], lane: Make
) -> None:
    """What its engine sent while the browser was held back is in the registration, too: the last part may be there already."""
    held(browser, upload)
    browser.sends(upload, browser.cut(upload))
    a, b = lane("a", 1), lane("b", 1)
    for one in (a, b):
        assert one.ends() == "end"
        assert one.got >= holds.TOO_MUCH
    assert browser.get(f"/api/uploads/{upload['id']}").json()["state"] == "ready"
