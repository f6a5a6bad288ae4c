"""One link for files that were given together, over HTTP and the real store."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import httpx
import pytest

from smartupload.api.archives import OF_ADDRESS
from smartupload.models import Upload
from tests.api.conftest import Browser, Site
from tests.api.test_uploads import is_problem
from tests.fixtures_store import noise

LINK = "/api/groups/g-1/link"


@pytest.fixture
def made(browser: Browser) -> dict[str, Any]:
    """Two files of a folder that are there, and the link for both."""
    for path in ("Trip/a.bin", "Trip/day 1/b.bin"):
        browser.uploads(path.rpartition("/")[2], 1000, group="g-1", path=path)
    answer = browser.post(LINK)
    assert answer.status_code == 200, answer.text
    return answer.json()


def shared(made: dict[str, Any], rest: str = "") -> str:
    return f"/api/shared-group/{made['link']['token']}{rest}"


def test_whoever_has_the_link_sees_them_and_downloads_all(site: Site, browser: Browser, made: dict[str, Any]) -> None:
    assert (made["key"], made["name"], made["files"], made["bytes"]) == ("g-1", "Trip", 2, 2000)
    assert browser.get("/api/groups").json() == {"groups": [made]}
    visitor = site.browser()
    page = visitor.get(shared(made)).json()
    assert [(one["folder"], one["name"]) for one in page["files"]] == [("Trip", "a.bin"), ("Trip/day 1", "b.bin")]
    assert (page["ready"], page["bytes"], page["coming"], page["left_out"], page["next"]) == (2, 2000, 0, 0, None)
    assert page["unscanned"] == 2
    one = visitor.get(page["files"][0]["download_url"])
    assert one.status_code == 302
    assert httpx.get(one.headers["location"], timeout=30).content == noise(1000, 0)
    answer = visitor.get(page["download_url"])
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"] == 'attachment; filename="Trip.zip"'
    assert int(answer.headers["content-length"]) == len(answer.content)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as found:
        assert {name: found.read(name) for name in found.namelist()} == {
            "Trip/a.bin": noise(1000, 0),
            "Trip/day 1/b.bin": noise(1000, 0),
        }


def test_its_page_has_its_name(site: Site, made: dict[str, Any]) -> None:
    page = site.browser().get(f"/f/group/{made['link']['token']}")
    assert page.status_code == 200
    assert "<title>" in page.text
    assert "Trip" in page.text
    assert "2 files, 2.0 KB" in page.text
    assert site.browser().get("/f/group/nothing").status_code == 404
    assert "shell" in page.text
    site.api.state.web_root = None
    plain = site.browser().get(f"/f/group/{made['link']['token']}")
    assert f'href="../../api/shared-group/{made["link"]["token"]}/download"' in plain.text
    assert "Not scanned" in plain.text


def test_closed_it_says_why_and_nothing_of_what_is_in_it(site: Site, browser: Browser, made: dict[str, Any]) -> None:
    file = site.browser().get(shared(made)).json()["files"][0]["id"]
    assert browser.put(LINK, json={"revoked": True}).json()["link"]["revoked"] is True
    for rest in ("", "/download", f"/files/{file}/download"):
        is_problem(site.browser().get(shared(made, rest)), 410, "link_revoked")
    page = site.browser().get(f"/f/group/{made['link']['token']}")
    assert page.status_code == 404
    assert "This link is closed" in page.text
    assert "Trip" not in page.text
    told = site.browser(Accept="text/html").get(shared(made, "/download"))
    assert (told.status_code, told.headers["location"]) == (302, f"/f/group/{made['link']['token']}")
    assert browser.get(shared(made, "/download")).status_code == 200, "its owner has it all the same"
    renewed = browser.post(f"{LINK}/renew").json()
    is_problem(site.browser().get(shared(made)), 404, "file_not_found")
    assert site.browser().get(shared(renewed)).status_code == 200
    assert browser.delete(LINK).status_code == 204
    is_problem(browser.get(LINK), 404, "group_not_found")
    is_problem(site.browser().get(shared(renewed)), 404, "file_not_found")


def test_limited_it_counts_a_visitor_once_and_what_only_looks_not_at_all(
    site: Site, browser: Browser, made: dict[str, Any]
) -> None:
    browser.put(LINK, json={"downloads_left": 1})
    scanner = site.browser(**{"User-Agent": "Slackbot 1.0"})
    assert scanner.get(shared(made, "/download")).headers["location"].startswith("/f/group/")
    file = browser.get(shared(made)).json()["files"][0]["id"]
    anna = site.browser()
    assert anna.get(shared(made, "/download")).status_code == 200
    assert anna.get(shared(made, f"/files/{file}/download")).status_code == 302
    is_problem(site.browser(**{"User-Agent": "another"}).get(shared(made, "/download")), 410, "link_used_up")
    assert browser.get(LINK).json()["link"]["downloads_left"] == 0
    is_problem(anna.get(shared(made, "/download"), headers={"Sec-Purpose": "prefetch"}), 403, "cross_site")


def test_it_is_the_owners_alone(site: Site, browser: Browser, made: dict[str, Any]) -> None:
    other = site.browser()
    for method, path in (("GET", LINK), ("POST", LINK), ("DELETE", LINK), ("POST", f"{LINK}/renew")):
        is_problem(other.request(method, path), 404, "group_not_found")
    is_problem(other.put(LINK, json={"revoked": True}), 404, "group_not_found")
    assert other.get("/api/groups").json() == {"groups": []}
    is_problem(browser.put(LINK, json={"until": "2020-01-01T00:00:00Z"}), 422, "invalid_request")
    assert browser.get(LINK).json() == made


def test_what_is_deleted_leaves_it_and_nothing_of_its_group_is_kept(
    site: Site, browser: Browser, made: dict[str, Any]
) -> None:
    first, second = site.browser().get(shared(made)).json()["files"]
    browser.delete(f"/api/uploads/{first['id']}")
    assert [one["id"] for one in site.browser().get(shared(made)).json()["files"]] == [second["id"]]
    with site.context.db.read() as session:
        row = session.get(Upload, first["id"])
        assert row is not None
        assert (row.group_key, row.folder) == ("", "")


def test_one_that_breaks_off_is_shorter_than_was_said(
    site: Site, browser: Browser, made: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    last = site.browser().get(shared(made)).json()["files"][1]
    with site.context.db.read() as session:
        row = session.get(Upload, last["id"])
        assert row is not None
    site.context.store.delete(row.key)
    got = b""
    length = 0
    with site.browser().stream("GET", shared(made, "/download")) as answer:
        length = int(answer.headers["content-length"])
        for piece in answer.iter_bytes():
            got += piece
    assert 0 < len(got) < length
    assert not zipfile.is_zipfile(io.BytesIO(got))
    assert site.api.state.archiving.here.total() == 0, "its place is free again"


def test_a_store_that_is_away_says_so(
    site: Site, browser: Browser, made: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from smartupload.errors import StoreUnavailable

    def away(*_given: Any) -> Any:
        raise StoreUnavailable

    monkeypatch.setattr(site.context.store._store, "read", away)  # pyright: ignore[reportAttributeAccessIssue]
    browser.put(LINK, json={"downloads_left": 3})
    is_problem(site.browser().get(shared(made, "/download")), 503, "store_unavailable")
    assert browser.get(LINK).json()["link"]["downloads_left"] == 3
    assert site.api.state.archiving.here.total() == 0


def test_so_many_at_once_for_one_address(site: Site, made: dict[str, Any]) -> None:
    archiving = site.api.state.archiving
    leaves = [archiving.take("testclient") for _ in range(OF_ADDRESS)]
    is_problem(site.browser().get(shared(made, "/download")), 429, "too_many_requests")
    leaves[0]()
    assert site.browser().get(shared(made, "/download")).status_code == 200
    for leave in leaves[1:]:
        leave()
    assert not archiving.here


def test_a_name_that_is_none_is_refused_with_its_file(browser: Browser) -> None:
    is_problem(browser.creates("a.bin", group="no name"), 422, "invalid_request")
    begun = browser.creates("a.bin", group="g", path="../../x/a.bin").json()
    assert "group" not in begun
