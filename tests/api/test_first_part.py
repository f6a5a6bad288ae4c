"""The first part of a file is signed in the call that begins it, over HTTP and with the real store."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.api.conftest import Browser
from tests.api.test_batches import completes, results
from tests.fixtures_store import MIB, noise, sha256

SMALL = 1000
PART = 8 * MIB


def first(size: int, seed: int = 0, **more: Any) -> dict[str, Any]:
    return {"size": size, "sha256": sha256(noise(size, seed)), "version": "v1", **more}


def begins(browser: Browser, size: int, told: Any, key: str = "k") -> Any:
    body = {"name": "a.bin", "size": size, "first": told}
    answer = browser.post("/api/uploads", json=body, headers={"Idempotency-Key": key})
    assert answer.status_code == 201, answer.text
    return answer.json()


def put(signed: Any, content: bytes) -> int:
    (part,) = signed["parts"]
    return httpx.put(part["url"], content=content, headers=part["headers"]).status_code


def test_a_file_of_one_part_needs_no_other_call(browser: Browser) -> None:
    made = begins(browser, SMALL, first(SMALL))
    assert (made["signed"]["epoch"], made["signed"]["parts"][0]["number"]) == (made["epoch"], 1)
    assert put(made["signed"], noise(SMALL, 1)) >= 400, "exactly these bytes and no others"
    assert put(made["signed"], noise(SMALL)) == 200
    assert completes(browser, made["id"])[0]["state"] == "ready"
    assert browser.get(f"/api/uploads/{made['id']}").json()["versions"] == ["v1"]


def test_the_first_of_several(browser: Browser) -> None:
    made = begins(browser, PART + 1, first(PART))
    assert put(made["signed"], noise(PART)) == 200
    (part,) = browser.get(f"/api/uploads/{made['id']}").json()["confirmed"]
    assert (part["number"], part["versions"]) == (1, ["v1"])


def test_together_each_has_its_own(browser: Browser) -> None:
    told = [first(SMALL, 1), None, first(SMALL + 1), first(SMALL, 4, sha256="no digest"), first(SMALL, 5)]
    files = [{"key": f"k{at}", "name": f"{at}.bin", "size": SMALL, "first": one} for at, one in enumerate(told)]
    answers = browser.post("/api/batch/create", json={"files": files}).json()["results"]
    assert [("upload" in one, "signed" in one) for one in answers] == [
        (True, True),
        (True, False),
        (True, False),
        (True, False),
        (True, True),
    ]
    for seed, at in ((1, 0), (5, 4)):
        assert put(answers[at]["signed"], noise(SMALL, seed)) == 200
    ids = [answers[at]["upload"]["id"] for at in (0, 4)]
    assert [one["state"] for one in completes(browser, *ids)] == ["ready", "ready"]


def test_asked_again_it_is_signed_again_or_there(browser: Browser) -> None:
    begins(browser, SMALL, first(SMALL))
    again = begins(browser, SMALL, first(SMALL))
    assert put(again["signed"], noise(SMALL)) == 200
    there = begins(browser, SMALL, first(SMALL))
    assert (there["id"], there["signed"]["parts"]) == (
        again["id"],
        [{"number": 1, "confirmed": True}],
    )
    other = begins(browser, SMALL, first(SMALL, 1, version="v2"))
    assert other["signed"] is None, "other bytes are signed already: the call for that says so"


@pytest.mark.parametrize(
    "told",
    [{"size": SMALL}, {"size": "x", "sha256": ""}, {"size": 1, "sha256": "", "version": "\n"}, "first", 1],
    ids=["no digest", "no number", "no name", "text", "number"],
)
def test_what_is_no_first_part_is_refused_and_nothing_begins(browser: Browser, told: Any) -> None:
    body = {"name": "a.bin", "size": SMALL, "first": told}
    assert browser.post("/api/uploads", json=body, headers={"Idempotency-Key": "k"}).status_code == 422
    assert results(browser.post("/api/batch/create", json={"files": [{"key": "k", **body}]})) == ["invalid_request"]
    assert browser.get("/api/uploads").json()["uploads"] == []
