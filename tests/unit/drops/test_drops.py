"""Drop links over the twins: who may send what by one, whose it is, and what ends."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from smartupload.errors import (
    DropClosed,
    DropFull,
    DropNotFound,
    DropStale,
    FileTooLarge,
    InvalidRequest,
    NotFound,
    NotSignedIn,
    OwnerQuotaExceeded,
    Problem,
    SentAlready,
    TooManyDrops,
    TooManyOpenUploads,
    TypeMismatch,
    TypeNotAllowed,
    UploadNotFound,
)
from smartupload.models import Upload
from smartupload.service.access import take_over
from smartupload.service.audit import read
from smartupload.service.context import Context
from smartupload.service.drops import links, names
from smartupload.service.drops.links import Limits, NewDrop
from smartupload.service.holds import holding
from smartupload.service.links import link, share
from smartupload.service.owner import owner_of_person
from smartupload.service.parts import multipart
from smartupload.service.personal import erase, kept
from smartupload.service.records import rows
from smartupload.service.uploads import adopt, cancel, create, library, pause
from smartupload.service.uploads.change_poller import ChangeFeed, ChangePoller
from tests.unit.person import Person

ANNA, BEN = owner_of_person("i", "anna"), owner_of_person("i", "ben")
STRANGER, OTHER = "5" * 32, "7" * 32


@pytest.fixture
def make(make_context: Callable[..., Context]) -> Callable[..., Context]:
    def made(**settings: str) -> Context:
        return replace(make_context(**settings), drop_key=b"a key")

    return made


@pytest.fixture
def ctx(make: Callable[..., Context]) -> Context:
    return make()


def opened(ctx: Context, title: str = "Your tax papers", *, days: int = 14, **limits: Any) -> links.DropView:
    return links.make(ctx, ANNA, NewDrop(title, "Anna", days, Limits(**limits)))


def token(one: links.DropView) -> str:
    return one.url.rpartition("/")[2]


def by(ctx: Context, one: links.DropView, who: str = STRANGER) -> dict[str, Any]:
    """What the sender's browser says with each file."""
    return {"uploader": links.page(ctx, token(one), who).uploader}


def row(ctx: Context, upload_id: str) -> Upload:
    found = rows.find(ctx, upload_id)
    assert found is not None
    return found


def test_it_is_the_owners_from_its_first_byte_and_its_senders_until_it_has_arrived(ctx: Context) -> None:
    one = opened(ctx)
    stranger = Person(ctx, STRANGER)
    upload = stranger.creates("tax.pdf", 9_000_000, metadata={"from": "Bert"}, **by(ctx, one))
    assert (row(ctx, upload.id).owner, row(ctx, upload.id).sender) == (ANNA, STRANGER)
    assert (upload.share_url, upload.share_token, upload.link_open) == ("", "", False)
    (hers,) = library.list_uploads(ctx, ANNA).uploads
    assert (hers.id, hers.metadata, hers.link_open) == (upload.id, {"from": "Bert"}, False)
    assert [seen.id for seen in library.list_uploads(ctx, STRANGER).uploads] == [upload.id]
    assert library.list_uploads(ctx, OTHER).uploads == []
    pause.pause_upload(ctx, STRANGER, upload.id)
    pause.resume_upload(ctx, STRANGER, upload.id)
    stranger.sends(upload, stranger.cut(upload))
    done = stranger.completes(upload)
    assert (done.state, done.share_url) == ("ready", "")
    assert library.download_url(ctx, ANNA, upload.id)
    for refused in (
        lambda: library.download_url(ctx, STRANGER, upload.id),
        lambda: library.preview_url(ctx, STRANGER, upload.id),
        lambda: link.get_link(ctx, STRANGER, upload.id),
        lambda: link.renew_link(ctx, STRANGER, upload.id),
    ):
        with pytest.raises(UploadNotFound):
            refused()
    with pytest.raises(Problem, match="not share"):
        share.shared_file(ctx, row(ctx, upload.id).share_token)
    with pytest.raises(SentAlready):
        cancel.cancel_upload(ctx, STRANGER, upload.id)
    cancel.cancel_upload(ctx, ANNA, upload.id)
    assert library.get_upload(ctx, STRANGER, upload.id).state == "cancelled"
    assert row(ctx, upload.id).drop_id == row(ctx, upload.id).uploader == ""


