"""What an owner does with a link."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from smartupload.adapters.memory import MemoryLive
from smartupload.errors import FileNotFound, InvalidRequest, LinkRevoked, UploadNotFound
from smartupload.models import Contact, Event, Watch
from smartupload.service.context import Context
from smartupload.service.links import link, share, watchers
from smartupload.service.notify import mail
from smartupload.service.presentation.views import UploadView
from smartupload.service.records import rows
from smartupload.service.uploads import cancel, library
from tests.notifiers import Postbox
from tests.unit.person import Person


def test_a_new_link_is_open_and_unlimited(ctx: Context, person: Person) -> None:
    upload = person.creates()
    found = link.get_link(ctx, "anna", upload.id)
    assert (found.url, found.token) == (upload.share_url, upload.share_token)
    assert (found.revoked, found.until, found.downloads_left) == (False, None, None)


def test_revoked_for_visitors_not_for_the_owner_and_open_again(ctx: Context, person: Person) -> None:
    upload = person.uploads()
    assert library.get_upload(ctx, "anna", upload.id).link_open
    assert link.set_revoked(ctx, "anna", upload.id, True).revoked
    assert not library.get_upload(ctx, "anna", upload.id).link_open
    for look in (share.shared_file, share.download_url, share.preview_url):
        with pytest.raises(LinkRevoked):
            look(ctx, upload.share_token)
    with pytest.raises(LinkRevoked):
        share.shared_page(ctx, upload.share_token, "ben")
    assert library.download_url(ctx, "anna", upload.id)
    page = share.shared_page(ctx, upload.share_token, "anna")
    assert page.link is not None
    assert page.link.revoked
    assert page.file.download_url == f"{ctx.settings.site_url}/api/uploads/{upload.id}/download"
    assert not link.set_revoked(ctx, "anna", upload.id, False).revoked
    assert share.download_url(ctx, upload.share_token)


def test_stopping_keeps_the_limits(ctx: Context, person: Person) -> None:
    upload = person.creates()
    until = ctx.clock.now() + timedelta(days=1)
    link.set_limits(ctx, "anna", upload.id, until, 3)
    link.set_revoked(ctx, "anna", upload.id, True)
    limited = link.set_limits(ctx, "anna", upload.id, until, 2)
    assert (limited.revoked, limited.until, limited.downloads_left) == (True, until, 2)


def test_stopping_while_limits_are_set(ctx: Context, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """On another device, after the one that limits has read the row."""
    upload = person.creates()
    change = rows.change

    def meanwhile(*given: Any, **values: Any) -> Any:
        monkeypatch.setattr(rows, "change", change)
        assert link.set_revoked(ctx, "anna", upload.id, True).revoked
        return rows.change(*given, **values)

    monkeypatch.setattr(rows, "change", meanwhile)
    limited = link.set_limits(ctx, "anna", upload.id, None, 5)
    assert (limited.revoked, limited.downloads_left) == (True, 5)


def test_a_placeholder_is_revoked_just_as_well_and_its_upload_goes_on(ctx: Context, person: Person) -> None:
    upload = person.creates()
    link.set_revoked(ctx, "anna", upload.id, True)
    person.sends(upload, person.cut(upload))
    assert person.completes(upload).state == "ready"
    with pytest.raises(LinkRevoked):
        share.shared_file(ctx, upload.share_token)


def test_a_new_link_makes_the_old_one_void(ctx: Context, person: Person) -> None:
    upload = person.uploads()
    link.set_link(ctx, "anna", upload.id, revoked=True, until=None, downloads_left=0)
    made = link.renew_link(ctx, "anna", upload.id)
    assert made.token != upload.share_token
    assert (made.revoked, made.downloads_left) == (False, None)
    assert share.shared_file(ctx, made.token).name == "a.bin"
    for visitor in ("ben", "anna"):
        with pytest.raises(FileNotFound):
            share.shared_page(ctx, upload.share_token, visitor)


def test_everybody_who_looks_is_told(ctx: Context, person: Person) -> None:
    upload = person.uploads()
    assert isinstance(ctx.live, MemoryLive)
    ctx.live.owners.clear()
    link.set_limits(ctx, "anna", upload.id, None, 1)
    link.set_revoked(ctx, "anna", upload.id, False)
    share.download_url(ctx, upload.share_token)
    link.renew_link(ctx, "anna", upload.id)
    assert ctx.live.owners == ["anna"] * 4


def test_nobody_else_may(ctx: Context, person: Person) -> None:
    upload = person.creates()
    for verb in (link.get_link, link.renew_link):
        for other in ("ben", ""):
            with pytest.raises(UploadNotFound):
                verb(ctx, other, upload.id)
    with pytest.raises(UploadNotFound):
        link.set_revoked(ctx, "ben", upload.id, True)
    assert link.get_link(ctx, "anna", upload.id).token == upload.share_token


def test_a_deleted_file_has_no_link(ctx: Context, person: Person) -> None:
    upload = person.uploads()
    cancel.cancel_upload(ctx, "anna", upload.id)
    for verb in (link.get_link, link.renew_link):
        with pytest.raises(UploadNotFound):
            verb(ctx, "anna", upload.id)


def test_a_day_that_is_over_is_refused_unless_it_is_the_one_that_was_set(ctx: Context, person: Person) -> None:
    upload = person.creates()
    with pytest.raises(InvalidRequest, match="still to come"):
        link.set_limits(ctx, "anna", upload.id, ctx.clock.now(), None)
    until = ctx.clock.now() + timedelta(hours=1)
    link.set_limits(ctx, "anna", upload.id, until, None)
    ctx.clock.move(7200)  # pyright: ignore[reportAttributeAccessIssue]
    assert link.set_link(ctx, "anna", upload.id, revoked=True, until=until, downloads_left=None).until == until


@pytest.mark.parametrize("number", [-1, link.MAX_DOWNLOADS + 1])
def test_numbers_that_make_no_sense(ctx: Context, person: Person, number: int) -> None:
    upload = person.creates()
    with pytest.raises(InvalidRequest):
        link.set_limits(ctx, "anna", upload.id, None, number)


def waits_for(ctx: Context, person: Person) -> tuple[UploadView, Postbox]:
    """Somebody else's upload that ben, who takes mails, waits for, and what is mailed."""
    upload = person.creates()
    with ctx.db.write() as session:
        session.add(Contact(owner="ben", email="ben@example.org", secret="s", created_at=ctx.clock.now()))
    watchers.watch(ctx, "ben", upload.share_token)
    return upload, Postbox()


