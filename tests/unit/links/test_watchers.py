"""Waiting for somebody else's file: as long as it is awaited, by whoever has the link."""

from __future__ import annotations

import threading

import pytest
from sqlmodel import select

from smartupload.errors import FileNotFound
from smartupload.models import Watch
from smartupload.service.context import Context
from smartupload.service.links import watchers
from smartupload.service.presentation.views import UploadView
from smartupload.service.uploads import cancel
from tests.unit.person import Person, put_into


def waiting(ctx: Context) -> list[tuple[str, str]]:
    with ctx.db.read() as session:
        return sorted((row.upload_id, row.owner) for row in session.exec(select(Watch)))


def test_on_and_off(ctx: Context, upload: UploadView) -> None:
    token = upload.share_token
    assert not watchers.is_watching(ctx, "ben", token)
    for _ in range(2):
        watchers.watch(ctx, "ben", token)
    watchers.watch(ctx, "cleo", token)
    assert waiting(ctx) == [(upload.id, "ben"), (upload.id, "cleo")]
    assert watchers.is_watching(ctx, "ben", token)
    for _ in range(2):
        watchers.unwatch(ctx, "ben", token)
    assert not watchers.is_watching(ctx, "ben", token)
    assert watchers.is_watching(ctx, "cleo", token)


def test_ones_own_is_no_matter_of_waiting(ctx: Context, upload: UploadView) -> None:
    watchers.watch(ctx, "anna", upload.share_token)
    assert waiting(ctx) == []
    assert not watchers.is_watching(ctx, "anna", upload.share_token)


@pytest.mark.parametrize("state", ["ready", "blocked", "failed", "expired"])
def test_nothing_is_left_to_wait_for(ctx: Context, upload: UploadView, state: str) -> None:
    put_into(ctx, upload.id, state)
    watchers.watch(ctx, "ben", upload.share_token)
    assert waiting(ctx) == []


@pytest.mark.parametrize("state", ["uploading", "paused", "verifying", "scanning"])
def test_as_long_as_it_is_on_its_way(ctx: Context, upload: UploadView, state: str) -> None:
    put_into(ctx, upload.id, state)
    watchers.watch(ctx, "ben", upload.share_token)
    assert waiting(ctx) == [(upload.id, "ben")]


def test_only_behind_a_link_that_is_one(ctx: Context, upload: UploadView, person: Person) -> None:
    cancelled = person.creates("b.bin")
    watchers.watch(ctx, "ben", cancelled.share_token)
    cancel.cancel_upload(ctx, "anna", cancelled.id)
    for token in (cancelled.share_token, "nothing", ""):
        for verb in (watchers.watch, watchers.unwatch, watchers.is_watching):
            with pytest.raises(FileNotFound):
                verb(ctx, "ben", token)


def test_many_at_once(ctx: Context, upload: UploadView) -> None:
    faults: list[BaseException] = []

    def waits() -> None:
        try:
            watchers.watch(ctx, "ben", upload.share_token)
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=waits) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert waiting(ctx) == [(upload.id, "ben")]
