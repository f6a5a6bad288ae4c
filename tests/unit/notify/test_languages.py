"""Mails and pushes in the language of whoever gets them, which is kept where they are told."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import select

from smartupload import words
from smartupload.adapters.memory import MemoryMailer
from smartupload.models import Contact, Delivery, Event
from smartupload.ports import Mail, PushTarget
from smartupload.service.context import Context
from smartupload.service.notify import contact, mail, push, subscriptions
from smartupload.service.personal import kept
from smartupload.service.records import recipients
from smartupload.words.catalogue import using
from tests import pseudo
from tests.fixtures_push import Subscribed
from tests.inline import with_inline
from tests.unit.mailing import ADDRESS, clock, confirms, mailer, told
from tests.unit.person import Person


class Pusher:
    """Keeps what is pushed."""

    public_key = "key"

    def __init__(self) -> None:
        self.said: list[dict[str, str]] = []

    def send(self, _target: PushTarget, payload: bytes, _topic: str) -> None:
        """See ports.Pusher."""
        self.said.append(json.loads(payload))


@pytest.fixture
def pusher() -> Pusher:
    return Pusher()


@pytest.fixture
def ctx(make_context: Callable[..., Context], pusher: Pusher) -> Context:
    """One that mails and pushes."""
    made = make_context(public_url="https://up.example.org", push_hosts="push.example", admin_emails="ops@example.org")
    return with_inline(replace(made, mailer=MemoryMailer(), pusher=pusher))  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def spoken(tmp_path: Path) -> Generator[None]:
    """A language that runs from right to left."""
    with using(pseudo.made(tmp_path / "locales", "ar")):
        yield


def subscribes(ctx: Context) -> None:
    target = Subscribed("https://push.example/1").target
    subscriptions.subscribe(ctx, "anna", target.endpoint, target.p256dh, target.auth)


def arrives(ctx: Context) -> None:
    person = Person(ctx)
    upload = person.creates("big.mov", 1000)
    clock(ctx).move(60)
    person.sends(upload, person.cut(upload))
    person.completes(upload)


def mails(ctx: Context, target: str = "anna") -> list[Mail]:
    before = len(mailer(ctx).mails)
    mail.send(ctx, [event for delivery, event in told(ctx) if delivery.target == target], target)
    return mailer(ctx).mails[before:]


def test_a_mail_and_its_confirmation(ctx: Context) -> None:
    with words.speaking("ar"):
        contact.change(ctx, "anna", ADDRESS)
    asked = mailer(ctx).mails.pop()
    confirms(ctx, asked)
    arrives(ctx)
    (found,) = mails(ctx)
    for one in (asked, found):
        assert '<html lang="ar" dir="rtl">' in one.html
        assert "text-align:right" in one.html
        for text in (one.subject, one.text, one.html):
            assert pseudo.is_said(text)
    assert found.subject == f"big.mov {pseudo.BEGIN}is ready{pseudo.END}"


def test_who_said_nothing_is_told_in_english(ctx: Context) -> None:
    contact.change(ctx, "anna", ADDRESS)
    confirms(ctx, mailer(ctx).mails.pop())
    with ctx.db.write() as session:
        row = session.get(Contact, "anna")
        assert row is not None
        row.language = ""  # as from before there were others
        session.add(row)
    with words.speaking("ar"):
        arrives(ctx)
        (found,) = mails(ctx)
    assert found.subject == "big.mov is ready"
    assert '<html lang="en"><head>' in found.html


def test_another_address_is_written_to_in_the_language_in_which_it_was_given(ctx: Context) -> None:
    contact.change(ctx, "anna", ADDRESS)
    assert kept.notifications(ctx, "anna")["contact"]["language"] == "en"
    with words.speaking("ar"):
        contact.change(ctx, "anna", mails=False)
        assert kept.notifications(ctx, "anna")["contact"]["language"] == "en"
        contact.change(ctx, "anna", "anna@other.example")
    assert kept.notifications(ctx, "anna")["contact"]["language"] == "ar"


def test_a_push(ctx: Context, pusher: Pusher) -> None:
    with words.speaking("ar"):
        subscribes(ctx)
    arrives(ctx)
    with ctx.db.read() as session:
        (delivery,) = session.exec(select(Delivery).where(Delivery.channel == recipients.PUSH))
        event = session.get(Event, delivery.event_id)
    assert event is not None
    push.send(ctx, event, delivery.target)
    (said,) = pusher.said
    assert (said["title"], said["name"]) == (f"big.mov {pseudo.BEGIN}is ready{pseudo.END}", "big.mov")
    assert pseudo.is_said(said["body"])
    assert (said["lang"], said["dir"]) == ("ar", "rtl")
    assert [one["language"] for one in kept.notifications(ctx, "anna")["push_subscriptions"]] == ["ar"]
    subscribes(ctx)
    assert [one["language"] for one in kept.notifications(ctx, "anna")["push_subscriptions"]] == ["en"]