def mail_ready(ctx: Context, mails: Postbox, upload: UploadView) -> None:
    event = Event(upload_id=upload.id, owner="anna", kind="upload.ready", body="", created_at=ctx.clock.now())
    mail.send(replace(ctx, mailer=mails), [event], "ben")


def test_who_waited_with_the_link_is_told(ctx: Context, person: Person) -> None:
    upload, mails = waits_for(ctx, person)
    person.sends(upload, person.cut(upload))
    person.completes(upload)
    mail_ready(ctx, mails, upload)
    assert upload.share_token in mails.mails[0].text


def test_who_waited_with_the_old_link_is_not_told_the_new_one(ctx: Context, person: Person) -> None:
    upload, mails = waits_for(ctx, person)
    link.renew_link(ctx, "anna", upload.id)
    person.sends(upload, person.cut(upload))
    person.completes(upload)
    mail_ready(ctx, mails, upload)
    assert mails.mails == []
    with ctx.db.read() as session:
        assert session.exec(select(Watch)).all() == []


def test_nobody_who_waits_is_left_when_the_new_link_is_there(
    ctx: Context, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody looks, and nobody is killed, between the one and the other."""
    upload, _ = waits_for(ctx, person)
    change = rows.change
    told: list[bool] = []

    def looked_at(*given: Any, **values: Any) -> Any:
        changed = change(*given, **values)
        assert changed is not None
        told.append(watchers.is_told(ctx, "ben", changed))
        return changed

    monkeypatch.setattr(rows, "change", looked_at)
    assert link.renew_link(ctx, "anna", upload.id).token != upload.share_token
    assert told == [False]


def test_nobody_is_called_to_a_closed_link(ctx: Context, person: Person) -> None:
    upload, mails = waits_for(ctx, person)
    person.sends(upload, person.cut(upload))
    person.completes(upload)
    link.set_revoked(ctx, "anna", upload.id, True)
    mail_ready(ctx, mails, upload)
    assert mails.mails == []