def test_a_sender_may_cancel_what_is_on_its_way(ctx: Context) -> None:
    upload = Person(ctx, STRANGER).creates(**by(ctx, opened(ctx)))
    cancel.cancel_upload(ctx, STRANGER, upload.id)
    assert library.list_uploads(ctx, ANNA).uploads == []


def test_another_stranger_finds_nothing_and_cannot_use_the_name(ctx: Context) -> None:
    one = opened(ctx)
    upload = Person(ctx, STRANGER).creates(**by(ctx, one))
    for verb in (library.get_upload, pause.pause_upload, cancel.cancel_upload):
        with pytest.raises(UploadNotFound):
            verb(ctx, OTHER, upload.id)
    with pytest.raises(NotSignedIn):
        Person(ctx, OTHER).creates(**by(ctx, one, STRANGER))
    with pytest.raises(UploadNotFound):
        adopt.adopt_upload(ctx, OTHER, upload.id, row(ctx, upload.id).idempotency_key)
    with pytest.raises(UploadNotFound):
        holding.hold(ctx, OTHER, "r", [upload.id], "s")
    assert holding.hold(ctx, STRANGER, "r", [upload.id], "s")


@pytest.mark.parametrize("uploader", ["", "drop-", "drop-x", "photos"])
def test_without_a_link_a_stranger_begins_nothing_and_a_person_their_own(ctx: Context, uploader: str) -> None:
    with pytest.raises(NotSignedIn):
        Person(ctx, STRANGER).creates(uploader=uploader)
    assert row(ctx, Person(ctx, BEN).creates(uploader=uploader).id).sender == ""


def test_by_a_link_that_is_not_theirs_nobody_begins_anything(ctx: Context) -> None:
    for uploader in (f"drop-{'0' * 16}-{'0' * 24}", by(ctx, opened(ctx), STRANGER)["uploader"]):
        with pytest.raises(DropStale):
            Person(ctx, BEN).creates(uploader=uploader)


def test_somebody_who_has_signed_in_sends_by_it_too_and_its_owner_begins_their_own(ctx: Context) -> None:
    one = opened(ctx)
    sent = row(ctx, Person(ctx, BEN).creates(**by(ctx, one, BEN)).id)
    assert (sent.owner, sent.sender) == (ANNA, BEN)
    own = row(ctx, Person(ctx, ANNA).creates(**by(ctx, one, ANNA)).id)
    assert (own.owner, own.sender, own.link_revoked) == (ANNA, "", False)


def test_a_token_is_of_no_use_once_a_sign_of_it_is_another(ctx: Context) -> None:
    good = token(opened(ctx))
    assert links.page(ctx, good, STRANGER).title == "Your tax papers"
    forged = [good[:-1] + ("0" if good[-1] != "0" else "1"), good[:16], good.upper(), good + "0", "", "é" * 48]
    for given in [*forged, names.token(replace(ctx, drop_key=b"another"), good[:16])]:
        with pytest.raises(DropNotFound):
            links.page(ctx, given, STRANGER)
    assert good[16:] not in str(kept.drops(ctx, ANNA))


def test_the_limits_of_a_link(ctx: Context) -> None:
    stranger = Person(ctx, STRANGER)
    few = by(ctx, one := opened(ctx, files=2, size=1000, bytes=1500, types=(".pdf", "image/*")))
    with pytest.raises(FileTooLarge):
        stranger.creates("a.pdf", 1001, **few)
    with pytest.raises(TypeNotAllowed):
        stranger.creates("a.mov", 10, **few)
    with pytest.raises(TypeMismatch):
        stranger.creates("a.pdf", 10, head=b"\x89PNG\r\n\x1a\n" + b"\0" * 2, **few)
    upload = stranger.creates("a.pdf", 1000, **few)
    with pytest.raises(DropFull):
        stranger.creates("b.pdf", 501, **few)
    second = stranger.creates("b.pdf", 500, **few)
    with pytest.raises(DropFull):
        Person(ctx, OTHER).creates("c.pdf", 1, **by(ctx, one, OTHER))
    cancel.cancel_upload(ctx, STRANGER, second.id)
    assert [(view.files, view.bytes) for view in links.all_of(ctx, ANNA)] == [(1, 1000)]
    several: list[Any] = create.create_uploads(
        ctx, STRANGER, [(create.NewFile(f"{at}.pdf", 10, **few), f"k{at}") for at in range(2)]
    )
    assert [type(made).__name__ for made in several] == ["UploadView", "DropFull"]
    assert upload.id not in {made.id for made in several[:1]}


