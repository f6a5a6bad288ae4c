"""Links in mails: they name nobody, hold for one contact and one purpose, and a forged one opens nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from smartupload.errors import LinkVoid
from smartupload.service.context import Context
from smartupload.service.notify import contact, contact_links
from tests.unit.mailing import ADDRESS, confirms, contact_of, gives_address, link_in, mailer, with_mailer

OWNER = "0123456789abcdef" * 2


@pytest.fixture
def ctx(make_context: Callable[..., Context]) -> Context:
    """One that mails."""
    return with_mailer(make_context(public_url="https://up.example.org"))


def test_they_do_not_name_their_owner(ctx: Context) -> None:
    gives_address(ctx, OWNER)
    person = contact_of(ctx, OWNER)
    for link in (contact_links.stop_link(ctx, person), contact_links.manage_link(ctx, person)):
        assert link.startswith("https://up.example.org/")
        assert OWNER not in link
        assert ADDRESS.partition("@")[0] not in link
        assert person.secret not in link


def test_one_for_confirming_does_not_change_and_the_other_way_round(ctx: Context) -> None:
    contact.change(ctx, OWNER, ADDRESS)
    link = link_in(mailer(ctx).mails[0], "/api/notifications/confirm")
    with pytest.raises(LinkVoid):
        contact.stop(ctx, link["c"], link["s"])
    key = confirms(ctx, mailer(ctx).mails[0])
    with pytest.raises(LinkVoid):
        contact.confirm(ctx, key.tag, key.signature)


@pytest.mark.parametrize("part", ["tag", "signature"])
@pytest.mark.parametrize(
    "change", [lambda text: "", lambda text: text[:-1], lambda text: text[:-1] + "x", lambda text: "é\x00"]
)
def test_forged(ctx: Context, part: str, change: Callable[[str], str]) -> None:
    key = gives_address(ctx, OWNER)
    forged = {"tag": key.tag, "signature": key.signature}
    forged[part] = change(forged[part])
    for use in (contact.stop, contact.confirm, contact.owner_behind):
        with pytest.raises(LinkVoid):
            use(ctx, forged["tag"], forged["signature"])
    assert contact.load(ctx, OWNER).mails is True


def test_one_contact_does_not_open_another(ctx: Context) -> None:
    anna, ben = gives_address(ctx, "anna"), gives_address(ctx, "ben")
    assert anna.signature != ben.signature
    with pytest.raises(LinkVoid):
        contact.stop(ctx, anna.tag, ben.signature)


def test_void_once_the_address_has_changed(ctx: Context) -> None:
    old = gives_address(ctx)
    new = gives_address(ctx, address="anna@other.example")
    with pytest.raises(LinkVoid):
        contact.stop(ctx, old.tag, old.signature)
    assert contact.owner_behind(ctx, new.tag, new.signature) == "anna"
