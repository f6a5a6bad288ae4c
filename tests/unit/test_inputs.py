"""What comes in from outside and is nothing: no database, no calendar and no decoder fails over it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from smartupload.errors import FileNotFound, InvalidRequest, LinkVoid, UploadNotFound
from smartupload.service import inputs
from smartupload.service.context import Context
from smartupload.service.finishing import complete
from smartupload.service.links import link, share, watchers
from smartupload.service.notify import contact, subscriptions
from smartupload.service.parts import confirm, handover, sign
from smartupload.service.uploads import adopt, cancel, library, pause
from smartupload.service.uploads.change_poller import read_cursor
from tests.unit.person import Person

NAMES = ["\0", "a\0b", "\ud800", "é\0"]
PART = sign.PartClaim(1, 1, "")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "verb",
    [
        lambda ctx, name: confirm.confirmed_parts(ctx, "anna", name),
        lambda ctx, name: library.get_upload(ctx, "anna", name),
        lambda ctx, name: library.download_url(ctx, "anna", name),
        lambda ctx, name: library.preview_url(ctx, "anna", name),
        lambda ctx, name: sign.sign_parts(ctx, "anna", name, [PART]),
        lambda ctx, name: handover.hand_over(ctx, "anna", name, [PART]),
        lambda ctx, name: complete.complete_upload(ctx, "anna", name),
        lambda ctx, name: pause.pause_upload(ctx, "anna", name),
        lambda ctx, name: pause.resume_upload(ctx, "anna", name),
        lambda ctx, name: cancel.cancel_upload(ctx, "anna", name),
        lambda ctx, name: adopt.adopt_upload(ctx, "anna", name, "k"),
        lambda ctx, name: link.get_link(ctx, "anna", name),
        lambda ctx, name: link.renew_link(ctx, "anna", name),
    ],
)
def test_an_upload_of_that_name(ctx: Context, name: str, verb: Callable[..., Any]) -> None:
    with pytest.raises(UploadNotFound):
        verb(ctx, name)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("verb", [share.shared_file, share.download_url, share.preview_url, share.text])
def test_a_link_of_that_name(ctx: Context, name: str, verb: Callable[..., Any]) -> None:
    with pytest.raises(FileNotFound):
        verb(ctx, name)
    assert share.look(ctx, name) is None
    assert share.looks(ctx, [name]) == {}
    for other in (watchers.watch, watchers.unwatch, watchers.is_watching):
        with pytest.raises(FileNotFound):
            other(ctx, "anna", name)


@pytest.mark.parametrize("name", NAMES)
def test_other_things_of_that_name(ctx: Context, person: Person, name: str) -> None:
    upload = person.creates()
    with pytest.raises(UploadNotFound):
        adopt.adopt_upload(ctx, "ben", upload.id, name)
    subscriptions.unsubscribe(ctx, name)
    for signature in ("", name):
        with pytest.raises(LinkVoid):
            contact.stop(ctx, name, signature)


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+12:00"])
def test_moments_that_are_in_no_year_of_utc(ctx: Context, moment: str) -> None:
    with pytest.raises(ValueError, match="years"):
        inputs.instant(moment)
    with pytest.raises(InvalidRequest):
        read_cursor(moment)
    cursor = base64.urlsafe_b64encode(f"{moment} a".encode()).decode()
    with pytest.raises(InvalidRequest):
        library.list_uploads(ctx, "anna", cursor)


def test_a_place_in_the_stream_that_nothing_can_be_before(ctx: Context) -> None:
    with pytest.raises(InvalidRequest):
        read_cursor("0001-01-01T00:00:00Z")


def test_a_cursor_with_a_name_that_no_database_takes(ctx: Context) -> None:
    cursor = base64.urlsafe_b64encode(b"2026-01-01T00:00:00+00:00 a\0").decode()
    with pytest.raises(InvalidRequest):
        library.list_uploads(ctx, "anna", cursor)


@pytest.mark.parametrize("moment", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)])
def test_the_first_and_the_last_moment(ctx: Context, person: Person, moment: datetime) -> None:
    assert inputs.instant(moment.isoformat()) == moment
    upload = person.creates(last_modified=moment)
    assert library.get_upload(ctx, "anna", upload.id).last_modified == moment
