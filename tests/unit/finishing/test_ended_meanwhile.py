"""Whoever ends an upload drops what was signed: who reads it in two steps at that moment must not take it for parts that never came."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from smartupload.adapters.memory import ManualClock, MemoryStore
from smartupload.errors import Problem
from smartupload.models import OPEN, READY
from smartupload.service.context import Context, UploadLocks
from smartupload.service.finishing import complete, complete_many
from smartupload.service.housekeeping import reconcile
from smartupload.service.parts import confirm, reopen
from smartupload.service.presentation.views import UploadView
from smartupload.service.records import rows
from smartupload.service.uploads import cancel
from tests.fixtures_store import MIB
from tests.unit.person import Person

End = Callable[[Context, str], object]


def completed(ctx: Context, upload_id: str) -> object:
    return complete.complete_upload(replace(ctx, locks=UploadLocks()), "anna", upload_id)


def cancelled(ctx: Context, upload_id: str) -> object:
    return cancel.cancel_upload(replace(ctx, locks=UploadLocks()), "anna", upload_id)


@pytest.fixture(params=[1000, 20 * MIB], ids=["one part", "three parts"])
def sent(request: pytest.FixtureRequest, person: Person) -> UploadView:
    upload = person.creates(size=request.param)
    person.sends(upload, person.cut(upload))
    return upload


def before_what_was_signed_is_read(monkeypatch: pytest.MonkeyPatch, ctx: Context, upload: UploadView, end: End) -> None:
    """Another process ends the upload when its row has been read, and not yet what was signed of it."""
    read = rows.digests_of_all

    def ended_first(*given: Any) -> Any:
        monkeypatch.setattr(rows, "digests_of_all", read)
        end(ctx, upload.id)
        return read(*given)

    monkeypatch.setattr(rows, "digests_of_all", ended_first)


def test_completed_alone(ctx: Context, sent: UploadView, monkeypatch: pytest.MonkeyPatch) -> None:
    before_what_was_signed_is_read(monkeypatch, ctx, sent, completed)
    assert complete.complete_upload(ctx, "anna", sent.id).state == READY


def test_completed_with_others(ctx: Context, person: Person, sent: UploadView, monkeypatch: pytest.MonkeyPatch) -> None:
    other = person.creates(size=1000)
    person.sends(other, person.cut(other))
    before_what_was_signed_is_read(monkeypatch, ctx, sent, completed)
    answers = complete_many.complete_uploads(ctx, "anna", [sent.id, other.id])
    assert [answer.code if isinstance(answer, Problem) else answer.state for answer in answers] == [READY, READY]


@pytest.mark.parametrize("together", [False, True])
def test_cancelled(ctx: Context, sent: UploadView, monkeypatch: pytest.MonkeyPatch, together: bool) -> None:
    before_what_was_signed_is_read(monkeypatch, ctx, sent, cancelled)
    if together:
        (answer,) = complete_many.complete_uploads(ctx, "anna", [sent.id])
        assert isinstance(answer, Problem)
        refused = answer
    else:
        with pytest.raises(Problem) as raised:
            complete.complete_upload(ctx, "anna", sent.id)
        refused = raised.value
    assert refused.code == "upload_not_open"


@pytest.mark.parametrize("end", [completed, cancelled])
def test_the_upload_is_read(ctx: Context, sent: UploadView, monkeypatch: pytest.MonkeyPatch, end: End) -> None:
    before_what_was_signed_is_read(monkeypatch, ctx, sent, end)
    shown, parts = confirm.confirmed_parts(ctx, "anna", sent.id)
    assert shown.state not in OPEN, "not an upload that goes on, with nothing arrived"
    assert (shown.state, parts) == (rows.load(ctx, "anna", sent.id).state, [])
    assert shown.confirmed_bytes == rows.load(ctx, "anna", sent.id).confirmed_bytes


def test_the_list_is_read(ctx: Context, sent: UploadView, monkeypatch: pytest.MonkeyPatch) -> None:
    row = rows.load(ctx, "anna", sent.id)
    before_what_was_signed_is_read(monkeypatch, ctx, sent, completed)
    now = confirm.refresh(ctx, row, seconds=-1)
    assert now.confirmed_bytes in (row.confirmed_bytes, row.size), "it has not become less"


def test_the_reconciler_looks(ctx: Context, sent: UploadView, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(ctx.clock, ManualClock)
    ctx.clock.move(3600)
    before_what_was_signed_is_read(monkeypatch, ctx, sent, completed)
    assert reconcile.reconcile(ctx) == 1
    row = rows.load(ctx, "anna", sent.id)
    assert (row.state, row.confirmed_bytes) == (READY, row.size)


def test_opened_anew(ctx: Context, store: MemoryStore, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of the epoch that is over are not shown as arrived in the next."""
    upload = person.creates(size=20 * MIB)
    person.sends(upload, person.cut(upload)[:2])
    listed = store.list_parts

    def opened_first(*given: Any) -> Any:
        monkeypatch.setattr(store, "list_parts", listed)
        found = listed(*given)
        reopen.open_anew(ctx, rows.load(ctx, "anna", upload.id), mismatches=0)
        return found

    monkeypatch.setattr(store, "list_parts", opened_first)
    shown, parts = confirm.confirmed_parts(ctx, "anna", upload.id)
    assert (shown.epoch, parts, shown.confirmed_bytes) == (upload.epoch + 1, [], 0)
