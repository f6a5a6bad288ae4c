"""The audit log: who did what to which upload, and from where; who may read it, and what it never holds."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from tests.api.conftest import Browser, Site
from tests.api.test_uploads import is_problem

TOKEN = "an-admin-token-for-tests"
SECRET = "geheim, ganz geheim"
PATH = "/api/admin/audit"


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    """One with an admin token, and with a webhook's secret, which is another one."""
    return make_site(admin_token=TOKEN, webhook_url="http://127.0.0.1:9/", webhook_secret=SECRET)


@pytest.fixture
def admin(site: Site) -> Browser:
    return site.browser(Authorization=f"Bearer {TOKEN}")


def entries(admin: Browser, **wanted: str) -> list[dict[str, Any]]:
    answer = admin.get(PATH, params=wanted)
    assert answer.status_code == 200, answer.text
    return answer.json()["entries"]


def id_of(browser: Browser) -> str:
    """The owner that a browser's cookie stands for."""
    return browser.owner


def test_the_way_of_a_file(site: Site, browser: Browser, admin: Browser) -> None:
    upload = browser.uploads("name of a file.bin", 2000)
    visitor = site.browser()
    browser.put(f"/api/uploads/{upload['id']}/link", json={"revoked": False, "downloads_left": 2})
    visitor.get(f"/api/shared/{upload['share_token']}/download")
    browser.get(f"/api/uploads/{upload['id']}/download")
    browser.delete(f"/api/uploads/{upload['id']}")
    found = entries(admin, upload=upload["id"])
    owner = id_of(browser)
    assert [(one["action"], one["by"], one["who"]) for one in found] == [
        ("created", "owner", owner),
        ("signed", "owner", owner),
        ("completed", "owner", owner),
        ("ready", "server", ""),
        ("shared", "owner", owner),
        ("downloaded", "nobody", ""),
        ("downloaded", "owner", owner),
        ("deleted", "owner", owner),
        ("admin", "admin", ""),
    ]
    assert {one["address"] for one in found if one["by"] != "server"} == {"testclient"}
    assert [one["detail"] for one in found[4:6]] == [{"link": "set"}, {"by_link": True}]
    assert "name of a file" not in json.dumps(found)
    assert upload["share_token"] not in json.dumps(found)


def test_each_change_of_state_has_a_row(browser: Browser, admin: Browser) -> None:
    upload = browser.creates("a.bin", 70).json()
    browser.post(f"/api/uploads/{upload['id']}/pause")
    browser.post(f"/api/uploads/{upload['id']}/resume")
    browser.post(f"/api/uploads/{upload['id']}/resume")
    browser.delete(f"/api/uploads/{upload['id']}")
    actions = [one["action"] for one in entries(admin, upload=upload["id"]) if one["by"] == "owner"]
    assert actions == ["created", "paused", "resumed", "cancelled"]


def test_calls_for_the_parts_of_a_large_file_are_one_row(browser: Browser, admin: Browser) -> None:
    upload = browser.creates("a.bin", 25 * 1024 * 1024).json()
    bodies = browser.cut(upload)
    for number in range(1, len(bodies) + 1):
        assert browser.signs(upload, bodies, [number]).status_code == 200
    assert [one["detail"] for one in entries(admin, upload=upload["id"], action="signed")] == [{"parts": 1}]


def test_what_is_refused_is_written_down_now_and_then(site: Site, admin: Browser) -> None:
    stranger = site.browser(Authorization="Bearer wrong")
    for _ in range(3):
        is_problem(stranger.get(PATH), 401, "unauthorized")
    found = entries(admin, action="refused")
    assert [(one["detail"]["code"], one["detail"]["call"], one["by"]) for one in found] == [
        ("unauthorized", f"GET {PATH}", "nobody")
    ]


def test_what_pages_of_other_sites_attempt_is_written_down_now_and_then(site: Site, admin: Browser) -> None:
    victim = site.browser()
    upload = victim.uploads()
    for elsewhere in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        is_problem(victim.delete(f"/api/uploads/{upload['id']}", headers=elsewhere), 403, "cross_site")
    victim.post("/api/no/such", headers={"Origin": "https://evil.example"})
    (found,) = entries(admin, action="refused")
    assert found["detail"] == {"code": "cross_site", "call": "DELETE /api/uploads/{upload_id}", "left_out": 0}
    assert (found["by"], found["who"], found["address"]) == ("nobody", "", "testclient")


