"""What the page about notifications shows and does: for this browser, or for the reader of a mail."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from reflex.istate.data import RouterData

from smartupload.adapters.memory import ManualClock, MemoryLive, MemoryMailer, MemoryStore
from smartupload.errors import LinkVoid, MailUnavailable, TryAgain
from smartupload.pages import notifications as page
from smartupload.service.context import Context
from smartupload.service.notify import contact
from smartupload.settings import load
from smartupload.state import NotificationsState, notifications
from tests.fixtures_database import database_at
from tests.pages.test_pages import rendered
from tests.pages.test_state import an_app_with, does, is_always
from tests.unit.mailing import ADDRESS, confirms, gives_address, mailer

OTHER = "anna@other.example"


@pytest.fixture
def ctx(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Context]:
    """The service behind the state of somebody called anna."""
    db = database_at(f"sqlite:///{tmp_path}/test.sqlite")
    ctx = Context(load({}), db, MemoryStore(), MemoryLive(), ManualClock(), mailer=MemoryMailer())
    monkeypatch.setattr(notifications, "owner_of", is_always("anna"))
    with an_app_with(ctx):
        yield ctx
    db.close()


def opened(query: str = "") -> Any:
    """The page in a new tab."""
    state: Any = NotificationsState(_reflex_internal_init=True)  # type: ignore[call-arg]
    state.router = RouterData.from_router_data(
        {
            "pathname": "/notifications",
            "asPath": f"/notifications{query}",
            "headers": {"origin": "http://localhost:3000"},
        }
    )
    does(state, "open")
    return state


def test_an_address_from_nothing_to_confirmed(ctx: Context) -> None:
    state = opened()
    assert (state.loaded, state.email, state.asked, state.by_link) == (True, "", "", False)
    does(state, "save", {"email": f" {ADDRESS} "})
    assert (state.email, state.asked) == ("", ADDRESS)
    does(state, "send_again")
    confirms(ctx, mailer(ctx).mails[-1])
    does(state, "load")
    assert (state.email, state.asked) == (ADDRESS, "")
    does(state, "remove")
    assert (state.email, contact.load(ctx, "anna").email) == ("", "")


def test_switches(ctx: Context) -> None:
    state = opened()
    for _ in range(2):
        does(state, "switch_mails")
        does(state, "switch_pushes")
        now = contact.load(ctx, "anna")
        assert (state.mails, state.pushes) == (now.mails, now.pushes)
    assert (state.mails, state.pushes) == (True, True)
    assert state.told_browsers == "No browser of yours gets them yet."


def test_a_mails_link_changes_its_reader_and_nobody_else(ctx: Context) -> None:
    key = gives_address(ctx, "ben", "ben@example.org")
    state = opened(f"?c={key.tag}&s={key.signature}&said=confirmed")
    assert (state.by_link, state.email, state.said, state.error) == (True, "ben@example.org", "confirmed", "")
    does(state, "switch_mails")
    assert (contact.load(ctx, "ben").mails, contact.load(ctx, "anna").mails) == (False, True)
    does(state, "save", {"email": OTHER})
    assert contact.load(ctx, "ben").asked == OTHER
    assert contact.load(ctx, "anna").asked == ""


def test_a_link_that_is_void_leaves_this_browsers_own_settings(ctx: Context) -> None:
    gives_address(ctx)
    key = gives_address(ctx, "ben", "ben@example.org")
    state = opened(f"?c={key.tag}&s={key.signature[:-1]}x")
    assert (state.by_link, state.email, state.error) == (False, ADDRESS, LinkVoid.sentence)
    does(state, "switch_mails")
    assert (contact.load(ctx, "ben").mails, contact.load(ctx, "anna").mails) == (True, False)
    assert state.error == ""


def test_an_answer_to_a_void_confirmation(ctx: Context) -> None:
    assert opened("?said=void").error == LinkVoid.sentence


def test_what_went_wrong_is_said_until_something_goes_right(ctx: Context) -> None:
    state = opened()
    mailer(ctx).fault = TryAgain("away")
    does(state, "save", {"email": ADDRESS})
    does(state, "load")
    assert (state.error, state.asked) == (MailUnavailable.sentence, "")
    mailer(ctx).fault = None
    does(state, "save", {"email": ADDRESS})
    assert (state.error, state.asked) == ("", ADDRESS)


def test_without_a_cookie_there_is_nothing(ctx: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notifications, "owner_of", is_always(""))
    state = opened()
    does(state, "save", {"email": ADDRESS})
    assert (state.loaded, state.asked, mailer(ctx).mails) == (True, "", [])


def test_the_page_has_what_a_person_needs() -> None:
    text = rendered(page.page())
    for words in (
        "notice-mail", "notice-push", "TellSwitch", "Your mail address", "Not confirmed yet", "Send it again",
        "Stop these mails", "Remove", "switch", "aria-checked",
    ):  # fmt: skip
        assert words in text
