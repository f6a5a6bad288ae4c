"""Many uploads in one call, over HTTP and with the real store."""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from smartupload.api import guard
from tests.api.conftest import Browser, Site
from tests.api.test_uploads import is_problem
from tests.fixtures_store import MIB, noise, s3_store, sha256


def files(count: int, size: int = 1000, **more: Any) -> list[dict[str, Any]]:
    return [{"key": f"key {number}", "name": f"{number}.bin", "size": size, **more} for number in range(count)]


def results(answer: httpx.Response) -> list[Any]:
    """The uploads or what was signed; of a problem its code."""
    assert answer.status_code == 200, answer.text
    return [
        one["problem"]["code"] if "problem" in one else one.get("upload", one.get("signed"))
        for one in answer.json()["results"]
    ]


def creates(browser: Browser, wanted: list[Any]) -> list[Any]:
    return results(browser.post("/api/batch/create", json={"files": wanted}))


def claims(upload: dict[str, Any], **terms: Any) -> dict[str, Any]:
    body, size = noise(upload["size"]), upload["part_size"]
    bodies = [body[at : at + size] for at in range(0, upload["size"], size)]
    parts = [{"number": number, "size": len(one), "sha256": sha256(one)} for number, one in enumerate(bodies, 1)]
    return {"id": upload["id"], "parts": parts, **terms}


def sends(browser: Browser, uploads: list[Any]) -> None:
    wanted = {"uploads": [claims(upload) for upload in uploads]}
    for upload, signed in zip(uploads, results(browser.post("/api/batch/sign", json=wanted)), strict=True):
        for part in signed["parts"]:
            at = (part["number"] - 1) * upload["part_size"]
            body = noise(upload["size"])[at : at + upload["part_size"]]
            assert httpx.put(part["url"], content=body, headers=part["headers"]).status_code == 200


def completes(browser: Browser, *ids: str) -> list[Any]:
    return results(browser.post("/api/batch/complete", json={"ids": ids}))


def test_many_are_cancelled_in_one_call_and_each_answers_for_itself(site: Site, browser: Browser) -> None:
    other = site.browser()
    (foreign,) = creates(other, files(1))
    made = creates(browser, files(12))
    sends(browser, made[:2])
    completes(browser, made[0]["id"])
    ids = [*(upload["id"] for upload in made), foreign["id"], made[3]["id"]]
    for _ in range(2):  # again is no error
        said = results(browser.post("/api/batch/cancel", json={"ids": ids}))
        assert [one if isinstance(one, str) else one["state"] for one in said] == [
            *["cancelled"] * 12, "upload_not_found", "cancelled",
        ]  # fmt: skip
    assert browser.get("/api/uploads").json()["uploads"] == []
    assert other.get(f"/api/uploads/{foreign['id']}").json()["state"] == "uploading"
    is_problem(browser.post("/api/batch/cancel", json={"ids": ["x"] * 101}), 422, "invalid_request")


def test_what_a_browser_says_of_its_upload_others_are_told(site: Site, browser: Browser) -> None:
    other = site.browser()
    mine = browser.creates("film.mov", 10_000_000).json()
    address = f"/api/shared/{mine['share_token']}"

    def says(who: Browser, **more: Any) -> int:
        word = {"id": mine["id"], "epoch": 1, "sent": 4_200_000, "low": 30, "high": 60} | more
        return who.post("/api/batch/tell", json={"uploads": [word]}).status_code

    assert says(other, sent=9_000_000) == 204
    assert says(browser, epoch=2, sent=9_000_000) == 204
    assert browser.get(address).json()["percent"] == 0, "neither a stranger's word nor one of another epoch counts"
    assert says(browser) == 204
    assert browser.get(address).json()["percent"] == 42
    assert says(browser, sent=10_000_001) == 204
    assert browser.get(address).json()["percent"] == 99, "and whatever is said, only a file that is there is whole"
    assert browser.get(f"/api/uploads/{mine['id']}").json()["confirmed_bytes"] == 0
    assert says(browser, sent=-1) == 422


def test_the_whole_way(browser: Browser) -> None:
    made = creates(browser, [*files(8), {"key": "large", "name": "large.bin", "size": 12 * MIB}])
    single = browser.creates("0.bin", 1000, key="key 0").json()
    assert made[0] | {"signed": None} == single
    sends(browser, made)
    done = completes(browser, *(upload["id"] for upload in made))
    assert [upload["state"] for upload in done] == ["ready"] * 9
    assert [one | {"tags": []} for one in done] == browser.get("/api/uploads").json()["uploads"][::-1]
    file = httpx.get(browser.get(f"/api/uploads/{made[3]['id']}/download").headers["location"])
    assert file.content == noise(1000)


