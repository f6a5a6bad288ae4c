"""What visitors get, and how their downloads are counted."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from smartupload.errors import FileNotFound, LinkExpired, LinkUsedUp, NoPreview, NotReady, Problem
from smartupload.service.context import Context
from smartupload.service.links import counting, link, lookup, share
from smartupload.service.links.visitors import NOBODY
from smartupload.service.uploads import pause
from tests.unit.person import Person


def left(ctx: Context, upload_id: str) -> int | None:
    return link.get_link(ctx, "anna", upload_id).downloads_left


def test_over_at_its_moment(ctx: Context, person: Person) -> None:
    upload = person.uploads()
    link.set_limits(ctx, "anna", upload.id, ctx.clock.now() + timedelta(seconds=60), None)
    ctx.clock.move(59)  # pyright: ignore[reportAttributeAccessIssue]
    assert share.download_url(ctx, upload.share_token)
    ctx.clock.move(1)  # pyright: ignore[reportAttributeAccessIssue]
    for look in (share.shared_file, share.download_url, share.preview_url, share.text):
        with pytest.raises(LinkExpired):
            look(ctx, upload.share_token)


def test_downloads_are_counted_and_looks_are_not(ctx: Context, person: Person) -> None:
    upload = person.uploads()
    link.set_limits(ctx, "anna", upload.id, None, 2)
    share.shared_file(ctx, upload.share_token)
    assert left(ctx, upload.id) == 2
    share.download_url(ctx, upload.share_token)
    assert left(ctx, upload.id) == 1
    share.download_url(ctx, upload.share_token)
    for look in (share.shared_file, share.download_url):
        with pytest.raises(LinkUsedUp):
            look(ctx, upload.share_token)
    assert left(ctx, upload.id) == 0


def test_a_download_that_is_not_there_yet_counts_nothing(ctx: Context, person: Person) -> None:
    upload = person.creates()
    link.set_limits(ctx, "anna", upload.id, None, 1)
    with pytest.raises(NotReady):
        share.download_url(ctx, upload.share_token)
    assert left(ctx, upload.id) == 1


def test_many_at_once_get_no_more_than_is_allowed(ctx: Context, person: Person) -> None:
    upload = person.uploads()
    link.set_limits(ctx, "anna", upload.id, None, 3)

    def downloads(_: int) -> bool:
        try:
            return bool(share.download_url(ctx, upload.share_token))
        except LinkUsedUp:
            return False

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(downloads, range(24))) == 3
    assert left(ctx, upload.id) == 0


def test_what_was_seen_open_is_judged_anew_when_it_is_taken(ctx: Context, person: Person) -> None:
    upload = person.uploads()
    link.set_limits(ctx, "anna", upload.id, None, 1)
    seen = lookup.opened(ctx, upload.share_token)
    for change, error in (
        (lambda: link.set_limits(ctx, "anna", upload.id, None, 0), LinkUsedUp),
        (lambda: link.renew_link(ctx, "anna", upload.id), FileNotFound),
    ):
        change()
        with pytest.raises(error):
            counting.take_one(ctx, seen, NOBODY, {})


def test_no_preview_where_downloads_are_limited_but_for_the_owner(ctx: Context, person: Person) -> None:
    upload = person.uploads("a.png")
    assert share.shared_file(ctx, upload.share_token).preview == "picture"
    link.set_limits(ctx, "anna", upload.id, None, 5)
    seen = share.shared_file(ctx, upload.share_token)
    assert (seen.preview, seen.preview_url) == ("", None)
    with pytest.raises(NoPreview):
        share.preview_url(ctx, upload.share_token)
    owned = share.shared_page(ctx, upload.share_token, "anna").file
    assert owned.preview == "picture"
    assert owned.preview_url == f"{ctx.settings.site_url}/api/uploads/{upload.id}/preview"


def test_a_text_is_read_under_the_same_rules(ctx: Context, person: Person) -> None:
    upload = person.uploads("a.txt")
    assert share.shared_file(ctx, upload.share_token).preview == "text"
    link.set_limits(ctx, "anna", upload.id, None, 5)
    with pytest.raises(NoPreview):
        share.text(ctx, upload.share_token, "ben")
    link.set_revoked(ctx, "anna", upload.id, True)
    with pytest.raises(Problem):
        share.text(ctx, upload.share_token)


def test_a_visitor_learns_nothing_of_the_owner(ctx: Context, person: Person) -> None:
    upload = person.uploads()
    for visitor in ("ben", ""):
        page = share.shared_page(ctx, upload.share_token, visitor)
        assert (page.upload_id, page.link) == ("", None)


def test_a_look_is_another_one_once_something_of_that_file_is(ctx: Context, person: Person) -> None:
    one, two = person.creates(), person.creates()
    before = share.looks(ctx, [one.share_token, two.share_token, "nothing"])
    assert before.keys() == {one.share_token, two.share_token}
    first = share.look(ctx, one.share_token)
    assert first is not None
    assert (first.owner, first.seen) == ("anna", before[one.share_token])
    assert share.look(ctx, "nothing") is None
    for change in (
        lambda: pause.pause_upload(ctx, "anna", one.id),
        lambda: link.set_revoked(ctx, "anna", one.id, True),
        lambda: link.set_limits(ctx, "anna", one.id, None, 3),
        lambda: link.renew_link(ctx, "anna", one.id),
    ):
        change()
        after = share.looks(ctx, list(before))
        assert after.get(one.share_token, "") != before.get(one.share_token, "")
        assert after[two.share_token] == before[two.share_token]
        before = {two.share_token: after[two.share_token], one.share_token: after.get(one.share_token, "")}
    assert before[one.share_token] == "", "that link leads nowhere"
