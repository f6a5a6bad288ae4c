"""What the page behind a link makes of the service's answers, and what its owner does there."""

import asyncio
import dataclasses
import datetime
from collections.abc import Iterator
from typing import Any

import pytest

from smartupload.errors import FileNotFound, LinkRevoked, StoreUnavailable, UploadNotFound
from smartupload.service.presentation.views import LinkView, SharedFile, SharedPage, UploadError
from smartupload.state import LinkState, SharedFileState, asking, link, shared
from tests.pages.test_state import an_app_with, fresh, is_always, run

NOW = datetime.datetime(2026, 3, 9, 11, 42, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)


class Clock:
    """Now."""

    def now(self) -> datetime.datetime:
        return NOW


@dataclasses.dataclass
class Context:
    """As much of a context as the states look into."""

    clock: Clock = dataclasses.field(default_factory=Clock)


class Service:
    """Stands where the service stands: answers with `page`, or raises it."""

    def __init__(self) -> None:
        self.page: SharedPage | Exception = page()
        self.reads = 0

    def shared_page(self, _context: object, _token: str, _visitor: str) -> SharedPage:
        if isinstance(self.page, Exception):
            raise self.page
        return self.page

    def text(self, _context: object, _token: str, _visitor: str) -> str:
        self.reads += 1
        return "<b>hello"


def page(link_view: LinkView | None = None, **changes: Any) -> SharedPage:
    file = SharedFile(
        "film.mov", 2_140_000_000, "video/quicktime", "uploading", 61, NOW - 3600 * SECOND, None, None, "", None,
        moved_at=NOW,
    )  # fmt: skip
    return SharedPage(dataclasses.replace(file, **changes), "u1" if link_view else "", link_view)


def ready(link_view: LinkView | None = None, **changes: Any) -> SharedPage:
    return page(link_view, **{"state": "ready", "percent": 100, "completed_at": NOW, "download_url": "/d"} | changes)


def a_link(**changes: Any) -> LinkView:
    return dataclasses.replace(LinkView("http://here/f/t1", "t1", False, None, None), **changes)


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    service = Service()
    monkeypatch.setattr(shared.share, "shared_page", service.shared_page)
    monkeypatch.setattr(shared.share, "text", service.text)
    monkeypatch.setattr(shared, "owner_of", is_always(""))
    with an_app_with(Context()):
        yield service


def look(service: Service, state: SharedFileState, answer: SharedPage | Exception) -> None:
    service.page = answer
    run(SharedFileState.load, state)


def test_a_shared_file_becomes_the_file(service: Service) -> None:
    state = fresh(SharedFileState)
    assert state.waiting
    look(service, state, page())
    assert (state.status, state.kind, state.size, state.percent, state.waiting) == (
        "uploading",
        "MOV",
        "2.14 GB",
        61,
        True,
    )
    assert state.left == "", "of an hour-old upload nothing can be said at the first look"
    look(service, state, StoreUnavailable())
    assert (state.status, state.sentence) == ("uploading", StoreUnavailable.sentence)
    look(service, state, ready(preview="video", preview_url="/p", scan="off"))
    assert (state.status, state.download_url, state.sentence, state.waiting) == ("ready", "/d", "", False)
    assert (state.preview, state.preview_url, state.type) == ("video", "/p", "Video (MOV)")
    assert state.scan.startswith("Not scanned")
    look(service, state, ready(scan="clean"))
    assert "nothing found" in state.scan


def test_time_left_is_what_the_sending_browser_says(service: Service) -> None:
    state = fresh(SharedFileState)
    look(service, state, page(left=(240.0, 300.0), moved_at=NOW))
    assert state.left == "4–5 min left"
    look(service, state, page(moved_at=NOW))
    assert state.left == "", "no figure rather than a wrong one"
    look(service, state, page(state="paused", left=(240.0, 300.0)))
    assert (state.left, state.still) == ("", "")


def test_how_far_it_is_does_not_fall_unless_it_begins_anew(service: Service) -> None:
    state = fresh(SharedFileState)
    shown: list[int] = []
    for percent, epoch in ((40, 1), (31, 1), (50, 1), (5, 2)):
        look(service, state, page(percent=percent, epoch=epoch))
        shown.append(state.percent)
    assert shown == [40, 40, 50, 5]


