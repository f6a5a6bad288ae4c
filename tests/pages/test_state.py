"""What the states make of the service's answers."""

import asyncio
import contextlib
import datetime
from collections.abc import Awaitable, Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import reflex_smartupload as su
from reflex.istate.data import RouterData
from reflex_base.registry import RegistrationContext

from smartupload.errors import BadName, InvalidRequest, UploadNotFound
from smartupload.service.presentation.views import UploadPage, UploadView
from smartupload.service.tags.tagging import TagCount
from smartupload.service.uploads.finding import Wanted
from smartupload.service.uploads.library import Tally
from smartupload.state import Bound, FilesState, library, tagging
from smartupload.state.bound import binding
from smartupload.state.file_rows import row_of
from smartupload.state.projects import STAGES, ProjectsState, projects

NOW = datetime.datetime(2026, 3, 9, 11, 42, tzinfo=datetime.UTC)


def upload(number: int, **changes: Any) -> UploadView:
    return UploadView(
        **{
            "id": f"u{number}",
            "name": f"photo-{number}.jpeg",
            "size": 2_140_000_000,
            "type": "image/jpeg",
            "last_modified": None,
            "state": "ready",
            "part_size": 8 << 20,
            "part_count": 256,
            "confirmed_bytes": 1_310_000_000,
            "percent": 61,
            "epoch": 1,
            "created_at": NOW,
            "updated_at": NOW,
            "completed_at": None,
            "expires_at": NOW,
            "share_token": f"t{number}",
            "share_url": f"http://here/f/t{number}",
            "scan": "",
            "error": None,
        }
        | changes
    )


class Service:
    """Stands where the service stands, with a library in memory."""

    def __init__(self, uploads: list[UploadView]) -> None:
        self.uploads = uploads
        self.asked: list[str] = []
        self.wanted = Wanted()
        self.tags = [TagCount("Board", 1), TagCount("Tax", 2)]

    def list_uploads(self, _context: object, owner: str, cursor: str | None, limit: int, wanted: Wanted) -> UploadPage:
        self.asked.append(owner)
        self.wanted = wanted
        found = self.found(wanted)
        start = int(cursor or 0)
        end = start + limit
        return UploadPage(found[start:end], str(end) if end < len(found) else None)

    def found(self, wanted: Wanted) -> list[UploadView]:
        return [one for one in self.uploads if wanted.text.casefold() in one.name]

    def tally(self, _context: object, _owner: str, wanted: Wanted) -> Tally:
        found = self.found(wanted)
        return Tally(len(found), sum(one.size for one in found), len(self.uploads))

    def cancel_upload(self, _context: object, _owner: str, upload_id: str) -> None:
        left = [one for one in self.uploads if one.id != upload_id]
        if len(left) == len(self.uploads):
            raise UploadNotFound
        self.uploads = left


class Changes:
    """Owners that have changed, one after the other."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[str] = asyncio.Queue()

    async def next(self) -> str:
        return await self.queue.get()


def is_always(owner: str) -> Callable[[Any], Awaitable[str]]:
    """Whoever asks."""

    async def owner_of(_asking: Any) -> str:
        return owner

    return owner_of


@contextlib.contextmanager
def an_app_with(context: Any) -> Iterator[None]:
    """What the test does is done in a Reflex app of its own, whose states call a service with this context."""
    app: Any = SimpleNamespace()
    registered = RegistrationContext.get().fork()
    registered._set_app(app)
    token = RegistrationContext.set(registered)
    try:
        with binding(app, Bound(context, is_always(""), lambda _: "")):
            yield
    finally:
        RegistrationContext.reset(token)


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    service = Service([upload(number) for number in range(120)])
    monkeypatch.setattr(library.library, "list_uploads", service.list_uploads)
    monkeypatch.setattr(library.library, "tally", service.tally)
    monkeypatch.setattr(library.cancel, "cancel_upload", service.cancel_upload)
    monkeypatch.setattr(library.tagging, "tags_of_all", lambda _context, _owner: service.tags)
    for module in (library, tagging):
        monkeypatch.setattr(module, "owner_of", is_always("somebody"))
    with an_app_with(object()):
        yield service


def fresh(state: Any) -> Any:
    """A state of its own, as Reflex makes one for a new tab."""
    return state(_reflex_internal_init=True)


def files() -> FilesState:
    return fresh(FilesState)


def run(handler: Any, state: Any, *arguments: Any) -> None:
    result = handler.fn(state, *arguments)
    if asyncio.iscoroutine(result):
        asyncio.run(result)


def does(state: Any, name: str, *given: Any) -> None:
    """The same by the handler's name."""
    run(getattr(type(state), name), state, *given)


