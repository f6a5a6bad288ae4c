"""What the page about tokens shows and does."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from smartupload.adapters.memory import ManualClock, MemoryLive, MemoryStore
from smartupload.service.access import tokens as service
from smartupload.service.context import Context
from smartupload.settings import load
from smartupload.state import TokensState, asking
from tests.fixtures_database import database_at
from tests.pages.test_state import an_app_with, does, fresh, is_always


@pytest.fixture
def ctx(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Context]:
    """The service behind the state of somebody called anna."""
    db = database_at(f"sqlite:///{tmp_path}/test.sqlite")
    ctx = Context(load({}), db, MemoryStore(), MemoryLive(), ManualClock())
    monkeypatch.setattr(asking, "owner_of", is_always("anna"))
    with an_app_with(ctx):
        yield ctx
    db.close()


@pytest.fixture
def state(ctx: Context) -> Any:
    """The page in a new tab."""
    state = fresh(TokensState)
    does(state, "open")
    assert (state.loaded, state.rows) == (True, [])
    return state


def test_a_token_from_its_making_to_its_end(ctx: Context, state: Any) -> None:
    does(state, "make", {"name": "Backup", "upload": "on", "days": "30"})
    assert service.find(ctx, state.made) is not None
    (row,) = state.rows
    assert (row.name, row.scopes, row.used, row.is_over) == ("Backup", "Upload", "", False)
    does(state, "put_away")
    assert state.made == ""
    does(state, "ask", row.id)
    assert state.asked == row.id
    does(state, "revoke", row.id)
    assert (state.rows, state.asked, state.error) == ([], "", "")
    does(state, "revoke", row.id)
    assert state.error == "", "it was revoked in another tab"


def test_it_is_not_shown_when_the_page_is_opened_again(state: Any) -> None:
    does(state, "make", {"name": "Backup", "read": "on", "upload": "on", "days": "7"})
    assert state.rows[0].scopes == "Upload and read"
    does(state, "open")
    assert state.made == ""
    assert len(state.rows) == 1


@pytest.mark.parametrize(
    "form",
    [{"name": "", "read": "on", "days": "7"}, {"name": "a", "days": "7"}, {"name": "a", "read": "on", "days": "x"}],
)
def test_what_is_wrong_is_said(state: Any, form: dict[str, Any]) -> None:
    does(state, "make", form)
    assert state.error
    assert (state.made, state.rows) == ("", [])
