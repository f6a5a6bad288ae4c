"""What the hooks of an app have to say of a new file: its name, whether it is taken, where it lies."""

from __future__ import annotations

from typing import Any, cast

import pytest
from structlog.testing import capture_logs

from smartupload.adapters.memory import MemoryStore
from smartupload.errors import HookUnavailable, Problem, TypeMismatch, TypeNotAllowed, UploadRefused
from smartupload.hooks import NewFile as Seen
from smartupload.service.context import Context
from smartupload.service.presentation.views import UploadView
from smartupload.service.records import rows
from smartupload.service.uploads import cancel, create, library
from smartupload.service.uploads.create import NewFile
from tests.fixtures_store import MIB
from tests.hooks import Says, raising, with_hooks
from tests.unit.person import Person

PDF = b"%PDF-1.7" + bytes(200)


def key_of(ctx: Context, upload: UploadView) -> str:
    row = rows.find(ctx, upload.id)
    assert row is not None
    return row.key


def test_they_see_whose_file_it_is_and_what_is_said_of_it(ctx: Context) -> None:
    hook = Says(may_upload=None)
    Person(with_hooks(ctx, hook), "anna").creates(" a/b.png ", 77)
    assert hook.asked == [Seen("anna", "b.png", 77, "image/png", None)]


def test_they_see_what_was_said_of_it_and_change_nothing(ctx: Context) -> None:
    def change(file: Seen) -> None:
        cast("dict[str, str]", file.metadata)["ticket"] = "43"

    said: dict[str, Any] = {"metadata": {"ticket": "42"}, "uploader": "attachments"}
    named, may = Says("named", file_name="b.bin"), Says("may", may_upload=None)
    upload = Person(with_hooks(ctx, named, may)).creates(**said)
    for hook in (named, may):
        (file,) = hook.asked
        assert {"metadata": file.metadata, "uploader": file.uploader} == said
    assert {"metadata": upload.metadata, "uploader": upload.uploader} == said
    with pytest.raises(HookUnavailable):
        Person(with_hooks(ctx, Says("Mine", may_upload=change))).creates(**said)


def test_a_refusal_is_the_hooks_own_sentence_and_leaves_nothing(ctx: Context, store: MemoryStore) -> None:
    hooked = with_hooks(ctx, Says(may_upload=lambda file: "Only small ones." if file.size > 100 else None))
    person = Person(hooked)
    with pytest.raises(UploadRefused, match=r"^Only small ones\.$"):
        person.creates(size=101)
    assert library.list_uploads(ctx, "anna").uploads == []
    assert store.multiparts == {}
    person.creates(size=100)


def test_a_name_is_cleaned_and_seen_by_the_others(ctx: Context) -> None:
    named, may = Says("named", file_name=lambda file: f"x/{file.owner}: {file.name} "), Says("may", may_upload=None)
    upload = Person(with_hooks(ctx, may, named)).creates("a.bin")
    assert upload.name == "anna: a.bin"
    assert [file.name for file in may.asked] == ["anna: a.bin"]


@pytest.mark.parametrize("error", [TypeNotAllowed, TypeMismatch])
def test_a_name_gets_nobody_past_our_own_checks(make_context: Any, error: type[Problem]) -> None:
    ctx = make_context(**({"allowed_types": ".bin"} if error is TypeNotAllowed else {}))
    person = Person(with_hooks(ctx, Says(file_name="a.png")))
    with pytest.raises(error):
        person.creates("a.bin", head=PDF if error is TypeMismatch else b"")


def test_our_own_checks_come_first(make_context: Any) -> None:
    hook = Says(may_upload=None)
    with pytest.raises(TypeNotAllowed):
        Person(with_hooks(make_context(allowed_types=".bin"), hook)).creates("a.png")
    assert hook.asked == []


def test_every_epoch_lies_in_the_folder_and_nothing_is_left_of_it(ctx: Context, store: MemoryStore) -> None:
    hooked = with_hooks(ctx, Says(folder=lambda file: f"customers/{file.owner}"))
    person = Person(hooked)
    upload = person.creates(size=20 * MIB)
    assert key_of(ctx, upload) == f"uploads/customers/anna/{upload.id}/1"
    person.sends(upload, person.cut(upload), version="one")
    # Another version takes its place, in the next epoch.
    person.sends(upload, person.cut(upload, seed=1), version="two", replace=True)
    assert person.completes(upload).state == "ready"
    assert key_of(ctx, upload) == f"uploads/customers/anna/{upload.id}/2"
    assert [found.key for found in store.list_objects("")] == [f"uploads/customers/anna/{upload.id}/2"]
    cancel.cancel_upload(ctx, "anna", upload.id)
    assert store.list_objects("") == []


def test_without_a_folder_it_lies_where_it_always_did(ctx: Context) -> None:
    upload = Person(with_hooks(ctx, Says(folder=None))).creates()
    assert key_of(ctx, upload) == f"uploads/{upload.id}/1"


FAULTS = [
    {"may_upload": raising(ConnectionError("no database"))},
    {"may_upload": True},
    {"file_name": "///"},
    {"file_name": raising(KeyError())},
    {"folder": "../up"},
    {"folder": raising(OSError())},
]


@pytest.mark.parametrize("answers", FAULTS)
def test_where_a_hook_fails_the_file_is_not_taken_and_comes_again(ctx: Context, answers: dict[str, Any]) -> None:
    person = Person(with_hooks(ctx, Says("Mine", **answers)))
    with capture_logs() as logs, pytest.raises(HookUnavailable) as waits:
        person.creates(key="the key")
    assert waits.value.status == 503
    assert "database" not in waits.value.detail
    assert [line["log_level"] for line in logs] == ["error"]
    assert next(iter(answers)) in logs[0]["cause"]
    assert library.list_uploads(ctx, "anna").uploads == []
    # The same request, once the hook is well.
    assert Person(with_hooks(ctx, Says("Mine", may_upload=None))).creates(key="the key").state == "uploading"


def test_in_a_batch_each_is_answered_for_itself_and_asked_for_once(ctx: Context) -> None:
    hook = Says(may_upload=lambda file: "Not this one." if file.name == "2.bin" else None)
    hooked = with_hooks(ctx, hook)
    files = [(NewFile(f"{number}.bin", 100), f"key {number}") for number in range(5)]
    answers = create.create_uploads(hooked, "anna", [*files, files[1]])
    assert [getattr(answer, "name", "") for answer in answers] == ["0.bin", "1.bin", "", "3.bin", "4.bin", "1.bin"]
    assert isinstance(answers[2], UploadRefused)
    assert sorted(file.name for file in hook.asked) == ["0.bin", "1.bin", "2.bin", "3.bin", "4.bin"]
    create.create_uploads(hooked, "anna", [files[0]])
    assert len(hook.asked) == 5, "a call that is repeated asks nobody again"
    assert [upload.name for upload in library.list_uploads(ctx, "anna").uploads] == ["4.bin", "3.bin", "1.bin", "0.bin"]
