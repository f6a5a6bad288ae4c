"""Which version of a file a part is of: one digest in one epoch, and no file of which not one version has all parts."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest

from smartupload.errors import OtherVersion, PartsMissing, StoreUnavailable
from smartupload.models import Part, Upload
from smartupload.ports import SignedRequest
from smartupload.service.context import Context, UploadLocks
from smartupload.service.housekeeping import reconcile
from smartupload.service.parts import confirm, part_claims, versions
from smartupload.service.presentation.views import UploadView
from smartupload.service.records import rows, states
from tests.fixtures_store import MIB
from tests.unit.person import Person


def row_of(ctx: Context, upload: UploadView) -> Upload:
    return rows.load(ctx, "anna", upload.id)


def known(ctx: Context, upload: UploadView) -> dict[int, list[str]]:
    """Which versions vouch for what has arrived."""
    return {part.number: part.versions for part in confirm.confirmed_parts(ctx, "anna", upload.id)[1]}


def test_other_bytes_than_those_of_another_version_are_refused(ctx: Context, person: Person) -> None:
    upload = person.creates(size=20 * MIB)
    old, new = person.cut(upload, seed=1), person.cut(upload, seed=2)
    person.sends(upload, old, only={1, 2}, version="a")
    before, mixed = row_of(ctx, upload), [old[0], new[1], new[2]]
    with pytest.raises(OtherVersion) as signing:
        person.signs(upload, person.claims(mixed), version="b", epoch=1)
    with pytest.raises(OtherVersion) as handing_over:
        person.hands_over(upload, mixed, version="b")
    assert signing.value.extra == handing_over.value.extra == {"number": 2}
    assert row_of(ctx, upload) == before
    assert known(ctx, upload) == {1: ["a"], 2: ["a"]}, "a batch is answered as a whole or not at all"


def test_a_version_that_contradicts_itself_begins_anew(ctx: Context, person: Person) -> None:
    """Its file changed while it was read."""
    upload = person.creates(size=20 * MIB)
    old, new = person.cut(upload, seed=1), person.cut(upload, seed=2)
    person.sends(upload, old, only={1, 2}, version="a")
    person.signs(upload, person.claims(old)[:1], version="b")
    with pytest.raises(OtherVersion):
        person.signs(upload, person.claims(new)[:2], version="a", epoch=1)
    signed = person.signs(upload, person.claims(new)[1:2], version="a", epoch=1)
    assert (signed.epoch, len(signed.parts)) == (2, 1)
    assert known(ctx, upload) == {}


def test_what_has_not_arrived_does_not_count(person: Person, upload: UploadView, bodies: list[bytes]) -> None:
    person.signs(upload, person.claims(bodies)[:2], version="a")
    person.sends(upload, bodies, only={3}, version="b")
    with pytest.raises(PartsMissing) as missing:
        person.completes(upload)
    assert missing.value.extra["missing"] == [1, 2]


@pytest.mark.parametrize("terms", [{"version": "b", "replace": True, "epoch": 1}, {}], ids=str)
def test_another_version_takes_its_place(ctx: Context, store: Any, person: Person, terms: dict[str, Any]) -> None:
    upload = person.creates(size=20 * MIB)
    old, new = person.cut(upload, seed=1), person.cut(upload, seed=2)
    late = person.sends(upload, old, version="a").parts[2]
    signed = person.signs(upload, person.claims(new)[:2], **terms)
    assert signed.epoch == 2
    assert [part.confirmed for part in signed.parts] == [False, False]
    row = row_of(ctx, upload)
    assert (row.state, row.mismatches, row.confirmed_bytes) == ("uploading", 0, 0)
    assert store.put(SignedRequest(late.url, late.headers or {}), old[2]) == 404
    assert known(ctx, upload) == {}
    person.sends(upload, new, version=terms.get("version", ""))
    assert person.completes(upload).state == "ready"
    assert store.objects[f"uploads/{upload.id}/2"][0] == b"".join(new)


@pytest.mark.parametrize("asks", ["signs", "hands_over"])
def test_nothing_is_signed_in_another_epoch_than_the_browser_knows(
    ctx: Context, person: Person, upload: UploadView, bodies: list[bytes], asks: str
) -> None:
    def ask(epoch: int, **terms: Any) -> Any:
        claims = person.claims(bodies) if asks == "signs" else bodies
        return getattr(person, asks)(upload, claims, version="a", epoch=epoch, **terms)

    before = row_of(ctx, upload)
    for answer in (ask(2), ask(0, replace=True)):
        assert (answer.epoch, answer.parts) == (1, [])
    assert row_of(ctx, upload) == before
    assert rows.digests(ctx, before) == {}
    assert len(ask(1).parts) == 3


def test_a_call_that_finds_the_store_empty_signs_only_for_whoever_names_no_epoch(
    store: Any, person: Person, upload: UploadView, bodies: list[bytes]
) -> None:
    person.sends(upload, bodies, only={1}, version="a", epoch=1)
    store.multiparts.clear()
    answer = person.signs(upload, person.claims(bodies), version="a", epoch=1)
    assert (answer.epoch, answer.parts) == (2, [])
    assert len(person.sends(upload, bodies, only={1}, version="a", epoch=2).parts) == 1
    store.multiparts.clear()
    answer = person.signs(upload, person.claims(bodies), version="a")
    assert (answer.epoch, len(answer.parts)) == (3, 3)


def test_what_has_arrived_is_vouched_for_by_whoever_has_the_same(
    ctx: Context, store: Any, person: Person, upload: UploadView, bodies: list[bytes]
) -> None:
    person.sends(upload, bodies, only={1}, version="a")
    person.posts(person.hands_over(upload, bodies, only={2}, version="a"), bodies)
    signed_at = row_of(ctx, upload).signed_at
    ctx.clock.move(10)  # pyright: ignore[reportAttributeAccessIssue]
    assert all(part.confirmed for part in person.signs(upload, person.claims(bodies[:2]), version="b").parts)
    row = row_of(ctx, upload)
    assert (row.signed_at, row.moved_at) == (signed_at, ctx.clock.now()), "nothing was signed, but it lives"
    assert known(ctx, upload) == {1: ["a", "b"], 2: ["a", "b"]}
    ctx.clock.move(5)  # pyright: ignore[reportAttributeAccessIssue]
    person.signs(upload, person.claims(bodies[:2]), version="b")
    assert row_of(ctx, upload) == row, "what is known is not written again"
    assert [part.confirmed for part in person.hands_over(upload, bodies, version="").parts] == [True, True, False]
    assert known(ctx, upload) == {1: ["a", "b", ""], 2: ["a", "b", ""]}


def test_vouching_does_not_take_an_upload_back_that_is_being_completed(
    ctx: Context, store: Any, person: Person, upload: UploadView, bodies: list[bytes]
) -> None:
    person.sends(upload, bodies, version="a")
    completed = store.complete_multipart

    def away(*given: Any) -> Any:
        raise StoreUnavailable

    for lost_before in (True, False):
        store.complete_multipart = away if lost_before else lambda *given: (completed(*given), away())
        with pytest.raises(StoreUnavailable):
            person.completes(upload)
        version = f"b{lost_before}"
        assert all(part.confirmed for part in person.signs(upload, person.claims(bodies), version=version).parts)
        row = row_of(ctx, upload)
        assert row.state == "verifying"
        assert row.checksum is not None
        assert all(version in versions.of(part) for part in rows.digests(ctx, row).values())
    assert person.completes(upload).state == "ready"


def test_a_file_of_two_versions_is_never_made(ctx: Context, store: Any, person: Person) -> None:
    """Parts 1, 2, 3 and 5 are of one version, part 4 is of another one: none of them has two digests."""
    upload = person.creates(size=4 * 8 * MIB + 1000)
    one, other = person.cut(upload, seed=1), person.cut(upload, seed=2)
    person.sends(upload, one, only={1, 2, 3}, version="a")
    person.sends(upload, other, only={4}, version="b")
    person.sends(upload, one, only={5}, version="a")
    for _ in range(3):
        ctx.clock.move(600)  # pyright: ignore[reportAttributeAccessIssue]
        reconcile.reconcile(ctx)
        with pytest.raises(PartsMissing) as missing:
            person.completes(upload)
        assert missing.value.extra == {"missing": [4], "epoch": 1}
        assert row_of(ctx, upload).state == "uploading"
    with pytest.raises(OtherVersion):
        person.sends(upload, one, only={4}, version="a")
    person.sends(upload, one, only={4}, version="a", replace=True)
    with pytest.raises(PartsMissing) as missing:
        person.completes(upload)
    assert missing.value.extra == {"missing": [1, 2, 3, 5], "epoch": 2}
    person.sends(upload, one, version="a")
    assert person.completes(upload).state == "ready"
    assert store.objects[f"uploads/{upload.id}/2"][0] == b"".join(one)


@pytest.mark.parametrize("version", ["a", ""])
def test_two_browsers_that_sign_other_bytes_for_one_part_at_the_same_moment(
    ctx: Context, person: Person, upload: UploadView, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    """Both have seen that nothing is signed. The row's lock lets one of them go first, and the other one looks again."""
    together, waited = threading.Barrier(2), set[int]()
    digests = rows.digests

    def look(*given: Any) -> Any:
        found = digests(*given)
        if threading.get_ident() not in waited:
            waited.add(threading.get_ident())
            together.wait(10)
        return found

    monkeypatch.setattr(part_claims.rows, "digests", look)
    answers: list[Any] = []

    def sign(seed: int) -> None:
        browser = Person(replace(ctx, locks=UploadLocks()))
        claims = person.claims(person.cut(upload, seed))
        try:
            answers.append(browser.signs(upload, claims, version=version and f"{version}{seed}").epoch)
        except OtherVersion as refused:
            answers.append(refused.code)

    threads = [threading.Thread(target=sign, args=(seed,)) for seed in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers, key=str) == ([1, "other_version"] if version else [1, 2])
    row = row_of(ctx, upload)
    signed = {number: part.sha256 for number, part in digests(ctx, row).items()}
    assert signed in [
        {claim.number: claim.sha256 for claim in person.claims(person.cut(upload, seed))} for seed in (1, 2)
    ]