def test_members_that_do_not_apply_are_left_out(browser: Browser) -> None:
    (upload,) = creates(browser, files(1))
    wanted = {"uploads": [claims(upload), {"id": "nobody", "parts": claims(upload)["parts"]}]}
    signed, refused = browser.post("/api/batch/sign", json=wanted).json()["results"]
    assert set(signed) == {"signed"}
    assert [set(part) for part in signed["signed"]["parts"]] == [{"number", "url", "headers", "expires_in", "form"}]
    assert set(refused) == {"problem"}
    sends(browser, [upload])
    again = browser.post("/api/batch/sign", json={"uploads": [claims(upload)]}).json()["results"]
    assert again == [{"signed": {"epoch": 1, "parts": [{"number": 1, "confirmed": True}]}}]


def test_a_problem_is_the_one_that_the_single_call_answers(make_site: Callable[..., Site]) -> None:
    browser = make_site(max_file_size="1kB", owner_quota="900").browser()
    bad: list[dict[str, Any]] = [
        {"name": "a", "size": 0},
        {"name": "a", "size": 1001},
        {"name": "a", "size": 901},
        {"name": "..", "size": 1},
        {"name": "a", "size": -1},
        {"name": "a", "size": "many"},
        {"size": 1},
        {"name": "a" * 5000, "size": 1},
        {"name": "a", "size": 1, "last_modified": "yesterday"},
        {"name": "a", "size": 1, "head": "x" * 9000},
        {"name": "a", "size": 1, "head": "abcé"},
        {"name": "a", "size": 1, "metadata": {"a name": "x"}},
        {"name": "a", "size": 1, "uploader": "a name"},
        {"name": "a", "size": 1, "metdata": {}},
    ]
    answer = browser.post("/api/batch/create", json={"files": [{"key": "k", **file} for file in bad]})
    single = [browser.post("/api/uploads", json=file, headers={"Idempotency-Key": "k"}).json() for file in bad]
    assert [one["problem"] for one in answer.json()["results"]] == single
    (upload,) = creates(browser, files(1, 100))
    parts: list[Any] = [
        [{"number": 2, "size": 100, "sha256": sha256(b"")}],
        [{"number": 0, "size": 100, "sha256": sha256(b"")}],
        [{"number": 2**31, "size": 100, "sha256": sha256(b"")}],
        [{"number": 10**20, "size": 100, "sha256": sha256(b"")}],
        [{"number": 1, "size": 99, "sha256": sha256(b"")}],
        [{"number": 1, "size": 100, "sha256": "abc"}],
        [{"number": 1, "size": 100}],
        [],
        None,
    ]
    answer = browser.post("/api/batch/sign", json={"uploads": [{"id": upload["id"], "parts": some} for some in parts]})
    single = [browser.post(f"/api/uploads/{upload['id']}/parts", json={"parts": some}).json() for some in parts]
    assert [one["problem"] for one in answer.json()["results"]] == single
    answer = browser.post("/api/batch/complete", json={"ids": [upload["id"], "nobody"]}).json()["results"]
    single = [browser.post(f"/api/uploads/{one}/complete").json() for one in (upload["id"], "nobody")]
    assert [one["problem"] for one in answer] == single
    assert single[0]["missing"] == [1]


@pytest.mark.parametrize("items", [[], None, "many", {}, [None] * 101])
@pytest.mark.parametrize(("verb", "name"), [("create", "files"), ("sign", "uploads"), ("complete", "ids")])
def test_calls_that_are_about_nothing_or_too_much(browser: Browser, verb: str, name: str, items: Any) -> None:
    is_problem(browser.post(f"/api/batch/{verb}", json={name: items}), 422, "invalid_request")


def test_a_hundred_and_no_more(browser: Browser) -> None:
    is_problem(browser.post("/api/batch/create", json={"files": files(101)}), 422, "invalid_request")
    assert browser.get("/api/uploads").json()["uploads"] == []
    made = creates(browser, files(100))
    assert len({upload["id"] for upload in made}) == 100
    part = {"number": 1, "size": 1000, "sha256": sha256(b"")}
    too_many = [{"id": made[0]["id"], "parts": [part] * 51}, {"id": made[1]["id"], "parts": [part] * 50}]
    is_problem(browser.post("/api/batch/sign", json={"uploads": too_many}), 422, "invalid_request")
    signed = results(browser.post("/api/batch/sign", json={"uploads": [claims(upload) for upload in made]}))
    assert [len(one["parts"]) for one in signed] == [1] * 100


