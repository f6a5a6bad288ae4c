"""When a hold is forgotten: with its uploads, with its owner, and not before."""

from __future__ import annotations

from sqlmodel import select

from smartupload.adapters.memory import ManualClock
from smartupload.models import Hold
from smartupload.service.context import Context
from smartupload.service.holds import holding, prune
from smartupload.service.housekeeping import retention
from smartupload.service.personal import erase, kept
from smartupload.service.presentation.views import UploadView
from smartupload.service.uploads import cancel
from tests.unit.holds.conftest import row_of
from tests.unit.person import Person


def test_forgotten_an_hour_after_all_is_over(ctx: Context, person: Person, clock: ManualClock) -> None:
    uploads = [person.creates("a"), person.creates("b")]
    holding.hold(ctx, "anna", "r", [one.id for one in uploads], "s")
    cancel.cancel_upload(ctx, "anna", uploads[0].id)
    clock.move(7200)
    assert prune.prune(ctx) == 0, "one is left"
    cancel.cancel_upload(ctx, "anna", uploads[1].id)
    clock.move(3500)
    assert prune.prune(ctx) == 0
    clock.move(200)
    assert (prune.prune(ctx), row_of(ctx)) == (1, None)


def test_forgotten_with_the_rows_of_its_uploads(ctx: Context, held: UploadView, clock: ManualClock) -> None:
    cancel.cancel_upload(ctx, "anna", held.id)
    Person(ctx, "ben").creates()  # the newest event is another one's
    clock.move(retention.kept_for(ctx).total_seconds() + 60)
    assert retention.forget_ended(ctx) == 1
    assert (prune.prune(ctx), row_of(ctx)) == (1, None)


def test_forgotten_with_its_owner_and_taken_along(ctx: Context, held: UploadView) -> None:
    (document,) = kept.holds(ctx, "anna")
    assert (document["registration"], document["uploads"], "owner" in document) == ("r", [held.id], False)
    erase.erase(ctx, "anna")
    with ctx.db.read() as session:
        assert session.exec(select(Hold)).all() == []
