"""Two versions of one file over HTTP, with the real store: what becomes ready is all of one of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from smartupload.adapters.memory import ManualClock
from smartupload.service.context import Context
from smartupload.service.files import checksums
from smartupload.service.housekeeping.reconcile import reconcile
from tests.api.conftest import Browser, Site
from tests.api.test_uploads import is_problem
from tests.fixtures_store import MIB, sha256

SIZE = 32 * MIB + 345
"""Five parts."""


def later(ctx: Context, minutes: int) -> Context:
    clock = ManualClock(datetime.now(UTC) + timedelta(minutes=minutes))
    return type(ctx)(ctx.settings, ctx.db, ctx.store, ctx.live, clock, finisher=ctx.finisher)


def content(browser: Browser, upload: dict[str, Any]) -> bytes:
    return httpx.get(browser.get(f"/api/uploads/{upload['id']}/download").headers["location"]).content


def test_parts_of_two_versions_that_never_meet_make_no_file(site: Site, browser: Browser) -> None:
    upload = browser.creates(size=SIZE).json()
    address = f"/api/uploads/{upload['id']}"
    one, other = browser.cut(upload, seed=1), browser.cut(upload, seed=2)
    browser.sends(upload, one, [1, 2, 3], version="a")
    browser.sends(upload, other, [4], version="b")
    browser.sends(upload, one, [5], version="a")
    problem = is_problem(browser.completes(upload), 409, "parts_missing")
    assert (problem["missing"], problem["epoch"]) == ([4], 1)
    assert reconcile(later(site.context, 1)) == 1
    detail = browser.get(address).json()
    assert (detail["state"], detail["confirmed_bytes"]) == ("uploading", SIZE)
    assert [part["versions"] for part in detail["confirmed"]] == [["a"], ["a"], ["a"], ["b"], ["a"]]

    assert is_problem(browser.signs(upload, one, [4], version="a", epoch=1), 409, "other_version")["number"] == 4
    instead = browser.signs(upload, one, version="a", epoch=1, replace=True).json()
    assert (instead["epoch"], len(instead["parts"])) == (2, 5)
    assert browser.signs(upload, other, [4], version="b", epoch=1).json() == {"epoch": 2, "parts": []}
    assert browser.hands_over(upload, other, [4], version="b", epoch=1).json() == {"epoch": 2, "parts": []}
    browser.sends(upload, one, version="a", epoch=2)
    done = browser.completes(upload).json()
    assert (done["state"], done["epoch"]) == ("ready", 2)
    assert content(browser, upload) == b"".join(one)


def test_two_browsers_with_the_same_bytes_share_the_work(browser: Browser) -> None:
    upload = browser.creates(size=SIZE).json()
    bodies = browser.cut(upload)
    browser.sends(upload, bodies, [1, 2], version="a")
    browser.sends(upload, bodies, [3, 4, 5], version="b")
    assert is_problem(browser.completes(upload), 409, "parts_missing")["missing"] == [1, 2]
    answer = browser.signs(upload, bodies, [1, 2], version="b", epoch=1).json()
    assert answer["parts"] == [{"number": 1, "confirmed": True}, {"number": 2, "confirmed": True}]
    assert browser.completes(upload).json()["state"] == "ready"
    assert content(browser, upload) == b"".join(bodies)


@pytest.mark.parametrize(
    "terms",
    [{"version": "a b"}, {"version": "é"}, {"version": "a\n"}, {"version": "a" * 101}, {"epoch": "x"}, {"replace": 7}],
    ids=str,
)
def test_terms_that_cannot_be(browser: Browser, terms: dict[str, Any]) -> None:
    upload = browser.creates().json()
    is_problem(browser.signs(upload, browser.cut(upload), **terms), 422, "invalid_request")
    is_problem(browser.hands_over(upload, browser.cut(upload), [1], **terms), 422, "invalid_request")


def test_the_longest_name_of_a_version(browser: Browser) -> None:
    upload = browser.creates().json()
    name = "!~" * 50
    browser.sends(upload, browser.cut(upload), version=name, epoch=None)
    assert browser.get(f"/api/uploads/{upload['id']}").json()["confirmed"][0]["versions"] == [name]


def made_of(browser: Browser, upload: dict[str, Any]) -> list[tuple[str | None, list[str]]]:
    """What the answers about one upload and about all of them say that it was made of."""
    one = browser.get(f"/api/uploads/{upload['id']}").json()
    [listed] = browser.get("/api/uploads").json()["uploads"]
    return [(answer["checksum"], answer["versions"]) for answer in (one, listed)]


def test_an_answer_says_what_the_file_was_made_of(browser: Browser) -> None:
    upload = browser.creates(size=SIZE).json()
    assert (upload["checksum"], upload["versions"]) == (None, [])
    bodies = browser.cut(upload)
    browser.sends(upload, bodies, version="a")
    browser.sends(upload, bodies, version="")
    browser.signs(upload, bodies, [1, 2], version="b")
    paused = browser.post(f"/api/uploads/{upload['id']}/pause").json()
    resumed = browser.post(f"/api/uploads/{upload['id']}/resume").json()
    for answer in (paused, resumed):
        assert (answer["checksum"], answer["versions"]) == (None, [])
    assert made_of(browser, upload) == [(None, []), (None, [])]
    done = browser.completes(upload).json()
    made = (checksums.composite([sha256(body) for body in bodies]), ["a", ""])
    assert (done["checksum"], done["versions"]) == made
    assert made_of(browser, upload) == [made, made]
    browser.delete(f"/api/uploads/{upload['id']}")
    cancelled = browser.get(f"/api/uploads/{upload['id']}").json()
    assert (cancelled["checksum"], cancelled["versions"]) == (None, [])


def test_a_file_of_whoever_names_no_version(browser: Browser) -> None:
    assert browser.uploads()["versions"] == [""]