@pytest.mark.parametrize("given", ["", f"Bearer {SECRET}", TOKEN, f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer é"])
@pytest.mark.parametrize("end", ["", ".jsonl", ".csv"])
def test_nobody_else_reads_it(site: Site, given: str, end: str) -> None:
    answer = site.browser().get(PATH + end, headers={"Authorization": given.encode("latin-1")})
    is_problem(answer, 401, "unauthorized")


def test_behind_a_proxy_of_the_operators_it_is_the_clients_address(make_site: Callable[..., Site]) -> None:
    site = make_site(admin_token=TOKEN, trusted_proxies="10.0.0.0/8")
    tools = TestClient(site.app, base_url="http://localhost:3000", client=("10.0.0.1", 1))
    for client in ("198.51.100.7", "2001:db8:1:2:3:4:5:6"):
        tools.delete("/api/me", headers={"X-Forwarded-For": client})
    found = entries(site.browser(Authorization=f"Bearer {TOKEN}"), action="erased")
    assert [one["address"] for one in found] == ["198.51.100.7", "2001:db8:1:2:3:4:5:6"]


def test_without_a_token_there_is_no_such_address(make_site: Callable[..., Site]) -> None:
    is_problem(make_site().browser(Authorization="Bearer ").get(PATH), 404, "not_found")


def test_page_by_page_and_as_lines(browser: Browser, admin: Browser) -> None:
    ids = [browser.creates(f"{number}.bin", 70).json()["id"] for number in range(5)]
    seen: list[str] = []
    cursor: str | None = "0"
    while cursor is not None:
        page = admin.get(PATH, params={"cursor": cursor, "limit": 2, "action": "created"}).json()
        seen += [one["upload"] for one in page["entries"]]
        cursor = page["next_cursor"]
    assert seen == ids
    lines = admin.get(f"{PATH}.jsonl", params={"owner": id_of(browser)}).text.splitlines()
    assert [json.loads(line)["upload"] for line in lines] == ids
    table = list(csv.DictReader(io.StringIO(admin.get(f"{PATH}.csv", params={"action": "created"}).text)))
    assert [row["upload"] for row in table] == ids
    moment = json.loads(lines[2])["at"]
    assert [one["upload"] for one in entries(admin, since=moment, action="created")] == ids[2:]
    assert [one["upload"] for one in entries(admin, until=moment, action="created")] == ids[:2]


@pytest.mark.parametrize(
    "query",
    [
        {"cursor": "x"},
        {"cursor": "-1"},
        {"cursor": "²"},
        {"action": "no such"},
        {"since": "yesterday"},
        {"limit": "0"},
        {"owner": "\0"},
    ],
)
def test_what_is_asked_wrongly(admin: Browser, query: dict[str, str]) -> None:
    is_problem(admin.get(PATH, params=query), 422, "invalid_request")


def test_whoever_takes_an_upload_along_is_named(site: Site, browser: Browser, admin: Browser) -> None:
    upload = browser.creates("a.bin", 70, key="a key that nobody knows").json()
    other = site.browser()
    assert other.post(f"/api/uploads/{upload['id']}/claim", json={"key": "a key that nobody knows"}).status_code == 200
    (adopted,) = entries(admin, action="adopted")
    assert (adopted["owner"], adopted["who"]) == (id_of(other), id_of(other))
    assert id_of(browser) not in json.dumps(adopted)


def test_files_of_one_batch_are_signed_in_one_row(browser: Browser, admin: Browser) -> None:
    uploads = [browser.creates(f"{number}.bin", 70).json() for number in range(3)]
    part = {"number": 1, "size": 70, "sha256": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}
    answer = browser.post("/api/batch/sign", json={"uploads": [{"id": one["id"], "parts": [part]} for one in uploads]})
    assert answer.status_code == 200, answer.text
    (signed,) = entries(admin, action="signed")
    assert sorted(signed["detail"]["uploads"]) == sorted(one["id"] for one in uploads)
    assert signed["detail"]["parts"] == 3


def test_a_download_that_the_store_answers_was_written_down_before(browser: Browser, admin: Browser) -> None:
    upload = browser.uploads("a.bin", 70)
    location = browser.get(f"/api/uploads/{upload['id']}/download").headers["location"]
    assert [one["upload"] for one in entries(admin, action="downloaded")] == [upload["id"]]
    assert httpx.get(location).content == b"".join(browser.cut(upload))