@pytest.mark.parametrize(
    ("signed", "vouched"),
    [
        (["a", "a", "a"], {1, 2, 3}),
        (["a", "b", "a"], {1, 3}),
        (["b", "a", "b a"], {2, 3}),
        (["b", "b a", "a b"], {1, 2, 3}),
        ([" a", "a", ""], {1, 3}),
        (["a", ""], {2}),
        ([], set()),
    ],
)
def test_the_version_with_the_most_parts_counts(signed: list[str], vouched: set[int]) -> None:
    parts = [Part(upload_id="u", number=n, epoch=1, size=1, sha256="x", versions=v) for n, v in enumerate(signed, 1)]
    assert versions.vouched(parts) == vouched
    assert versions.vouched(reversed(parts)) == vouched


def test_a_part_knows_the_newest_versions() -> None:
    part = Part(upload_id="u", number=1, epoch=1, size=1, sha256="x")
    part.versions = versions.with_one_more(None, "")
    for number in range(20):
        for _ in range(2):
            part.versions = versions.with_one_more(part, f"v{number}")
    assert versions.of(part) == [f"v{number}" for number in range(4, 20)]


@pytest.mark.parametrize("lists_digests", [True, False])
def test_a_forgotten_part_keeps_its_digest(ctx: Context, store: Any, person: Person, lists_digests: bool) -> None:
    """Whatever its store tells, one number never gets two digests in one epoch."""
    store.lists_digests = lists_digests
    upload = person.creates(size=20 * MIB)
    old, new = person.cut(upload, seed=1), person.cut(upload, seed=2)
    person.sends(upload, old, version="a")
    before = row_of(ctx, upload)
    rows.forget(ctx, before, {1})
    assert known(ctx, upload) == {2: ["a"], 3: ["a"]}, "it counts as not there"
    assert confirm.refresh(ctx, before, seconds=0).confirmed_bytes == upload.size - upload.part_size
    with pytest.raises(PartsMissing) as missing:
        person.completes(upload)
    assert missing.value.extra == {"missing": [1], "epoch": 1}
    with pytest.raises(OtherVersion) as other:
        person.signs(upload, person.claims(new)[:1], version="b", epoch=1)
    assert other.value.extra == {"number": 1}
    again = person.signs(upload, person.claims(old)[:1], version="b", epoch=1)
    assert (again.epoch, [part.confirmed for part in again.parts]) == (1, [False])
    person.puts(again, old)
    assert known(ctx, upload) == {1: ["b"], 2: ["a"], 3: ["a"]}, "only who has it signed again vouches for it"
    person.signs(upload, person.claims(old), version="a")
    done = person.completes(upload)
    assert (done.state, done.epoch, done.versions) == ("ready", 1, ["a"])
    assert store.objects[f"uploads/{upload.id}/1"][0] == b"".join(old)


