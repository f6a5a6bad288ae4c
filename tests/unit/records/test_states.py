"""The table of states: rows move by it, the database refuses all else, and the documentation shows it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from scripts import draw_states
from smartupload.models import Upload
from smartupload.service.context import Context
from smartupload.service.presentation.views import UploadView
from smartupload.service.records import rows, states
from tests.unit.person import Person, put_into


def test_every_state_is_reached_and_only_the_cancelled_stay() -> None:
    pairs = states.pairs()
    assert {after for _, after in pairs} | {states.BEGINS} == set(states.STATES)
    assert set(states.STATES) - {before for before, _ in pairs} == {"cancelled"}


def write(ctx: Context, upload: UploadView, state: str) -> None:
    with ctx.db.write() as session:
        session.connection().execute(
            sa.text("UPDATE upload SET state = :state WHERE id = :id"), {"state": state, "id": upload.id}
        )


@pytest.mark.parametrize("before", states.STATES)
def test_the_database_and_the_table_agree_on_every_pair(ctx: Context, person: Person, before: str) -> None:
    for after in (*states.STATES, "lost", ""):
        upload = person.creates()
        put_into(ctx, upload.id, before)
        if after == before or (before, after) in states.pairs():
            write(ctx, upload, after)
            assert rows.load(ctx, "anna", upload.id).state == after
        else:
            with pytest.raises(IntegrityError):
                write(ctx, upload, after)
            assert rows.load(ctx, "anna", upload.id).state == before


def test_the_database_takes_no_new_row_in_a_state_that_is_none(ctx: Context, upload: UploadView) -> None:
    other = {"id": "other", "share_token": "other", "idempotency_key": "other"}
    copied = rows.load(ctx, "anna", upload.id).model_dump() | other
    with pytest.raises(IntegrityError), ctx.db.write() as session:
        session.add(Upload.model_validate(copied | {"state": "lost"}))


@pytest.mark.parametrize("transition", states.TRANSITIONS, ids=lambda one: one.name)
def test_rows_move_as_the_table_says(ctx: Context, person: Person, transition: states.Transition) -> None:
    for before in states.STATES:
        upload = person.creates()
        put_into(ctx, upload.id, before)
        row = rows.load(ctx, "anna", upload.id)
        if before in transition.moves:
            moved = rows.move(ctx, row, transition)
            assert moved is not None
            assert moved.state == transition.moves[before]
        else:
            with pytest.raises(states.IllegalTransition):
                rows.move(ctx, row, transition)
            assert rows.load(ctx, "anna", upload.id) == row


def test_in_the_field_it_is_refused_and_said(
    ctx: Context, upload: UploadView, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(states, "strict", False)
    assert rows.move(ctx, rows.load(ctx, "anna", upload.id), states.PUBLISH) is None
    assert rows.load(ctx, "anna", upload.id).state == "uploading"
    said = capsys.readouterr().out
    assert "publish" in said
    assert upload.id in said


def test_what_changed_meanwhile_is_no_mistake(ctx: Context, upload: UploadView) -> None:
    seen = rows.load(ctx, "anna", upload.id)
    assert rows.move(ctx, seen, states.PAUSE) is not None
    assert rows.move(ctx, seen, states.PAUSE) is None
    moved = rows.move(ctx, seen, states.CANCEL)
    assert moved is not None
    assert moved.state == "cancelled"


def test_the_documentation_shows_the_table() -> None:
    text = draw_states.DOCUMENT.read_text()
    assert draw_states.redrawn(text) == text, "run `make draw`"
