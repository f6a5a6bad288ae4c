"""States say what they say in the language of the tab whose event they handle."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from reflex_base.registry import RegistrationContext

from smartupload import words
from smartupload.errors import LinkVoid, UploadNotFound
from smartupload.service.presentation.views import UploadPage
from smartupload.state import (
    DropsState,
    FilesState,
    LanguageState,
    LibraryState,
    NotificationsState,
    TokensState,
    library,
    notifications,
)
from smartupload.words.catalogue import using
from tests import pseudo
from tests.pages.test_state import an_app_with, does, fresh, is_always, upload

NONE = "No browser of yours gets them yet."


@pytest.fixture
def handshake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """Of a tab whose browser asks for another language."""
    scope = {"type": "websocket", "headers": [(b"accept-language", b"de-AT, en;q=0.5")]}
    monkeypatch.setattr(library, "owner_of", is_always("anna"))
    monkeypatch.setattr(notifications, "owner_of", is_always(""))
    with (
        using(pseudo.made(tmp_path / "locales", "de")),
        an_app_with(SimpleNamespace(settings=SimpleNamespace(smtp_url=""))),
    ):
        app: Any = RegistrationContext.get().app
        app.sio = SimpleNamespace(get_environ=lambda _sid, _namespace: {"asgi.scope": scope})
        app.event_namespace = SimpleNamespace(namespace="/_event")
        app.get_load_events = lambda _path: [LibraryState.open, TokensState.open, DropsState.open, FilesState.load]
        yield scope


def marked(text: str) -> str:
    return f"{pseudo.BEGIN}{text}{pseudo.END}"


def test_rows_and_refusals(handshake: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library.library, "list_uploads", lambda *_: UploadPage([upload(1)], None))
    monkeypatch.setattr(library.tagging, "tags_of_all", lambda *_: [])
    monkeypatch.setattr(library.library, "tally", lambda *_: library.library.Tally(1, 1, 1))
    state = fresh(FilesState)
    does(state, "load")
    (row,) = state.rows
    assert (row.state_text, row.size) == (marked("Ready"), f"2,14 {marked('GB')}")

    def refuses(*_given: Any) -> None:
        raise UploadNotFound

    monkeypatch.setattr(library.cancel, "cancel_upload", refuses)
    does(state, "delete", "u1")
    assert state.error == marked(UploadNotFound.sentence)
    assert words.language() == "en", "of the event alone"


def test_what_was_picked_comes_first_and_then_what_is_picked_in_the_tab(handshake: dict[str, Any]) -> None:
    def says() -> str:
        state = fresh(NotificationsState)
        does(state, "open")
        return state.told_browsers

    assert says() == marked(NONE)
    handshake["headers"].append((b"cookie", b"smartupload_language=en"))
    assert says() == NONE
    picking = fresh(LanguageState)
    does(picking, "speak", "de")
    assert says() == marked(NONE)
    for nothing_of_ours in ("xx", "", "../de"):
        does(picking, "speak", nothing_of_ours)
        assert says() == marked(NONE)
    does(picking, "speak", "en")
    assert says() == NONE
    assert LinkVoid().read() == LinkVoid.sentence


def test_what_the_page_has_read_is_read_again_and_what_it_shows_once_stays(handshake: dict[str, Any]) -> None:
    """A page that is opened forgets the token that was just made; one that speaks otherwise must not."""
    picking: Any = fresh(LanguageState)
    again = LanguageState.speak.fn(picking, "de")
    assert [one.fn for one in again] == [
        one.fn for one in (LibraryState.open, TokensState.load, DropsState.load, FilesState.load)
    ]
    assert LanguageState.speak.fn(picking, "xx") is None, "of ours it is none, so nothing is another"