@pytest.mark.parametrize("terms", [{"version": "b", "replace": True, "epoch": 1}, {}], ids=str)
def test_another_version_of_a_forgotten_part_opens_the_upload_anew(
    ctx: Context, person: Person, terms: dict[str, Any]
) -> None:
    upload = person.creates(size=20 * MIB)
    old, new = person.cut(upload, seed=1), person.cut(upload, seed=2)
    person.sends(upload, old, version="a")
    rows.forget(ctx, row_of(ctx, upload), {1})
    assert person.signs(upload, person.claims(new)[:1], **terms).epoch == 2
    assert list(rows.digests(ctx, row_of(ctx, upload))) == [1]


def test_a_part_that_is_forgotten_meanwhile_is_not_taken_for_one_that_is_there(
    ctx: Context, person: Person, upload: UploadView, bodies: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    person.sends(upload, bodies, version="a")
    row = row_of(ctx, upload)
    seen = rows.digests(ctx, row)
    rows.forget(ctx, row, {2})
    assert rows.move(ctx, row, states.CLAIM, as_seen=True, as_signed=seen, checksum="x") is None
    digests, found = rows.digests, [seen]
    monkeypatch.setattr(part_claims.rows, "digests", lambda *given: found.pop() if found else digests(*given))
    answer = person.signs(upload, person.claims(bodies), version="b")
    assert [part.confirmed for part in answer.parts] == [True, False, True]


@pytest.mark.parametrize(
    ("signed", "names"),
    [
        (["a", "a"], "a"),
        (["a", "b"], None),
        (["b a", "a c b"], "b a"),
        ([" a", "a "], " a"),
        (["", ""], ""),
        (["a", None], None),
        ([], None),
    ],
)
def test_who_vouches_for_all_parts_is_named(signed: list[str | None], names: str | None) -> None:
    parts = [Part(upload_id="u", number=n, epoch=1, size=1, sha256="x", versions=v) for n, v in enumerate(signed, 1)]
    assert versions.of_all(parts) == names