def test_what_arrives_as_something_else_is_blocked(ctx: Context) -> None:
    stranger = Person(ctx, STRANGER)
    limits = by(ctx, opened(ctx, types=(".pdf",)))
    upload = stranger.creates("a.pdf", 2000, **limits)
    body = b"\x89PNG\r\n\x1a\n" + b"\0" * 1992
    stranger.sends(upload, [body])
    assert stranger.completes(upload).state == "blocked"


@pytest.mark.parametrize("ends", ["deleted", "forgotten"])
def test_the_kinds_of_a_link_that_is_no_more_hold_for_what_was_begun_by_it(ctx: Context, ends: str) -> None:
    stranger, one = Person(ctx, STRANGER), opened(ctx, days=1, types=(".pdf",))
    upload = stranger.creates("a.pdf", 2000, **by(ctx, one))
    if ends == "deleted":
        links.remove(ctx, ANNA, one.id)
    clock: Any = ctx.clock
    clock.move(timedelta(days=40).total_seconds() if ends == "forgotten" else 60)
    links.forget_old(ctx)
    assert links.titles(ctx, ANNA, [one.id]) == ({} if ends == "deleted" else {one.id: "Your tax papers"})
    stranger.sends(upload, [b"\x89PNG\r\n\x1a\n" + b"\0" * 1992])
    take_over.take_over(ctx, BEN, STRANGER)
    assert Person(ctx, BEN).completes(upload).state == "blocked"
    links.forget_old(ctx)
    assert links.find(ctx, one.id) is None


def test_of_a_deleted_link_no_word_is_kept_and_nobody_meets_it_any_more(ctx: Context) -> None:
    one = opened(ctx)
    Person(ctx, STRANGER).creates(**by(ctx, one))
    links.remove(ctx, ANNA, one.id)
    assert links.all_of(ctx, ANNA) == []
    assert "tax" not in str(kept.drops(ctx, ANNA))
    for verb in (links.close, links.remove):
        with pytest.raises(NotFound):
            verb(ctx, ANNA, one.id)
    with pytest.raises(DropNotFound):
        links.page(ctx, token(one), STRANGER)


@pytest.mark.parametrize("who", [ANNA, BEN])
def test_what_was_begun_before_a_sign_in_is_found_again_afterwards(ctx: Context, who: str) -> None:
    one, stranger = opened(ctx, files=1), Person(ctx, STRANGER)
    said = by(ctx, one)
    upload = stranger.creates(key="the same", **said)
    assert take_over.take_over(ctx, who, STRANGER) == 1
    assert Person(ctx, who).creates(key="the same", **said).id == upload.id, "its answer was lost"
    assert adopt.adopt_upload(ctx, who, upload.id, "the same").id == upload.id
    with pytest.raises(DropStale):
        Person(ctx, who).creates(key="another", **said)
    with pytest.raises(UploadNotFound):
        adopt.adopt_upload(ctx, who, upload.id, "another")
    # What is the owner's own counts for the link no more, in no figure of it.
    there = links.all_of(ctx, ANNA)[0].files
    assert (there, row(ctx, upload.id).drop_id) == ((0, "") if who == ANNA else (1, one.id))


def test_whoever_sends_may_claim_what_they_began(ctx: Context) -> None:
    upload = Person(ctx, STRANGER).creates(key="the same", **by(ctx, opened(ctx)))
    assert adopt.adopt_upload(ctx, STRANGER, upload.id, "the same").id == upload.id
    with pytest.raises(UploadNotFound):
        adopt.adopt_upload(ctx, OTHER, upload.id, "the same")


def test_sizes_that_are_tried_out_tell_no_more_than_how_often_half_of_the_quota_is_free(
    make: Callable[..., Context],
) -> None:
    ctx = make(owner_quota="1000")
    Person(ctx, ANNA).uploads("hers.bin", 300)
    fits: list[int] = []
    # Begun and never sent, by one link and by another: together they come to a half, not to what is free.
    for sender, one in ((STRANGER, opened(ctx)), (OTHER, opened(ctx))):
        for size in (512, 256, 128, 64, 32, 16, 8, 4, 2, 1):
            with contextlib.suppress(DropFull):
                fits.append(Person(ctx, sender).creates(size=size, **by(ctx, one, sender)).size)
    assert sum(fits) == 500
    Person(ctx, ANNA).creates(size=200)


