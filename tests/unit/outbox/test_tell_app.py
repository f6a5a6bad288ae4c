"""What an app is told of its ready files: each of its hooks at least once, in its own time, and no other's."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
from typing import Any

import pytest
from sqlmodel import col, select

from smartupload.adapters.memory import ManualClock
from smartupload.hooks import ArrivedFile, ReadyFile
from smartupload.models import DEAD, SENT, WAITING, Delivery
from smartupload.service.context import Context
from smartupload.service.outbox import deliver, replay
from smartupload.service.records.recipients import HOOK
from smartupload.service.uploads import cancel
from tests.hooks import Says, raising, with_hooks
from tests.inline import with_inline
from tests.unit.person import Person


def deliveries(ctx: Context) -> list[tuple[str, str, str, str | None]]:
    with ctx.db.read() as session:
        found = session.exec(select(Delivery).where(col(Delivery.channel) == HOOK).order_by(col(Delivery.id)))
        return [(row.target, row.state, row.channel, row.error) for row in found]


def delivers(ctx: Context, seconds: float = 0) -> int:
    assert isinstance(ctx.clock, ManualClock)
    ctx.clock.move(seconds)
    batches = deliver.claim(ctx, {HOOK: 10})
    for batch in batches:
        deliver.send(ctx, batch)
    return len(batches)


def uploads(ctx: Context) -> Any:
    """Something that is ready, in an app with these hooks."""
    return Person(with_inline(ctx)).uploads(size=1000)


def test_each_hook_is_told_once_with_all_that_there_is(ctx: Context) -> None:
    one, two = Says("one", on_ready=None), Says("two", on_ready=None)
    hooked = with_hooks(ctx, one, two)
    upload = uploads(hooked)
    assert delivers(hooked) == 2
    (file,) = one.asked
    assert (file.upload_id, file.owner, file.name, file.size) == (upload.id, "anna", "a.bin", 1000)
    assert (file.bucket, file.key, file.checksum) == ("smartupload", f"uploads/{upload.id}/1", upload.checksum)
    assert file.share_url == upload.share_url
    assert two.asked == [file]
    assert delivers(hooked, 1000) == 0


def test_it_is_told_what_was_said_of_the_file(ctx: Context) -> None:
    hook = Says("one", on_ready=None, finish=None)
    hooked = with_hooks(ctx, hook)
    Person(with_inline(hooked)).uploads(metadata={"ticket": "42"}, uploader="attachments")
    delivers(hooked)
    assert [type(file) for file in hook.asked] == [ArrivedFile, ReadyFile]
    for file in hook.asked:
        assert (file.metadata, file.uploader) == ({"ticket": "42"}, "attachments")
        with pytest.raises(TypeError):
            file.metadata["ticket"] = "43"
        assert copy.deepcopy(file) == file
        assert dataclasses.asdict(file)["metadata"] == {"ticket": "42"}
        assert len({file, copy.copy(file)}) == 1
    assert json.loads(json.dumps(dataclasses.asdict(hook.asked[1])))["metadata"] == {"ticket": "42"}
    assert pickle.loads(pickle.dumps(hook.asked[1])) == hook.asked[1]


def test_one_that_fails_is_asked_again_and_the_other_is_not(ctx: Context) -> None:
    answers: list[Any] = [OSError("no mail server"), None]

    def sometimes(file: Any) -> None:
        if error := answers.pop(0):
            raising(error)(file)

    one, two = Says("one", on_ready=sometimes), Says("two", on_ready=None)
    hooked = with_hooks(ctx, one, two)
    uploads(hooked)
    delivers(hooked)
    assert deliveries(hooked) == [
        ("one", WAITING, HOOK, "one.on_ready raised OSError: no mail server"),
        ("two", SENT, HOOK, None),
    ]
    assert delivers(hooked, 10) == 1
    assert [state for _, state, _, _ in deliveries(hooked)] == [SENT, SENT]
    assert one.asked[0].event_id == one.asked[1].event_id
    assert len(two.asked) == 1


def test_one_that_never_works_is_given_up_and_can_be_told_later(ctx: Context) -> None:
    hooked = with_hooks(ctx, Says("one", on_ready=raising(OSError())))
    uploads(hooked)
    for _ in range(len(deliver.WAITS) + 1):
        assert delivers(hooked, 24 * 3600) == 1
    assert [state for _, state, _, _ in deliveries(hooked)] == [DEAD]
    well = Says("one", on_ready=None)
    assert replay.replay(ctx, None, HOOK) == 1
    assert delivers(with_hooks(ctx, well)) == 1
    assert len(well.asked) == 1


def test_a_file_that_was_deleted_meanwhile_is_no_news(ctx: Context) -> None:
    hook = Says("one", on_ready=None)
    hooked = with_hooks(ctx, hook)
    upload = uploads(hooked)
    cancel.cancel_upload(ctx, "anna", upload.id)
    delivers(hooked)
    assert hook.asked == []
    assert deliveries(hooked) == [("one", SENT, HOOK, "the file was deleted meanwhile")]


def test_a_process_without_hooks_leaves_it_to_those_that_have_them(ctx: Context) -> None:
    hook = Says("one", on_ready=None)
    uploads(with_hooks(ctx, hook))
    assert HOOK not in deliver.channels(ctx)
    assert deliveries(ctx) == [("one", WAITING, HOOK, None)]
    assert delivers(with_hooks(ctx, hook), 3600) == 1
    assert len(hook.asked) == 1


def test_a_hook_that_is_no_more_is_no_longer_told(ctx: Context) -> None:
    uploads(with_hooks(ctx, Says("old name", on_ready=None)))
    delivers(with_hooks(ctx, Says("new name", on_ready=None)))
    assert deliveries(ctx) == [("old name", DEAD, HOOK, "there is no hook of the name old name any more")]


@pytest.mark.parametrize("kept", [None, "This is no invoice."])
def test_what_is_blocked_is_not_ready(ctx: Context, kept: str | None) -> None:
    hook = Says("one", on_ready=None, finish=kept)
    uploads(with_hooks(ctx, hook))
    assert len(deliveries(ctx)) == (1 if kept is None else 0)