def test_a_row_is_ready_to_show() -> None:
    row = row_of(upload(7, state="uploading"))
    assert (row.kind, row.size, row.percent, row.state_text, row.tone) == (
        "JPEG",
        "2.14 GB",
        61,
        "On its way, 61 %",
        "busy",
    )
    assert (row.share_path, row.share_url, row.download_url) == ("/f/t7", "http://here/f/t7", "")
    assert row_of(upload(7)).download_url == "/api/uploads/u7/download"
    assert row_of(upload(7, link_open=False)).share_url == "", "nobody needs a link that leads nowhere"


def test_an_error_is_a_sentence_in_the_row() -> None:
    row = row_of(upload(7, state="failed", error={"code": "checksum_mismatch", "detail": "Send it again."}))
    assert (row.error, row.tone, row.download_url) == ("Send it again.", "bad", "")


def test_pages_come_one_after_the_other(service: Service) -> None:
    state = files()
    run(FilesState.load, state)
    assert (len(state.rows), state.more, state.loaded) == (50, True, True)
    run(FilesState.show_more, state)
    run(FilesState.show_more, state)
    assert (len(state.rows), state.more) == (120, False)
    assert set(service.asked) == {"somebody"}


def test_search_looks_further_than_the_page(service: Service) -> None:
    state = files()
    run(FilesState.search, state, "  PHOTO-11 ")
    assert [row.name for row in state.rows] == ["photo-11.jpeg", *(f"photo-11{n}.jpeg" for n in range(10))]
    run(FilesState.search, state, "nothing like this")
    assert (state.rows, state.more, state.error) == ([], False, "")


def test_how_many_there_are_is_said(service: Service) -> None:
    state = files()
    run(FilesState.search, state, "photo-11")
    assert (state.count, state.size, state.total) == (11, "23.5 GB", 120)


ADDRESSES = {
    "": ("", "", "date-down", ""),
    "?q=+Photo%26&state=ready&order=name-up": ("Photo&", "ready", "name-up", "?q=Photo%26&state=ready&order=name-up"),
    "?order=size": ("", "", "size-down", "?order=size-down"),
    "?order=date-down": ("", "", "date-down", ""),
    "?order=id&state=cancelled": ("", "", "date-down", ""),
    f"?q={'a' * 201}&tag={'a' * 201}": ("", "", "date-down", ""),
    "?tag=%E2%80%8B": ("", "", "date-down", ""),
    "?state=ready&tag=tax+papers%26": ("", "ready", "date-down", "?state=ready&tag=tax+papers%26"),
    "?q=a%00": ("", "", "date-down", ""),
}


@pytest.mark.parametrize("query", ADDRESSES)
def test_the_address_says_what_is_shown(service: Service, query: str) -> None:
    state = files()
    state.query = "of before"
    state.router = RouterData.from_router_data({"headers": {"origin": "http://here"}, "asPath": f"/files{query}"})
    run(FilesState.open, state)
    assert (state.query, state.group, state.order, state.address) == ADDRESSES[query]
    assert (state.loaded, state.opened) == (True, 1)
    run(FilesState.open, state)
    assert state.opened == 1, "whoever types keeps the field"


def test_a_column_turns_round(service: Service) -> None:
    state = files()
    seen: list[tuple[str, bool]] = []
    for column in ("name", "name", "size", "size-up", "nonsense", "date"):
        run(FilesState.arrange, state, column)
        seen.append((service.wanted.sort, service.wanted.falling))
    assert seen == [("name", False), ("name", True), ("size", True), ("size", False), ("date", True), ("date", False)]
    run(FilesState.show, state, "trouble")
    assert (service.wanted.group, state.address) == ("trouble", "?state=trouble&order=date-up")


def test_deleting_asks_first(service: Service) -> None:
    state = files()
    run(FilesState.ask, state, "u3")
    assert state.asked == "u3"
    assert len(service.uploads) == 120
    run(FilesState.keep, state)
    assert state.asked == ""
    run(FilesState.ask, state, "u3")
    run(FilesState.delete, state, "u3")
    assert "u3" not in {row.id for row in state.rows}
    assert (state.asked, state.error) == ("", "")