def test_items_that_are_no_request_are_refused_for_themselves(browser: Browser) -> None:
    found = creates(browser, [None, 5, "x", [], {}, {"key": 5, "name": "a", "size": 1}, *files(1)])
    assert found[:-1] == ["invalid_request"] * 6
    assert found[-1]["name"] == "0.bin"
    wanted = {"uploads": [None, {"id": 5, "parts": []}, {"parts": []}, claims(found[-1])]}
    *refused, signed = results(browser.post("/api/batch/sign", json=wanted))
    assert (refused, len(signed["parts"])) == (["invalid_request"] * 3, 1)


def test_a_hundred_files_with_their_first_bytes_are_let_in(browser: Browser) -> None:
    head = base64.b64encode(noise(4096)).decode()
    wanted = files(100, 5000, head=head, type="application/octet-stream")
    made = creates(browser, wanted)
    assert [upload["size"] for upload in made] == [5000] * 100


@pytest.mark.parametrize(
    ("path", "most"),
    [("/api/batch/create", 1024 * 1024), ("/api/batch/sign", guard.MAX_BODY), ("/api/batch/complete", guard.MAX_BODY)],
)
def test_bodies_that_are_too_large(browser: Browser, path: str, most: int) -> None:
    headers = {"Content-Type": "application/json"}
    for length, is_refused in ((most, False), (most + 1, True)):
        raw = b'{"x": "' + b"a" * (length - 9) + b'"}'
        assert len(raw) == length
        problem = is_problem(browser.post(path, content=raw, headers=headers), 422, "invalid_request")
        assert ("larger than" in problem["detail"]) == is_refused
        pieces = (raw[at : at + 65536] for at in range(0, len(raw), 65536))
        is_problem(browser.post(path, content=pieces, headers=headers), 422, "invalid_request")


def test_another_owner_sees_nothing(site: Site, browser: Browser) -> None:
    mine = creates(browser, files(2))
    sends(browser, mine)
    other = site.browser()
    theirs = creates(other, files(2))
    assert {upload["id"] for upload in theirs} & {upload["id"] for upload in mine} == set()
    ids = [upload["id"] for upload in mine]
    assert completes(other, *ids) == ["upload_not_found"] * 2
    signed = results(other.post("/api/batch/sign", json={"uploads": [claims(upload) for upload in mine]}))
    assert signed == ["upload_not_found"] * 2
    assert [upload["state"] for upload in completes(browser, *ids)] == ["ready"] * 2


def test_another_site_may_not(browser: Browser) -> None:
    headers = {"Origin": "https://evil.example"}
    answer = browser.post("/api/batch/create", json={"files": files(1)}, headers=headers)
    is_problem(answer, 403, "cross_site")
    assert browser.get("/api/uploads").json()["uploads"] == []


def test_two_tabs_with_the_same_keys_at_once(browser: Browser) -> None:
    cookies = dict(browser.get("/api/client-settings").cookies) or dict(browser.cookies)
    together = threading.Barrier(2)

    def tab(order: int) -> list[str]:
        one = Browser(browser.app, {})
        one.cookies.update(cookies)
        together.wait(30)
        return sorted(upload["id"] for upload in creates(one, files(50)[::order]))

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(tab, (1, -1))
    assert first == second
    assert len(browser.get("/api/uploads?limit=200").json()["uploads"]) == 50


def test_a_store_that_is_down(site: Site, browser: Browser) -> None:
    made = creates(browser, files(3))
    working = site.context
    site.context = type(working)(
        working.settings, working.db, s3_store("http://127.0.0.1:9"), working.live, working.clock
    )
    assert completes(browser, *(upload["id"] for upload in made)) == ["store_unavailable"] * 3
    assert creates(browser, [{"key": "large", "name": "large", "size": 12 * MIB}]) == ["store_unavailable"]
    site.context = working
    sends(browser, made)
    assert [one["state"] for one in completes(browser, *(upload["id"] for upload in made))] == ["ready"] * 3


def test_it_is_documented(browser: Browser) -> None:
    paths = browser.get("/api/openapi.json").json()["paths"]
    for verb in ("create", "sign", "complete"):
        (body,) = paths[f"/api/batch/{verb}"]["post"]["requestBody"]["content"].values()
        assert body["schema"]
    schemas = browser.get("/api/openapi.json").json()["components"]["schemas"]
    file = schemas["NewUploads"]["properties"]["files"]["items"]["properties"]
    assert set(file) == {"key", *schemas["NewUpload"]["properties"]}
    assert set(schemas["UploadResult"]["properties"]) == {"upload", "problem"}