def test_a_stranger_is_told_what_to_do_and_nothing_of_anybodys_space(
    make: Callable[..., Context], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: set[str] = set()
    for settings in ({"owner_quota": "100"}, {"site_quota": "100"}, {"open_uploads": "1"}, {"room": "100"}):
        room = int(settings.pop("room", 0))
        ctx = make(**settings)
        said = by(ctx, opened(ctx))
        if room:
            monkeypatch.setattr(ctx.store, "room", room)
        if "open_uploads" in settings:
            Person(ctx, STRANGER).creates("first.bin", 1, **said)
        with pytest.raises(Problem) as refused:
            Person(ctx, STRANGER).creates("a.bin", 200, **said)
        told.add(refused.value.detail)
    assert len(told) == 3
    for sentence in told:
        assert not re.search(r"\d|\byours?\b|owner|quota|storage|account", sentence), sentence
        assert "link" in sentence


def test_the_quota_of_its_owner_counts_and_says_no_figure(make: Callable[..., Context]) -> None:
    ctx = make(owner_quota="1000", open_uploads="2")
    one = opened(ctx)
    Person(ctx, STRANGER).creates("a.bin", 900, **by(ctx, one))
    with pytest.raises(DropFull) as full:
        Person(ctx, STRANGER).creates("b.bin", 200, **by(ctx, one))
    assert not any(sign.isdigit() for sign in full.value.detail)
    with pytest.raises(OwnerQuotaExceeded):
        Person(ctx, ANNA).creates("c.bin", 200)
    Person(ctx, STRANGER).creates("d.bin", 1, **by(ctx, one))
    with pytest.raises(TooManyOpenUploads):
        Person(ctx, OTHER).creates("e.bin", 1, **by(ctx, one, OTHER))
    assert Person(ctx, ANNA).creates("f.bin", 1).id, "no stranger keeps her from sending"


@pytest.mark.parametrize("ends", ["closed", "deleted", "over"])
def test_what_was_begun_goes_on_when_the_link_ends(ctx: Context, ends: str) -> None:
    one = opened(ctx, days=1)
    stranger, said = Person(ctx, STRANGER), by(ctx, one)
    upload = stranger.creates(size=9_000_000, key="the same", **said)
    stranger.sends(upload, stranger.cut(upload), {1})
    if ends == "closed":
        assert not links.close(ctx, ANNA, one.id).is_open
        assert not links.close(ctx, ANNA, one.id).is_open
    elif ends == "deleted":
        links.remove(ctx, ANNA, one.id)
    else:
        clock: Any = ctx.clock
        clock.move(24 * 3600)
    with pytest.raises(DropClosed):
        stranger.creates("more.bin", **said)
    with pytest.raises((DropClosed, DropNotFound)):
        links.page(ctx, token(one), STRANGER)
    assert stranger.creates(size=9_000_000, key="the same", **said).id == upload.id, "its answer was lost"
    stranger.sends(upload, stranger.cut(upload), {2})
    assert stranger.completes(upload).state == "ready"


def test_keys_of_a_sender_meet_none_of_the_owner(ctx: Context) -> None:
    hers = Person(ctx, ANNA).creates("a.bin", key="the same")
    one = opened(ctx)
    first = Person(ctx, STRANGER).creates("a.bin", key="the same", **by(ctx, one))
    second = Person(ctx, OTHER).creates("a.bin", key="the same", **by(ctx, one, OTHER))
    assert len({hers.id, first.id, second.id}) == 3


def test_whoever_sends_hears_of_changes(ctx: Context) -> None:
    upload = Person(ctx, STRANGER).creates(**by(ctx, opened(ctx)))
    live: Any = ctx.live
    assert {ANNA, STRANGER} <= set(live.owners)
    for who, found in ((STRANGER, [upload.id]), (ANNA, [upload.id]), (OTHER, [])):
        assert [one.id for one in ChangeFeed(ctx, who).read()[0]] == found

    told: list[str] = []

    class Hub:
        def changed(self, owner: str) -> None:
            told.append(owner)

        def subscribers(self) -> dict[str, int]:
            return {STRANGER: 1, OTHER: 1}

        def visited(self) -> list[str]:
            return []

    ChangePoller(ctx, Hub()).poll()
    assert told == [STRANGER]


def test_what_is_no_link(ctx: Context) -> None:
    for title, days, limits in [
        ("", 14, {}), ("x" * 101, 14, {}), ("a", 0, {}), ("a", 366, {}), ("a", 14, {"files": 0}), ("a", 14, {"types": ("p d f",)}),
    ]:  # fmt: skip
        with pytest.raises(InvalidRequest):
            opened(ctx, title, days=days, **limits)
    for verb in (links.close, links.remove):
        with pytest.raises(NotFound):
            verb(ctx, BEN, opened(ctx).id)
    for _ in range(links.MOST - len(links.all_of(ctx, ANNA))):
        opened(ctx)
    with pytest.raises(TooManyDrops):
        opened(ctx)


def test_made_used_and_closed_stand_in_the_audit_log_without_title_and_token(ctx: Context) -> None:
    one = opened(ctx)
    Person(ctx, STRANGER).creates(**by(ctx, one))
    links.close(ctx, ANNA, one.id)
    links.remove(ctx, ANNA, one.id)
    found = list(read.all_of(ctx.db))
    assert [entry.action for entry in found] == ["drop_made", "created", "drop_closed", "drop_closed"]
    assert all(one.id in str(entry.detail) for entry in found)
    assert "tax" not in str(found)
    assert token(one)[16:] not in str(found)


def test_ended_links_are_forgotten_and_running_ones_are_not(ctx: Context) -> None:
    over, closed, runs = opened(ctx, days=1), opened(ctx, days=300), opened(ctx, days=300)
    links.close(ctx, ANNA, closed.id)
    clock: Any = ctx.clock
    clock.move(timedelta(days=29).total_seconds())
    links.forget_old(ctx)
    assert len(links.all_of(ctx, ANNA)) == 3
    clock.move(timedelta(days=3).total_seconds())
    links.forget_old(ctx)
    assert [one.id for one in links.all_of(ctx, ANNA)] == [runs.id]
    assert over.id != runs.id


def test_to_take_along_and_to_delete(ctx: Context) -> None:
    one = opened(ctx)
    stranger = Person(ctx, STRANGER)
    arrived, running = (stranger.creates(metadata={"from": "Bert"}, **by(ctx, one)) for _ in range(2))
    stranger.sends(arrived, stranger.cut(arrived))
    stranger.completes(arrived)
    assert take_over.left(ctx, STRANGER) == 2
    take_over.take_over(ctx, BEN, STRANGER)
    assert row(ctx, running.id).sender == BEN
    assert {said["id"] for said in kept.drops(ctx, BEN)["sent"]} == {arrived.id, running.id}
    assert kept.drops(ctx, ANNA)["links"][0]["title"] == "Your tax papers"
    erase.erase(ctx, BEN)
    assert row(ctx, running.id).state == "cancelled"
    left = row(ctx, arrived.id)
    assert (left.state, left.owner, left.metadata_) == ("ready", ANNA, {})
    assert left.sender.startswith("erased-")
    erase.erase(ctx, ANNA)
    assert row(ctx, arrived.id).state == "cancelled"
    assert links.all_of(ctx, ANNA) == []


@pytest.mark.parametrize("end", [links.close, links.remove, lambda ctx, owner, _: erase.erase(ctx, owner)])
def test_a_link_that_ends_while_the_store_is_asked_takes_nothing_new(
    ctx: Context, end: Callable[[Context, str, str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = opened(ctx, types=(".pdf",))
    sent = by(ctx, one)
    opens = multipart.open_in_store

    def slowly(*given: Any) -> str:
        end(ctx, ANNA, one.id)
        return opens(*given)

    monkeypatch.setattr(multipart, "open_in_store", slowly)
    with pytest.raises(DropClosed):
        Person(ctx, STRANGER).creates("tax.pdf", **sent)
    assert library.list_uploads(ctx, ANNA).uploads == []


def test_what_its_owner_sent_by_a_link_is_found_again_when_it_is_deleted(ctx: Context) -> None:
    one = opened(ctx)
    sent = by(ctx, one, ANNA)
    upload = Person(ctx, ANNA).creates(key="the same", **sent)
    links.remove(ctx, ANNA, one.id)
    assert Person(ctx, ANNA).creates(key="the same", **sent).id == upload.id, "its answer was lost"
    with pytest.raises(DropClosed):
        Person(ctx, ANNA).creates(key="another", **sent)
