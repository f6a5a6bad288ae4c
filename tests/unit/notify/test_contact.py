"""Where people want to be told: an address counts once it is confirmed, and nobody can be flooded with questions."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from smartupload.errors import BadAddress, LinkVoid, MailUnavailable, TooManyMails, TryAgain, Undeliverable
from smartupload.models import Asked, Delivery, PushSubscription
from smartupload.service.context import Context
from smartupload.service.notify import contact
from smartupload.service.notify.contact import ContactView
from tests.unit.mailing import (
    ADDRESS,
    DAY,
    clock,
    confirms,
    contact_of,
    gives_address,
    mailer,
    told,
    with_mailer,
)
from tests.unit.person import Person

OTHER = "anna@other.example"
NOTHING = ContactView("", "", mails=True, pushes=True, subscriptions=0)


@pytest.fixture
def ctx(make_context: Callable[..., Context]) -> Context:
    """One that mails."""
    return with_mailer(make_context())


def test_somebody_new_has_set_nothing(ctx: Context) -> None:
    assert contact.load(ctx, "anna") == NOTHING


def test_an_address_counts_once_it_is_confirmed(ctx: Context) -> None:
    asked = contact.change(ctx, "anna", "  anna@EXAMPLE.org ")
    assert asked == ContactView("", ADDRESS, mails=True, pushes=True, subscriptions=0)
    (mail,) = mailer(ctx).mails
    assert mail.to == ADDRESS
    confirms(ctx, mail)
    assert contact.load(ctx, "anna") == ContactView(ADDRESS, "", mails=True, pushes=True, subscriptions=0)
    confirms(ctx, mail)  # whoever checks links was first, then the person clicks
    assert contact.load(ctx, "anna").email == ADDRESS


def test_the_old_one_stays_until_the_new_one_is_confirmed(ctx: Context) -> None:
    gives_address(ctx)
    contact.change(ctx, "anna", OTHER)
    view = contact.load(ctx, "anna")
    assert (view.email, view.asked) == (ADDRESS, OTHER)
    confirms(ctx, mailer(ctx).mails[-1])
    view = contact.load(ctx, "anna")
    assert (view.email, view.asked) == (OTHER, "")


def test_only_the_newest_question_counts(ctx: Context) -> None:
    contact.change(ctx, "anna", ADDRESS)
    clock(ctx).move(1)
    contact.change(ctx, "anna", OTHER)
    first, second = mailer(ctx).mails
    with pytest.raises(LinkVoid):
        confirms(ctx, first)
    confirms(ctx, second)
    with pytest.raises(LinkVoid):
        confirms(ctx, first)
    assert contact.load(ctx, "anna").email == OTHER


def test_a_question_is_good_for_three_days(ctx: Context) -> None:
    contact.change(ctx, "anna", ADDRESS)
    clock(ctx).move(3 * DAY + 1)
    assert contact.load(ctx, "anna") == NOTHING
    with pytest.raises(LinkVoid):
        confirms(ctx, mailer(ctx).mails[-1])


def test_the_same_address_again_asks_nobody(ctx: Context) -> None:
    gives_address(ctx)
    contact.change(ctx, "anna", OTHER)
    contact.change(ctx, "anna", mails=False)
    view = contact.change(ctx, "anna", ADDRESS)
    assert view == ContactView(ADDRESS, "", mails=True, pushes=True, subscriptions=0)
    assert [mail.to for mail in mailer(ctx).mails] == [OTHER]


def test_removing_makes_every_earlier_link_void(ctx: Context) -> None:
    key = gives_address(ctx)
    assert contact.owner_behind(ctx, key.tag, key.signature) == "anna"
    assert contact.change(ctx, "anna", "") == NOTHING
    gives_address(ctx)
    with pytest.raises(LinkVoid):
        contact.stop(ctx, key.tag, key.signature)


def test_switches(ctx: Context) -> None:
    with ctx.db.write() as session:
        now = ctx.clock.now()
        for owner in ("anna", "anna", "ben"):
            number = f"{owner}{len(session.new)}"
            session.add(PushSubscription(id=number, owner=owner, endpoint=number, p256dh="", auth="", created_at=now))
    assert contact.change(ctx, "anna", mails=False).mails is False
    assert contact.change(ctx, "anna", pushes=False) == ContactView("", "", mails=False, pushes=False, subscriptions=2)
    assert contact.change(ctx, "anna", mails=True, pushes=True) == ContactView(
        "", "", mails=True, pushes=True, subscriptions=2
    )
    assert mailer(ctx).mails == []


def test_stopping_by_link_and_starting_again(ctx: Context) -> None:
    key = gives_address(ctx)
    contact.stop(ctx, key.tag, key.signature)
    contact.stop(ctx, key.tag, key.signature)
    assert contact.load(ctx, "anna").mails is False
    contact.change(ctx, contact.owner_behind(ctx, key.tag, key.signature), mails=True)
    assert contact.load(ctx, "anna").mails is True


@pytest.mark.parametrize(("fault", "problem"), [(TryAgain("x"), MailUnavailable), (Undeliverable("x"), BadAddress)])
def test_a_question_that_cannot_be_mailed_leaves_everything_as_it_was(
    ctx: Context, fault: TryAgain | Undeliverable, problem: type[Exception]
) -> None:
    gives_address(ctx)
    mailer(ctx).fault = fault
    with pytest.raises(problem):
        contact.change(ctx, "anna", OTHER)
    view = contact.load(ctx, "anna")
    assert (view.email, view.asked) == (ADDRESS, "")


def test_without_a_mailer_it_says_so(make_context: Callable[..., Context]) -> None:
    with pytest.raises(MailUnavailable):
        contact.change(make_context(), "anna", ADDRESS)


class TestLimits:
    def test_for_one_person(self, ctx: Context) -> None:
        for number in range(contact.ASKS):
            contact.change(ctx, "anna", f"{number}@example.org")
        with pytest.raises(TooManyMails):
            contact.change(ctx, "anna", OTHER)
        assert contact.load(ctx, "anna").asked == f"{contact.ASKS - 1}@example.org"
        assert contact.change(ctx, "ben", OTHER).asked == OTHER
        clock(ctx).move(3601)
        assert contact.change(ctx, "anna", OTHER).asked == OTHER

    def test_for_one_address_whoever_asks(self, ctx: Context) -> None:
        for number in range(contact.ASKS):
            contact.change(ctx, f"owner{number}", ADDRESS)
            contact.change(ctx, f"owner{number}", "")
        with pytest.raises(TooManyMails):
            contact.change(ctx, "eve", "anna@EXAMPLE.org")
        assert len(mailer(ctx).mails) == contact.ASKS
        assert contact.load(ctx, "eve") == NOTHING

    def test_for_one_address_however_many_ask_at_once(self, ctx: Context, monkeypatch: pytest.MonkeyPatch) -> None:
        """One waits for those who ask for the same address, and counts what they have asked meanwhile."""
        address = hashlib.sha256(ADDRESS.encode()).hexdigest()
        held: list[str] = []

        def hold(session: Session, name: str) -> None:
            held.append(name)
            if name == address:
                others = [f"owner{number}" for number in range(contact.ASKS)]
                session.add_all(Asked(owner=one, address=address, asked_at=ctx.clock.now()) for one in others)
                session.flush()

        monkeypatch.setattr(ctx.db, "hold", hold)
        with pytest.raises(TooManyMails):
            contact.change(ctx, "eve", ADDRESS)
        assert held == ["eve", address]
        assert mailer(ctx).mails == []

    def test_a_server_that_was_away_does_not_count(self, ctx: Context) -> None:
        mailer(ctx).fault = TryAgain("away")
        for _ in range(2 * contact.ASKS):
            with pytest.raises(MailUnavailable):
                contact.change(ctx, "anna", ADDRESS)
        mailer(ctx).fault = None
        assert contact.change(ctx, "anna", ADDRESS).asked == ADDRESS

    def test_what_no_longer_counts_is_forgotten(self, ctx: Context) -> None:
        contact.change(ctx, "anna", ADDRESS)
        clock(ctx).move(3601)
        contact.change(ctx, "ben", OTHER)
        with ctx.db.read() as session:
            assert [row.owner for row in session.exec(select(Asked))] == ["ben"]


def test_what_waited_for_the_confirmation_is_due_at_once(ctx: Context) -> None:
    person = Person(ctx)
    contact.change(ctx, "anna", ADDRESS)
    upload = person.creates()
    clock(ctx).move(60)
    person.sends(upload, person.cut(upload))
    person.completes(upload)
    ((delivery, _),) = told(ctx)
    with ctx.db.write() as session:  # it was tried, and put off
        tried = session.get(Delivery, delivery.id)
        assert tried is not None
        tried.attempts, tried.error, tried.due_at = 1, "not confirmed", ctx.clock.now() + timedelta(hours=6)
    clock(ctx).move(10)
    confirms(ctx, mailer(ctx).mails[-1])
    ((delivery, _),) = told(ctx)
    assert delivery.due_at == ctx.clock.now()


def test_another_address_hurries_nothing(ctx: Context) -> None:
    """What is being sent to the old one must not be sent a second time to the new one."""
    person = Person(ctx)
    gives_address(ctx)
    upload = person.creates()
    clock(ctx).move(60)
    person.sends(upload, person.cut(upload))
    person.completes(upload)
    ((delivery, _),) = told(ctx)
    lease = ctx.clock.now() + timedelta(minutes=2)
    with ctx.db.write() as session:
        tried = session.get(Delivery, delivery.id)
        assert tried is not None
        tried.attempts, tried.due_at = 1, lease
    gives_address(ctx, address=OTHER)
    ((delivery, _),) = told(ctx)
    assert delivery.due_at == lease
    assert contact_of(ctx).email == OTHER