def test_a_refusal_is_shown_as_its_sentence(service: Service) -> None:
    state = files()
    run(FilesState.delete, state, "somebody else's")
    assert state.error == UploadNotFound.sentence
    run(FilesState.load, state)
    assert state.error == ""


def test_without_a_cookie_there_is_nothing_to_read(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "owner_of", is_always(""))
    state = files()
    run(FilesState.load, state)
    assert (state.rows, state.loaded, service.asked) == ([], True, [])


def test_projects_are_found_by_letters_and_stage() -> None:
    state = fresh(ProjectsState)
    everything = len(state.visible)
    assert everything == len(projects(NOW.date()))
    state.search("museum")
    assert [project.name for project in state.visible] == ["Museum audio guide"]
    state.choose("New")
    assert state.visible == []
    state.search("")
    assert 0 < len(state.visible) < everything
    assert {project.stage for project in projects(NOW.date())} == set(STAGES) - {"All"}


def test_due_dates_read_as_a_person_says_them() -> None:
    due = {project.name: project.due for project in projects(NOW.date())}
    assert (due["Merger agreement"], due["Release notes 14.2"], due["Annual report 2026"]) == (
        "Today",
        "Tomorrow",
        "12 Mar",
    )


def test_a_file_that_is_ready_becomes_work() -> None:
    state = fresh(ProjectsState)
    before = [project.name for project in state.visible]
    state.take_in(su.Ended("u", "brief.pdf", "", 3, "ready", "/f/x", "/d", "", ""))
    assert [project.name for project in state.visible] == ["brief.pdf", *before]


def test_a_file_is_renamed_and_keeps_its_extension(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []

    def renames(_context: object, _owner: str, upload_id: str, name: str) -> None:
        asked.append((upload_id, name))
        if name == "..":
            raise BadName

    monkeypatch.setattr(library.naming, "rename_upload", renames)
    state = files()
    run(FilesState.load, state)
    run(FilesState.ask_name, state, "u3")
    run(FilesState.rename, state, "u3", {"name": ".."})
    assert (state.renaming, state.wrong_name) == ("u3", BadName.sentence)
    run(FilesState.rename, state, "u3", {"name": "cat"})
    assert (state.renaming, state.wrong_name) == ("", "")
    run(FilesState.rename, state, "u4", {"name": "cat.png"})
    assert asked == [("u3", ".."), ("u3", "cat.jpeg"), ("u4", "cat.png")]


def test_files_with_a_tag_are_shown_as_it_is_written_there(service: Service) -> None:
    state = files()
    run(FilesState.show_tag, state, "tax")
    assert (service.wanted.tag, state.tag, state.address) == ("tax", "Tax", "?tag=tax")
    assert [(row.name, row.count) for row in state.tags] == [("Board", 1), ("Tax", 2)]
    run(FilesState.show_tag, state, "gone")
    assert [(row.name, row.count) for row in state.tags] == [("Board", 1), ("Tax", 2), ("gone", 0)]
    run(FilesState.show_tag, state, "")
    assert (state.tag, state.address, len(state.tags)) == ("", "", 2)


def test_tags_are_given_and_taken(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Any, ...]] = []

    def gives(_context: object, _owner: str, upload_ids: list[str], tags: list[str]) -> None:
        asked.append((upload_ids, tags))
        if tags == [""]:
            raise InvalidRequest

    monkeypatch.setattr(tagging.tagging, "give_tags", gives)
    monkeypatch.setattr(tagging.tagging, "take_tag", lambda *given: asked.append(given[2:]))
    state = files()
    run(FilesState.ask_tags, state, "u3")
    run(FilesState.give_tags, state, ["u3"], {"tag": " , "})
    assert (state.tagging, state.wrong_tag, state.tagged) == ("u3", InvalidRequest.sentence, 0)
    run(FilesState.give_tags, state, ["u3", "u4"], {"tag": "tax، 2025"})
    assert (state.tagging, state.wrong_tag, state.tagged) == ("u3", "", 1), "for the next one"
    run(FilesState.take_tag, state, ["u3"], "tax")
    assert asked == [(["u3"], [""]), (["u3", "u4"], ["tax", " 2025"]), (["u3"], "tax")]
    run(FilesState.ask_tags, state, "")
    assert state.tagging == ""
