"""What the pages about drop links show and do: for whoever makes them, and for whoever comes by one."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

from smartupload.adapters.memory import ManualClock, MemoryLive, MemoryStore
from smartupload.service.context import Context
from smartupload.service.drops import links
from smartupload.service.drops.links import Limits, NewDrop
from smartupload.service.links import share
from smartupload.service.owner import owner_of_person
from smartupload.settings import load
from smartupload.state import DropsState, FilesState, SharedFileState, asking, library, shared
from tests.fixtures_database import database_at
from tests.pages.test_state import an_app_with, does, fresh, is_always, run
from tests.unit.person import Person

ANNA = owner_of_person("i", "anna")
STRANGER = "5" * 32
FORM = {"title": "Tax papers", "asker": "", "days": "14", "files": "", "size": "", "bytes": "", "types": ""}

Make = Callable[..., Context]


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Make]:
    """The service behind the states of Anna, who has signed in."""
    db = database_at(f"sqlite:///{tmp_path}/test.sqlite")
    for module in (asking, library, shared):
        monkeypatch.setattr(module, "owner_of", is_always(ANNA))

    def made(**settings: str) -> Context:
        there = Context(
            load({f"SMARTUPLOAD_{name.upper()}": text for name, text in settings.items()}),
            db,
            MemoryStore(),
            MemoryLive(),
            ManualClock(),
        )
        return dataclasses.replace(there, drop_key=b"a key")

    yield made
    db.close()


@pytest.fixture
def ctx(make: Make) -> Generator[Context]:
    """Without a setting."""
    made = make()
    with an_app_with(made):
        yield made


@pytest.fixture
def state(ctx: Context) -> Any:
    """The panel in a new tab."""
    state = fresh(DropsState)
    does(state, "open")
    assert (state.exist, state.rows) == (True, [])
    return state


def test_a_link_from_its_making_to_its_end(state: Any) -> None:
    does(state, "make", FORM | {"files": "3", "size": "5", "types": ".pdf"})
    (row,) = state.rows
    assert (row.title, row.limits, state.made) == ("Tax papers", "3 files at most, each up to 5.0 MB, only .pdf", 1)
    does(state, "close", row.id)
    assert not state.rows[0].is_open
    does(state, "ask", row.id)
    assert state.asked == row.id
    does(state, "keep")
    assert state.asked == ""
    does(state, "delete", row.id)
    does(state, "delete", row.id)
    assert (state.rows, state.error) == ([], ""), "it was deleted in another tab"


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", "  "), ("asker", "a" * 101), ("days", "400"), ("files", "0"), ("files", "a"), ("size", "-1"), ("bytes", "1.5"), ("types", "pdf")],
)  # fmt: skip
def test_a_mistake_is_told_at_its_field_and_the_form_stays_as_it_is(state: Any, field: str, value: str) -> None:
    does(state, "make", FORM | {field: value})
    assert (state.wrong, state.made, state.rows) == (field, 0, [])
    assert state.error
    does(state, "make", FORM)
    assert (state.wrong, state.error, state.made) == ("", "", 1)


def test_what_is_wrong_with_no_field_is_told_above(state: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "MOST", 0)
    does(state, "make", FORM)
    assert state.error
    assert (state.wrong, state.made) == ("", 0)


@pytest.mark.parametrize("name", ["Bert", ""])
def test_files_and_the_files_page_say_by_which_link_it_came(
    ctx: Context, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = links.make(ctx, ANNA, NewDrop("Tax papers"))
    uploader = links.page(ctx, one.url.rpartition("/")[2], STRANGER).uploader
    sent = Person(ctx, STRANGER).creates(uploader=uploader, metadata={"from": name} if name else {})
    clock: Any = ctx.clock
    clock.move(1)
    Person(ctx, ANNA).creates("own.bin")
    token = library.library.list_uploads(ctx, ANNA).uploads[-1].share_token
    monkeypatch.setattr(shared, "token_of", lambda _state: token)
    for title in ("“Tax papers”", "a drop link that is no more"):
        files: Any = FilesState(_reflex_internal_init=True)  # type: ignore[call-arg]
        run(FilesState.load, files)
        said = f"Sent by {name or 'somebody'} by {title}"
        assert [row.sent_by for row in files.rows] == ["", said]
        page: Any = SharedFileState(_reflex_internal_init=True)  # type: ignore[call-arg]
        run(SharedFileState.load, page)
        assert (page.upload_id, page.sent_by) == (sent.id, said)
        if title.startswith("“"):
            links.remove(ctx, ANNA, one.id)
    with pytest.raises(Exception, match="not share"):
        share.shared_page(ctx, token, STRANGER)
    monkeypatch.setattr(library, "owner_of", is_always(STRANGER))
    run(FilesState.load, files)
    assert [row.sent_by for row in files.rows] == ["Sent by you, by a drop link"]


@pytest.mark.parametrize(
    ("site", "link", "shown"),
    [
        ({}, Limits(), (None, ())),
        ({"max_file_size": "1000"}, Limits(), (1000, ())),
        ({"max_file_size": "1000"}, Limits(size=2000), (1000, ())),
        ({"max_file_size": "1000"}, Limits(size=500), (500, ())),
        ({"scan": "required", "clamd_url": "tcp://here:3310"}, Limits(size=500), (500, ())),
        ({"allowed_types": "image/*,.pdf"}, Limits(), (None, ("image/*", ".pdf"))),
        ({"allowed_types": "image/*,.pdf"}, Limits(types=("image/png", ".mov")), (None, ("image/png",))),
        ({"allowed_types": "image/png,application/pdf"}, Limits(types=("image/*", ".pdf")), (None, (".pdf", "image/png"))),
    ],
)  # fmt: skip
def test_whoever_comes_by_a_link_sees_the_smaller_limits(
    make: Make, site: dict[str, str], link: Limits, shown: tuple[int | None, tuple[str, ...]]
) -> None:
    ctx = make(**site)
    one = links.make(ctx, ANNA, NewDrop("Tax papers", limits=link))
    limits = links.page(ctx, one.url.rpartition("/")[2], STRANGER).limits
    assert (limits.size, limits.types) == shown
