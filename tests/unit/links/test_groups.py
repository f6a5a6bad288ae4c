"""One link for files that were given together: what it leads to, what its owner does with it, and what counts as a download."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select, update

from smartupload.adapters.memory import MemoryLive, MemoryStore
from smartupload.errors import FileNotFound, GroupNotFound, LinkExpired, LinkRevoked, LinkUsedUp, NotReady
from smartupload.models import GroupDownload, GroupLink, Upload
from smartupload.service.access import take_over
from smartupload.service.context import Context
from smartupload.service.links import archive, counting, group_page, groups
from smartupload.service.links.visitors import Visitor
from smartupload.service.uploads import adopt, cancel, library
from tests.unit.person import Person, put_into

BEN, EVA = Visitor(("ben",), ("ben",)), Visitor(("eva",), ("eva",))


def shared(ctx: Context, person: Person, *paths: str, group: str = "g") -> str:
    """Files of a group that are there; the token of its link."""
    for path in paths:
        ctx.clock.move(1)  # pyright: ignore[reportAttributeAccessIssue]
        person.uploads(path.rpartition("/")[2], group=group, path=path)
    return groups.make_link(ctx, person.owner, group).link.token


def names(ctx: Context, token: str) -> list[str]:
    return [f"{one.folder}/{one.name}" for one in group_page.shared_group(ctx, token).files]


def test_all_that_was_given_together_is_behind_one_link(ctx: Context, person: Person) -> None:
    person.uploads("other.bin")
    token = shared(ctx, person, "Trip/a.jpg", "Trip/day 1/b.jpg")
    made = groups.get_link(ctx, "anna", "g")
    assert made.link.url == f"{ctx.settings.site_url}/f/group/{token}"
    assert (made.name, made.files, made.bytes) == ("Trip", 2, 2000)
    assert groups.make_link(ctx, "anna", "g") == made, "there is one"
    page = group_page.shared_group(ctx, token)
    assert names(ctx, token) == ["Trip/a.jpg", "Trip/day 1/b.jpg"]
    assert (page.name, page.ready, page.bytes, page.coming, page.left_out) == ("Trip", 2, 2000, 0, 0)
    assert groups.all_of(ctx, "anna") == [made]


def test_pages_hear_of_a_link_that_is_made_and_of_the_newest_of_many(ctx: Context, person: Person) -> None:
    assert isinstance(ctx.live, MemoryLive)
    for group in ("a", "b", "c"):
        person.uploads(f"{group}.bin", group=group)
        ctx.clock.move(1)  # pyright: ignore[reportAttributeAccessIssue]
        ctx.live.owners.clear()
        groups.make_link(ctx, "anna", group)
        assert ctx.live.owners == ["anna"]
    groups.make_link(ctx, "anna", "c")
    assert ctx.live.owners == ["anna"], "it is there already"
    assert [one.key for one in groups.all_of(ctx, "anna")] == ["c", "b", "a"]
    assert [one.key for one in groups.all_of(ctx, "anna", 2)] == ["c", "b"]
    for one in library.list_uploads(ctx, "anna", None, 10).uploads:
        if one.name == "c.bin":
            cancel.cancel_upload(ctx, "anna", one.id)
    assert [one.key for one in groups.all_of(ctx, "anna", 2)] == ["b", "a"], "of one that is empty nothing is left"


def test_what_joins_later_is_behind_it_and_what_is_deleted_is_not(ctx: Context, person: Person) -> None:
    token = shared(ctx, person, "a.bin", "b.bin")
    ctx.clock.move(1)  # pyright: ignore[reportAttributeAccessIssue]
    late = person.creates("c.bin", group="g")
    page = group_page.shared_group(ctx, token)
    assert (page.ready, page.coming, [one.state for one in page.files][2]) == (2, 1, "uploading")
    assert page.files[2].download_url is None
    cancel.cancel_upload(ctx, "anna", page.files[0].id)
    cancel.cancel_upload(ctx, "anna", late.id)
    assert names(ctx, token) == ["/b.bin"]
    with pytest.raises(FileNotFound):
        group_page.download_url(ctx, token, page.files[0].id)


def test_what_did_not_pass_or_arrive_is_counted_and_left_out(ctx: Context, person: Person) -> None:
    token = shared(ctx, person, "a.bin")
    lost = [person.creates(f"{state}.bin", group="g") for state in ("blocked", "failed", "expired")]
    for upload, state in zip(lost, ("blocked", "failed", "expired"), strict=True):
        put_into(ctx, upload.id, state)
    assert names(ctx, token) == ["/a.bin"]
    assert group_page.shared_group(ctx, token).left_out == 3
    for upload in lost:
        with pytest.raises(FileNotFound):
            group_page.download_url(ctx, token, upload.id)


def test_a_file_that_is_not_in_it_is_not_there(ctx: Context, person: Person) -> None:
    token = shared(ctx, person, "a.bin")
    others = [person.uploads("mine.bin"), Person(ctx, "mallory").uploads("m.bin", group="g")]
    for upload in others:
        with pytest.raises(FileNotFound):
            group_page.download_url(ctx, token, upload.id)
    assert names(ctx, token) == ["/a.bin"], "another owner's group has the same name, and nothing to do with it"


def test_what_came_by_a_drop_link_is_in_no_group(ctx: Context, person: Person) -> None:
    token = shared(ctx, person, "a.bin")
    sent = person.uploads("sent.bin", group="g")
    with ctx.db.write() as session:
        session.exec(update(Upload).where(Upload.id == sent.id).values(sender="zoe", drop_id="d"))  # type: ignore[arg-type]
    assert names(ctx, token) == ["/a.bin"]


def test_only_its_owner_has_it_and_only_of_what_is_there(ctx: Context, person: Person) -> None:
    for key in ("g", "", "\0"):
        with pytest.raises(GroupNotFound):
            groups.make_link(ctx, "anna", key)
    shared(ctx, person, "a.bin")
    for verb in (groups.get_link, groups.make_link, groups.renew_link, groups.remove_link):
        for other in ("ben", ""):
            with pytest.raises(GroupNotFound):
                verb(ctx, other, "g")
    person.uploads("b.bin", group="h")
    with pytest.raises(GroupNotFound):
        groups.get_link(ctx, "anna", "h")


def test_revoked_over_and_renewed(ctx: Context, person: Person) -> None:
    token = shared(ctx, person, "a.bin")
    file = group_page.shared_group(ctx, token).files[0].id
    looks = (
        lambda: group_page.shared_group(ctx, token),
        lambda: group_page.download_url(ctx, token, file),
        lambda: archive.begin(ctx, token),
    )
    groups.set_revoked(ctx, "anna", "g", True)
    for look in looks:
        with pytest.raises(LinkRevoked):
            look()
    assert group_page.group_page(ctx, token, "anna").key == "g"
    assert archive.begin(ctx, token, owner="anna").size
    groups.set_limits(ctx, "anna", "g", ctx.clock.now() + timedelta(hours=1), None)
    groups.set_revoked(ctx, "anna", "g", False)
    ctx.clock.move(7200)  # pyright: ignore[reportAttributeAccessIssue]
    for look in looks:
        with pytest.raises(LinkExpired):
            look()
    made = groups.renew_link(ctx, "anna", "g").link
    assert (made.revoked, made.until, made.downloads_left) == (False, None, None)
    for look in looks:
        with pytest.raises(FileNotFound):
            look()
    assert names(ctx, made.token) == ["/a.bin"]
    groups.remove_link(ctx, "anna", "g")
    with pytest.raises(FileNotFound):
        group_page.shared_group(ctx, made.token)


def test_a_visitor_counts_once_whatever_they_take_of_it(ctx: Context, person: Person) -> None:
    token = shared(ctx, person, "a.bin", "b.bin")
    groups.set_limits(ctx, "anna", "g", None, 1)
    first, second = (one.id for one in group_page.shared_group(ctx, token).files)
    with pytest.raises(counting.NoClick):
        archive.begin(ctx, token, None)
    assert group_page.download_url(ctx, token, first, BEN)
    assert group_page.download_url(ctx, token, second, BEN)
    assert archive.begin(ctx, token, BEN).size > 2000
    assert groups.get_link(ctx, "anna", "g").link.downloads_left == 0
    for take in (lambda: group_page.download_url(ctx, token, first, EVA), lambda: archive.begin(ctx, token, EVA)):
        with pytest.raises(LinkUsedUp):
            take()
    assert group_page.group_page(ctx, token, "ben").group.ready == 2, "who took it still sees it"
    groups.renew_link(ctx, "anna", "g")
    with ctx.db.read() as session:
        assert not session.exec(select(GroupDownload)).all()


def test_nothing_is_counted_for_an_archive_that_cannot_be_made(ctx: Context, person: Person) -> None:
    person.creates("a.bin", group="g")
    token = groups.make_link(ctx, "anna", "g").link.token
    groups.set_limits(ctx, "anna", "g", None, 1)
    with pytest.raises(NotReady):
        archive.begin(ctx, token, BEN)
    assert groups.get_link(ctx, "anna", "g").link.downloads_left == 1


def test_the_list_is_read_page_by_page(ctx: Context, person: Person) -> None:
    token = shared(ctx, person, *(f"{number}.bin" for number in range(5)))
    seen: list[str] = []
    after = ""
    while True:
        page = group_page.shared_group(ctx, token, after, 2)
        seen += [one.name for one in page.files]
        if page.next is None:
            break
        after = page.next
    assert seen == [f"{number}.bin" for number in range(5)]
    with pytest.raises(FileNotFound):
        group_page.shared_group(ctx, token, "nobody")


def test_a_link_of_a_group_of_which_nothing_is_left_is_forgotten(ctx: Context, person: Person) -> None:
    token = shared(ctx, person, "a.bin")
    shared(ctx, person, "b.bin", group="h")
    cancel.cancel_upload(ctx, "anna", group_page.shared_group(ctx, token).files[0].id)
    groups.forget_old(ctx)
    with ctx.db.read() as session:
        assert [row.group_key for row in session.exec(select(GroupLink))] == ["h"]


def test_the_link_goes_along_with_its_files(ctx: Context, person: Person) -> None:
    token = shared(ctx, person, "a.bin")
    take_over.take_over(ctx, "person", "anna")
    assert groups.get_link(ctx, "person", "g").files == 1
    assert names(ctx, token) == ["/a.bin"]


def test_also_with_those_of_a_browser_that_lost_its_cookie(ctx: Context, person: Person) -> None:
    upload = person.uploads("a.bin", group="g", key="the key")
    token = groups.make_link(ctx, "anna", "g").link.token
    adopt.adopt_upload(ctx, "ben", upload.id, "the key")
    assert groups.get_link(ctx, "ben", "g").files == 1
    assert names(ctx, token) == ["/a.bin"]


def test_the_pieces_are_read_as_they_are_wanted_and_the_reading_ends_with_them(
    ctx: Context, person: Person, store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = shared(ctx, person, "a.bin", "b.bin", "c.bin")
    asked: list[str] = []
    read = store.read

    def noted(key: str, start: int = 0, length: int | None = None):  # type: ignore[no-untyped-def]
        asked.append(key)
        return read(key, start, length)

    monkeypatch.setattr(store, "read", noted)
    made = archive.begin(ctx, token)
    assert len(asked) == 1
    next(made.pieces)
    made.pieces.close()
    assert list(made.pieces) == []
    assert len(asked) == 1
