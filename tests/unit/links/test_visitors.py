"""A visitor counts once: whatever their programs do to get one file, and only for as long as it matters."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from smartupload.adapters.memory import ManualClock
from smartupload.errors import LinkRevoked, LinkUsedUp
from smartupload.models import Download
from smartupload.service.context import Context
from smartupload.service.links import link, share, visitors
from smartupload.service.links.visitors import NOBODY, Visitor, place_name
from smartupload.service.personal import erase, kept
from smartupload.service.uploads import cancel
from tests.unit.person import Person

BEN = Visitor(("ben",), ("ben",))
CARLA = Visitor(("carla",), ("carla",))


def left(ctx: Context, upload_id: str) -> int | None:
    return link.get_link(ctx, "anna", upload_id).downloads_left


def rows(ctx: Context) -> list[str]:
    with ctx.db.read() as session:
        return sorted(session.exec(select(Download.owner)))


def move(ctx: Context, hours: float) -> None:
    assert isinstance(ctx.clock, ManualClock)
    ctx.clock.move(hours * 3600)


def test_who_asks_again_counts_once_and_others_count(ctx: Context, person: Person) -> None:
    upload = person.uploads()
    link.set_limits(ctx, "anna", upload.id, None, 3)
    for visitor in (BEN, BEN, CARLA, BEN):
        assert share.download_url(ctx, upload.share_token, visitor)
    assert left(ctx, upload.id) == 1
    share.download_url(ctx, upload.share_token, NOBODY)
    assert left(ctx, upload.id) == 0, "of whom nothing is known counts each time"


def test_many_connections_of_one_visitor_at_once_count_once(ctx: Context, person: Person) -> None:
    upload = person.uploads()
    link.set_limits(ctx, "anna", upload.id, None, 1)
    with ThreadPoolExecutor(8) as pool:
        urls = list(pool.map(lambda _: share.download_url(ctx, upload.share_token, BEN), range(16)))
    assert len(urls) == 16
    assert left(ctx, upload.id) == 0


def test_who_took_the_last_one_goes_on_and_nobody_else(ctx: Context, person: Person) -> None:
    upload = person.uploads()
    link.set_limits(ctx, "anna", upload.id, None, 1)
    share.download_url(ctx, upload.share_token, BEN)
    assert share.download_url(ctx, upload.share_token, BEN)
    assert share.shared_page(ctx, upload.share_token, "ben").file.download_url
    for visitor in (CARLA, NOBODY):
        with pytest.raises(LinkUsedUp):
            share.download_url(ctx, upload.share_token, visitor)
    with pytest.raises(LinkUsedUp):
        share.shared_page(ctx, upload.share_token, "carla")


def test_for_a_day_and_no_longer(ctx: Context, person: Person) -> None:
    upload = person.uploads()
    link.set_limits(ctx, "anna", upload.id, None, 2)
    share.download_url(ctx, upload.share_token, BEN)
    move(ctx, 23.9)
    share.download_url(ctx, upload.share_token, BEN)
    assert left(ctx, upload.id) == 1
    move(ctx, 0.1)
    share.download_url(ctx, upload.share_token, BEN)
    assert left(ctx, upload.id) == 0, "a day later it is another download"
    move(ctx, 23)
    visitors.prune(ctx)
    assert rows(ctx) == ["ben"]
    move(ctx, 1)
    visitors.prune(ctx)
    assert rows(ctx) == []
    with pytest.raises(LinkUsedUp):
        share.download_url(ctx, upload.share_token, BEN)


def test_a_link_that_is_closed_is_closed_for_those_as_well(ctx: Context, person: Person) -> None:
    upload = person.uploads()
    link.set_limits(ctx, "anna", upload.id, None, 1)
    share.download_url(ctx, upload.share_token, BEN)
    link.set_revoked(ctx, "anna", upload.id, True)
    with pytest.raises(LinkRevoked):
        share.download_url(ctx, upload.share_token, BEN)


def test_what_only_looks_at_links_gets_nothing_of_a_limited_one(ctx: Context, person: Person) -> None:
    upload = person.uploads()
    assert share.download_url(ctx, upload.share_token, None)
    link.set_limits(ctx, "anna", upload.id, None, 1)
    with pytest.raises(share.NoClick):
        share.download_url(ctx, upload.share_token, None)
    assert left(ctx, upload.id) == 1
    assert rows(ctx) == []


@pytest.mark.parametrize("how", ["renewed", "deleted", "erased", "its own"])
def test_who_it_was_is_forgotten_with_the_link(ctx: Context, person: Person, how: str) -> None:
    upload = person.uploads()
    link.set_limits(ctx, "anna", upload.id, None, 3)
    share.download_url(ctx, upload.share_token, BEN)
    assert rows(ctx) == ["ben"]
    assert kept.notifications(ctx, "ben")["took_lately"] == [
        {"upload_id": upload.id, "taken_at": kept.notifications(ctx, "ben")["took_lately"][0]["taken_at"]}
    ]
    if how == "renewed":
        link.renew_link(ctx, "anna", upload.id)
    elif how == "deleted":
        cancel.cancel_upload(ctx, "anna", upload.id)
    else:
        erase.erase(ctx, "anna" if how == "erased" else "ben")
    assert rows(ctx) == []


def test_a_place_says_nothing_of_itself_and_is_another_one_at_another_link() -> None:
    name = place_name("token", "203.0.113.7", "curl/8")
    assert name == place_name("token", "203.0.113.7", "curl/8")
    others = {place_name(*given) for given in [("other", "203.0.113.7", "curl/8"), ("token", "203.0.113.8", "curl/8"), ("token", "203.0.113.7", "curl/9")]}  # fmt: skip
    assert name not in others
    assert len(others) == 3
    assert len(name) <= 64
    assert "curl" not in name
