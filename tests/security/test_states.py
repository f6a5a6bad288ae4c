"""What a page's websocket can ask of files that are somebody else's: each handler that is given an id, as the page itself calls it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from smartupload.service.access import tokens
from smartupload.service.drops import links
from smartupload.state import (
    DropsState,
    FilesState,
    LinkState,
    SharedFileState,
    TokensState,
    asking,
    library,
    shared,
    tagging,
)
from tests.api.conftest import Browser, Site
from tests.api.test_uploads import is_problem
from tests.pages.test_state import an_app_with, fresh, is_always, run

NOT_THERE = "This upload does not exist, or it belongs to somebody else."
HANDLERS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "FilesState.delete": (FilesState, ()),
    "FilesState.rename": (FilesState, ({"name": "mine.bin"},)),
    "FilesState.give_tags": (FilesState, ({"tag": "mine"},)),
    "FilesState.take_tag": (FilesState, ("secret",)),
    "FilesState.pause": (FilesState, ()),
    "FilesState.resume": (FilesState, ()),
    "LinkState.stop": (LinkState, ()),
    "LinkState.share": (LinkState, ()),
    "LinkState.limit": (LinkState, ("2030-01-01T00:00:00Z", "1")),
    "LinkState.renew": (LinkState, ()),
}


@pytest.fixture(params=["another owner", "nobody"])
def as_whom(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, mallory: Browser) -> str:
    """Whose websocket it is."""
    owner = mallory.owner if request.param == "another owner" else ""
    for module in (asking, library, shared, tagging):
        monkeypatch.setattr(module, "owner_of", is_always(owner))
    return owner


@pytest.mark.parametrize("name", HANDLERS)
def test_handlers(site: Site, anna: Browser, upload: dict[str, Any], as_whom: str, name: str) -> None:
    kind, given = HANDLERS[name]
    before = [anna.get(f"/api/uploads/{upload['id']}{what}").json() for what in ("", "/link")]
    with an_app_with(site.context):
        state = fresh(kind)
        what = [upload["id"]] if name.endswith(("give_tags", "take_tag")) else upload["id"]
        answer = run(getattr(kind, name.split(".")[1]), state, what, *given)
        assert NOT_THERE in (state.error, getattr(state, "wrong_name", ""), getattr(state, "wrong_tag", ""))
    assert answer is None
    assert [anna.get(f"/api/uploads/{upload['id']}{what}").json() for what in ("", "/link")] == before


def test_links_and_tokens_of_somebody_else(site: Site, anna: Browser, as_whom: str) -> None:
    context = replace(site.context, drop_key=b"a key")
    drop = links.make(context, anna.owner, links.NewDrop("Tax papers"))
    tokens.make(context, anna.owner, "Backup", ["read"], 30)
    (token,) = tokens.all_of(context, anna.owner)
    with an_app_with(context):
        for name in ("close", "delete"):
            state = fresh(DropsState)
            run(getattr(DropsState, name), state, drop.id)
            assert (state.rows, state.made) == ([], 0)
        state = fresh(TokensState)
        run(TokensState.revoke, state, token.id)
        assert (state.rows, state.made) == ([], "")
    assert links.all_of(context, anna.owner) == [drop]
    assert tokens.all_of(context, anna.owner) == [token]


def test_nobody_makes_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "owner_of", is_always(""))
    context = replace(site.context, drop_key=b"a key")
    with an_app_with(context):
        run(DropsState.make, fresh(DropsState), {"title": "Tax papers", "days": "7"})
        run(TokensState.make, fresh(TokensState), {"name": "Backup", "read": "on", "days": "7"})
    assert (links.all_of(context, ""), tokens.all_of(context, "")) == ([], [])


def test_the_list(site: Site, upload: dict[str, Any], as_whom: str) -> None:
    with an_app_with(site.context):
        state = fresh(FilesState)
        run(FilesState.load, state)
        assert {row.name for row in state.rows} <= {"hers.bin"}
        assert state.error == ""


def test_the_page_of_a_link_that_is_closed(
    site: Site, anna: Browser, upload: dict[str, Any], as_whom: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna.put(f"/api/uploads/{upload['id']}/link", json={"revoked": True})
    monkeypatch.setattr(shared, "token_of", lambda state: upload["share_token"])
    with an_app_with(site.context):
        state = fresh(SharedFileState)
        run(SharedFileState.load, state)
        assert (state.status, state.name, state.upload_id, state.link_url) == ("closed", "", "", "")
    is_problem(site.browser().get(f"/api/shared/{upload['share_token']}"), 410, "link_revoked")


def test_the_page_of_an_open_link_gives_no_more_than_the_file(
    site: Site, upload: dict[str, Any], as_whom: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared, "token_of", lambda state: upload["share_token"])
    with an_app_with(site.context):
        state = fresh(SharedFileState)
        run(SharedFileState.load, state)
        assert (state.status, state.name) == ("uploading", "plans.pdf")
        assert (state.upload_id, state.link_url) == ("", "")
