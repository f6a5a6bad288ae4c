"""Tags: what one is, who gives and takes them, how files are found by them, and that none outlives its file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import col, select, update

from smartupload.adapters.memory import MemoryLive
from smartupload.errors import InvalidRequest, UploadNotFound
from smartupload.models import Audit, Tag, Upload
from smartupload.service.access import take_over
from smartupload.service.context import Context
from smartupload.service.personal import erase, kept
from smartupload.service.tags import rules, tagging
from smartupload.service.tags.tagging import TagCount
from smartupload.service.uploads import cancel, library
from smartupload.service.uploads.finding import Wanted
from tests.unit.person import Person, put_into


def tags(ctx: Context, upload_id: str) -> list[str]:
    return library.get_upload(ctx, "anna", upload_id).tags


def found(ctx: Context, tag: str, owner: str = "anna", **more: Any) -> list[str]:
    return [one.name for one in library.list_uploads(ctx, owner, None, 50, Wanted(tag=tag, **more)).uploads]


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("  Tax\t papers\n2025 ", "Tax papers 2025"),
        ("A\u0308rger", "Ärger"),
        ("A\u200b\u0308rger", "Ärger"),
        ("gpj\u202e.exe", "gpj.exe"),
        ("x" * 40, "x" * 40),
        ("ضرائب", "ضرائب"),
        ("\0a\ud800", "a"),
    ],
)
def test_it_is_a_short_text_on_one_line(raw: str, kept: str) -> None:
    assert rules.clean(raw) == kept
    assert rules.clean(kept) == kept


@pytest.mark.parametrize("raw", ["", "  \n", "\u200b", "x" * 41])
def test_what_is_none(raw: str) -> None:
    with pytest.raises(InvalidRequest, match="1 to 40 characters"):
        rules.clean(raw)


def test_large_and_small_letters_make_no_other_one() -> None:
    assert list(rules.cleaned(["Straße", "STRASSE", "b", "B"]).values()) == ["Straße", "b"]
    with pytest.raises(InvalidRequest, match="up to 10 tags"):
        rules.cleaned(map(str, range(11)))


def test_a_file_has_those_that_were_given_also_on_its_way_and_the_log_names_none(ctx: Context, person: Person) -> None:
    upload = person.creates("a.bin")
    assert isinstance(ctx.live, MemoryLive)
    ctx.live.owners.clear()
    assert tagging.set_tags(ctx, "anna", upload.id, ["tax", " Bank "]).tags == ["Bank", "tax"]
    assert ctx.live.owners == ["anna"]
    assert tagging.set_tags(ctx, "anna", upload.id, ["TAX"]).tags == ["TAX"]
    tagging.set_tags(ctx, "anna", upload.id, ["TAX"])
    assert tagging.set_tags(ctx, "anna", upload.id, []).tags == []
    with ctx.db.read() as session:
        logged = list(session.exec(select(Audit).where(Audit.action == "tagged")))
    assert [(one.upload_id, one.detail) for one in logged] == [(upload.id, "{}")] * 3, "what changes nothing is nothing"


def test_several_files_at_once(ctx: Context, person: Person) -> None:
    first, second = person.creates("a.bin").id, person.creates("b.bin").id
    tagging.set_tags(ctx, "anna", first, ["Tax"])
    theirs = Person(ctx, "ben").creates("ben's.bin").id
    tagging.give_tags(ctx, "anna", [first, second, theirs, "gone", "\0"], ["tax", "2025"])
    assert (tags(ctx, first), tags(ctx, second)) == (["2025", "Tax"], ["2025", "tax"]), "as it was written there"
    assert tagging.tags_of_all(ctx, "anna") == [TagCount("2025", 2), TagCount("Tax", 2)]
    assert tagging.tags_of_all(ctx, "ben") == tagging.tags_of_all(ctx, "") == []
    tagging.take_tag(ctx, "anna", [first, second], "TAX")
    assert (tags(ctx, first), tags(ctx, second)) == (["2025"], ["2025"])
    tagging.set_tags(ctx, "anna", second, map(str, range(10)))
    with pytest.raises(InvalidRequest, match="up to 10"):
        tagging.give_tags(ctx, "anna", [first, second], ["new"])
    assert tags(ctx, first) == ["2025"], "all or none"


def test_somebody_elses_file_is_not_there(ctx: Context, person: Person) -> None:
    upload = person.creates("a.bin")
    put_into(ctx, upload.id, "uploading", sender="carla", drop_id="d")
    tagging.set_tags(ctx, "anna", upload.id, ["secret"])
    for owner in ("ben", "carla", ""):
        with pytest.raises(UploadNotFound):
            tagging.set_tags(ctx, owner, upload.id, ["mine"])
        with pytest.raises(UploadNotFound):
            tagging.take_tag(ctx, owner, [upload.id], "secret")
    ctx = replace(ctx, drop_key=b"a key")
    assert library.get_upload(ctx, "carla", upload.id).tags == []
    assert [one.tags for one in library.list_uploads(ctx, "carla").uploads] == [[]]
    assert found(ctx, "secret", "carla") == [], "who has sent it does not see by what it is found"
    assert library.tally(ctx, "carla", Wanted(tag="secret")).count == 0
    assert found(ctx, "secret") == ["a.bin"]


def test_files_are_found_and_counted_by_one(ctx: Context, person: Person) -> None:
    ids = [person.creates(f"{name}.bin").id for name in "abcd"]
    for upload_id in ids[:3]:
        tagging.set_tags(ctx, "anna", upload_id, ["Tax", "x"])
    tagging.set_tags(ctx, "anna", ids[3], ["taxi"])
    by_name = {"sort": "name", "falling": False}
    assert found(ctx, " tAX", **by_name) == ["a.bin", "b.bin", "c.bin"]
    assert found(ctx, "tax", text="b.", **by_name) == ["b.bin"]
    assert found(ctx, "tax", group="ready") == found(ctx, "no such") == found(ctx, "\0%") == []
    assert library.tally(ctx, "anna", Wanted(tag="tax")) == library.Tally(3, 3000, 4)
    page = library.list_uploads(ctx, "anna", None, 2, Wanted(tag="tax", **by_name))
    assert [one.tags for one in page.uploads] == [["Tax", "x"]] * 2
    rest = library.list_uploads(ctx, "anna", page.next_cursor, 2, Wanted(tag="tax", **by_name))
    assert [one.name for one in rest.uploads] == ["c.bin"]


def test_only_files_of_the_owner_are_gone_through(ctx: Context, person: Person) -> None:
    tagging.set_tags(ctx, "anna", person.creates("a.bin").id, ["tax"])
    if not ctx.db.is_sqlite:
        pytest.skip("how the other database goes about it hangs on its statistics")
    asked: list[tuple[str, Any]] = []
    event.listen(ctx.db.engine, "before_cursor_execute", lambda *given: asked.append((given[2], given[3])))
    found(ctx, "tax")
    tagging.tags_of_all(ctx, "anna")
    statements = [one for one in asked if "tag" in one[0] and "owner" in one[0]]
    assert len(statements) == 2
    with ctx.db.engine.connect() as connection:
        for statement, given in statements:
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
            plan = "\n".join(str(row[-1]) for row in rows)
            assert "SCAN" not in plan, plan


def test_they_go_with_the_file_and_are_among_what_is_kept_of_a_person(ctx: Context, person: Person) -> None:
    ids = [person.creates(f"{name}.bin").id for name in "ab"]
    tagging.give_tags(ctx, "anna", ids, ["Tax"])
    assert [one["tags"] for one in kept.uploads(ctx, "anna")] == [["Tax"]] * 2
    cancel.cancel_upload(ctx, "anna", ids[0])
    with pytest.raises(UploadNotFound):
        tagging.give_tags(ctx, "anna", ids[:1], ["Tax"])
    assert tagging.tags_of_all(ctx, "anna") == [TagCount("Tax", 1)]
    assert take_over.take_over(ctx, "person:anna", "anna") > 0
    assert tagging.tags_of_all(ctx, "person:anna") == [TagCount("Tax", 1)], "they come along"
    erase.erase(ctx, "person:anna")
    with ctx.db.read() as session:
        assert session.exec(select(Tag)).all() == []


def test_the_row_of_a_file_that_goes_takes_them_along(ctx: Context, person: Person) -> None:
    upload = person.creates("a.bin")
    tagging.set_tags(ctx, "anna", upload.id, ["Tax"])
    with ctx.db.write() as session:
        session.exec(update(Upload).where(col(Upload.id) == upload.id).values(owner="ben"))
    assert tagging.tags_of_all(ctx, "ben") == [TagCount("Tax", 1)], "whose they are says the file"
    with ctx.db.write() as session:
        session.delete(session.get(Upload, upload.id))
    with ctx.db.read() as session:
        assert session.exec(select(Tag)).all() == []