def test_what_stands_still_says_since_when(service: Service) -> None:
    state = fresh(SharedFileState)
    since = NOW - 2 * shared.STANDS_STILL
    look(service, state, page(moved_at=since))
    assert (state.left, state.still) == ("", since.isoformat())


def test_an_unknown_link_forgets_what_was_shown(service: Service) -> None:
    state = fresh(SharedFileState)
    look(service, state, page(a_link()))
    look(service, state, FileNotFound())
    assert (state.status, state.name, state.link_url, state.waiting) == ("missing", "", "", False)


def test_a_closed_link_says_why_and_opens_again(service: Service) -> None:
    state = fresh(SharedFileState)
    look(service, state, ready())
    look(service, state, LinkRevoked())
    assert (state.status, state.sentence, state.name, state.download_url) == ("closed", LinkRevoked.sentence, "", "")
    look(service, state, ready())
    assert (state.status, state.sentence, state.download_url) == ("ready", "", "/d")


def test_a_text_is_read_once_and_kept_as_it_is(service: Service) -> None:
    state = fresh(SharedFileState)
    look(service, state, ready(preview="text", size=100_000))
    assert (state.text, state.text_cut) == ("<b>hello", True)
    look(service, state, ready(preview="text", size=100_000))
    assert service.reads == 1


@pytest.mark.parametrize("end", ["blocked", "failed", "cancelled", "expired"])
def test_every_end_has_a_sentence(service: Service, end: str) -> None:
    state = fresh(SharedFileState)
    look(service, state, page(state=end))
    assert state.sentence.endswith(".")
    assert not state.waiting


def test_why_it_was_blocked_is_said_to_each_in_their_words(service: Service) -> None:
    state = fresh(SharedFileState)
    error: UploadError = {"code": "virus_found", "detail": "A virus was found (X). Check your computer."}
    look(service, state, page(a_link(), state="blocked", error=error))
    assert state.sentence == error["detail"]
    look(service, state, page(state="blocked", error=error))
    assert "A virus was found" in state.sentence
    assert "your computer" not in state.sentence


def test_only_the_owner_has_the_link(service: Service) -> None:
    state = fresh(SharedFileState)
    look(service, state, ready(a_link(until=NOW + SECOND, downloads_left=3)))
    assert (state.upload_id, state.link_url, state.downloads) == ("u1", "http://here/f/t1", "3")
    assert state.until == (NOW + SECOND).isoformat()
    assert state.closed == ""
    for closed in ({"revoked": True}, {"until": NOW}, {"downloads_left": 0}):
        look(service, state, ready(a_link(**closed)))
        assert state.closed.endswith(".")
    look(service, state, ready())
    assert state.upload_id == ""


def test_the_owner_asks_and_does(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[Any] = []

    def verb(*given: Any) -> LinkView:
        done.append(given[1:])
        if given[2] == "somebody else's":
            raise UploadNotFound
        return a_link(token="t2")

    monkeypatch.setattr(asking, "owner_of", is_always("anna"))
    for name in ("set_revoked", "set_limits", "renew_link"):
        monkeypatch.setattr(link.link, name, verb)
    state = fresh(LinkState)

    def press(handler: Any, *given: Any) -> Any:
        return asyncio.run(handler.fn(state, *given))

    run(LinkState.ask, state, "stop")
    assert state.asked == "stop"
    run(LinkState.keep, state)
    assert (state.asked, done) == ("", [])
    run(LinkState.ask, state, "stop")
    assert press(LinkState.stop, "u1")
    assert state.asked == ""
    press(LinkState.share, "u1")
    press(LinkState.limit, "u1", NOW.isoformat(), " 3")
    press(LinkState.limit, "u1", "", "")
    renewed = press(LinkState.renew, "u1")
    assert "/f/t2" in str(renewed[0].args)
    assert done == [
        ("anna", "u1", True),
        ("anna", "u1", False),
        ("anna", "u1", NOW, 3),
        ("anna", "u1", None, None),
        ("anna", "u1"),
    ]
    assert press(LinkState.limit, "u1", "", "many") is None
    assert "digits" in state.error
    for moment in ("9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+12:00", "2026-01-01", "never"):
        assert press(LinkState.limit, "u1", moment, "") is None
        assert "no day" in state.error
    assert press(LinkState.stop, "somebody else's") is None
    assert state.error == UploadNotFound.sentence
