"""The step of finishing that is the app's own: before anybody may have the file, and as often as it takes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import col, select

from smartupload.adapters.memory import MemoryStore
from smartupload.errors import HookFault, Problem
from smartupload.hooks import ArrivedFile
from smartupload.models import Delivery, Upload
from smartupload.service.context import Context
from smartupload.service.finishing import backlog, complete_many, finish
from smartupload.service.presentation.views import UploadView
from smartupload.service.records import rows
from smartupload.service.records.recipients import HOOK
from tests.fixtures_store import noise
from tests.hooks import Says, raising, with_hooks
from tests.unit.finishing.test_refused import Later
from tests.unit.person import Person


def arrives(ctx: Context, name: str = "a.bin") -> UploadView:
    return Person(replace(ctx, finisher=None)).uploads(name, 1000)


def row_of(ctx: Context, upload: UploadView) -> Upload:
    row = rows.find(ctx, upload.id)
    assert row is not None
    return row


def test_it_sees_the_whole_file_before_it_is_published(ctx: Context) -> None:
    seen: list[Any] = []
    upload = arrives(ctx)

    def look(file: ArrivedFile) -> None:
        seen.append((b"".join(file.read()), b"".join(file.read()), row_of(ctx, upload).state))

    hook = Says(finish=look)
    finish.run(with_hooks(ctx, hook), upload.id)
    assert seen == [(noise(1000), noise(1000), "scanning")]
    (file,) = hook.asked
    assert (file.upload_id, file.owner, file.name, file.size) == (upload.id, "anna", "a.bin", 1000)
    assert (file.bucket, file.key) == ("smartupload", f"uploads/{upload.id}/1")
    assert row_of(ctx, upload).state == "ready"


def test_a_sentence_blocks_it_and_its_bytes_go(ctx: Context, store: MemoryStore) -> None:
    upload = arrives(ctx)
    finish.run(with_hooks(ctx, Says(finish="This is no invoice.")), upload.id)
    row = row_of(ctx, upload)
    assert (row.state, row.error_code, row.error_detail) == ("blocked", "upload_refused", "This is no invoice.")
    assert row.due_at is None
    assert store.list_objects("") == []


def test_while_it_fails_nothing_is_published_and_it_is_asked_again(ctx: Context) -> None:
    upload = arrives(ctx)
    broken = with_hooks(ctx, Says("Mine", finish=raising(OSError("disk full"))))
    for _ in range(2):
        with pytest.raises(HookFault, match=r"Mine\.finish raised OSError: disk full"):
            finish.run(broken, upload.id)
        row = row_of(ctx, upload)
        assert (row.state, row.due_at is not None) == ("scanning", True)
    finish.run(with_hooks(ctx, Says("Mine", finish=None)), upload.id)
    assert row_of(ctx, upload).state == "ready"


def test_what_the_first_bytes_refuse_it_is_not_asked_of(ctx: Context, store: MemoryStore) -> None:
    upload = arrives(ctx, "a.png")
    key = row_of(ctx, upload).key
    store.objects[key] = (b"%PDF-1.7" + bytes(992), store.objects[key][1])
    hook = Says(finish=None)
    finish.run(with_hooks(ctx, hook), upload.id)
    assert (row_of(ctx, upload).state, hook.asked) == ("blocked", [])


def test_a_hook_that_only_names_files_is_no_step(ctx: Context) -> None:
    upload = arrives(ctx)
    hook = Says(folder="a")
    finish.run(with_hooks(ctx, hook), upload.id)
    assert hook.asked == []
    assert row_of(ctx, upload).state == "ready"
    assert backlog.claim(ctx, "one", 10) == []


def test_it_is_not_published_by_a_process_that_lacks_the_hook(ctx: Context) -> None:
    upload = arrives(with_hooks(ctx, Says("Index", finish=None)))
    for other in (ctx, with_hooks(ctx, Says("Other", finish=None)), with_hooks(ctx, Says("Index", folder="a"))):
        with pytest.raises(HookFault, match=r"there is no hook Index here.*SmartUpload\.work\(\)"):
            finish.run(other, upload.id)
        assert row_of(ctx, upload).state == "scanning"
    both = with_hooks(ctx, Says("Index", finish=None), Says("Other", finish=None))
    finish.run(both, upload.id)
    assert row_of(ctx, upload).state == "ready"


def test_it_is_left_to_a_process_that_has_its_hooks(ctx: Context) -> None:
    """Two that take it from each other by turns would keep it waiting ever longer."""
    index, other = Says("Index", finish=None), Says("Other", finish=None)
    upload = arrives(with_hooks(ctx, other, index))
    for lacks in (ctx, with_hooks(ctx, index)):
        assert backlog.claim(lacks, "one", 10) == []
        assert [row.id for row in backlog.lacking(lacks)] == [upload.id]
    more = with_hooks(ctx, Says("More", finish=None), index, other)
    assert backlog.lacking(more) == []
    assert [row.id for row in backlog.claim(more, "two", 10)] == [upload.id]


@pytest.mark.parametrize("finishes", [True, False])
def test_nothing_is_ready_in_the_call_that_completes_many_before_it_was_asked(ctx: Context, finishes: bool) -> None:
    hook = Says(finish=None) if finishes else Says(may_upload=None)
    hooked = with_hooks(replace(ctx, finisher=Later()), hook)
    person = Person(hooked)
    upload = person.creates(size=1000)
    person.sends(upload, person.cut(upload))
    (answer,) = complete_many.complete_uploads(hooked, "anna", [upload.id])
    assert not isinstance(answer, Problem)
    assert answer.state == ("scanning" if finishes else "ready")
    finish.run(hooked, upload.id)
    assert row_of(ctx, upload).state == "ready"
    assert len(hook.asked) == 1


def test_what_is_ready_so_is_told_to_the_app_as_well(ctx: Context) -> None:
    hooked = with_hooks(replace(ctx, finisher=Later()), Says("one", on_ready=None))
    person = Person(hooked)
    upload = person.creates(size=1000)
    person.sends(upload, person.cut(upload))
    complete_many.complete_uploads(hooked, "anna", [upload.id])
    with ctx.db.read() as session:
        told = session.exec(select(Delivery).where(col(Delivery.channel) == HOOK)).all()
    assert [(row.upload_id, row.target) for row in told] == [(upload.id, "one")]
