"""Handing over by HTTP, with the real store: what a browser gets, and that the server finishes without it."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from smartupload.adapters.memory import ManualClock, MemoryStore
from smartupload.service.housekeeping.reconcile import reconcile
from tests.api.conftest import Browser, Site
from tests.api.test_uploads import is_problem
from tests.fixtures_store import MIB, noise, sha256

SIZE = 20 * MIB + 345


def post(part: dict[str, Any], body: bytes) -> int:
    return httpx.post(part["url"], data=part["fields"], files={"file": body}, timeout=30).status_code


def test_the_server_finishes_what_the_browser_was_given(site: Site, browser: Browser) -> None:
    upload = browser.creates("big.mov", SIZE).json()
    bodies = browser.cut(upload)
    browser.sends(upload, bodies, [1])
    answer = browser.hands_over(upload, bodies, [1, 2, 3])
    assert answer.status_code == 200
    forms = answer.json()
    assert forms["epoch"] == 1
    assert forms["parts"][0] == {"number": 1, "confirmed": True}
    assert [set(part) for part in forms["parts"][1:]] == [{"number", "url", "fields", "expires_in"}] * 2
    second = forms["parts"][1]
    assert second["fields"]["key"] == f"handover/{upload['id']}/1/2"
    assert second["fields"]["x-amz-checksum-sha256"] == sha256(bodies[1])
    policy = json.loads(base64.b64decode(second["fields"]["policy"]))
    assert ["content-length-range", 8 * MIB, 8 * MIB] in policy["conditions"]
    until = datetime.fromisoformat(policy["expiration"])
    assert abs((until - datetime.now(UTC)).total_seconds() - 7 * 86400) < 60
    assert second["expires_in"] == 7 * 86400

    assert post(second, noise(8 * MIB, 9)) == 400
    assert post(second, bodies[1]) == 201
    again = browser.hands_over(upload, bodies, [2, 3]).json()["parts"]
    assert again[0] == {"number": 2, "confirmed": True}
    detail = browser.get(f"/api/uploads/{upload['id']}").json()
    assert [part["number"] for part in detail["confirmed"]] == [1, 2]
    problem = is_problem(browser.completes(upload), 409, "parts_missing")
    assert problem["missing"] == [3]

    assert post(again[1], bodies[2]) == 201
    later = ManualClock(datetime.now(UTC) + timedelta(minutes=1))
    assert reconcile(replace(site.context, clock=later)) == 1
    done = browser.get(f"/api/uploads/{upload['id']}").json()
    assert done["state"] == "ready"
    assert browser.completes(upload).json()["state"] == "ready", "a browser that comes back is told so"
    file = httpx.get(browser.get(f"/api/uploads/{upload['id']}/download").headers["location"])
    assert hashlib.sha256(file.content).digest() == hashlib.sha256(noise(SIZE)).digest()
    assert site.context.store.list_objects(f"handover/{upload['id']}/") == []
    assert post(again[1], bodies[2]) == 201, "a form is still good"
    assert browser.delete(f"/api/uploads/{upload['id']}").status_code == 204
    assert site.context.store.list_objects(f"handover/{upload['id']}/") == []


def test_completing_over_part_objects(site: Site, browser: Browser) -> None:
    upload = browser.creates("big.mov", SIZE).json()
    bodies = browser.cut(upload)
    for part in browser.hands_over(upload, bodies, [1, 2, 3]).json()["parts"]:
        assert post(part, bodies[part["number"] - 1]) == 201
    assert browser.completes(upload).json()["state"] == "ready"
    file = httpx.get(browser.get(f"/api/uploads/{upload['id']}/download").headers["location"])
    assert hashlib.sha256(file.content).digest() == hashlib.sha256(noise(SIZE)).digest()
    assert site.context.store.list_objects(f"handover/{upload['id']}/") == []


def test_what_is_refused(site: Site, browser: Browser) -> None:
    upload = browser.creates(size=SIZE).json()
    bodies, address = browser.cut(upload), f"/api/uploads/{upload['id']}"
    is_problem(site.browser().hands_over(upload, bodies, [1]), 404, "upload_not_found")
    wrong = {"parts": [{"number": 1, "size": 5, "sha256": sha256(b"a")}]}
    is_problem(browser.post(f"{address}/handover", json=wrong), 422, "part_size_mismatch")
    is_problem(browser.post(f"{address}/handover", json={"parts": []}), 422, "invalid_request")
    browser.post(f"{address}/pause")
    is_problem(browser.hands_over(upload, bodies, [1]), 409, "upload_paused")
    browser.delete(address)
    is_problem(browser.hands_over(upload, bodies, [1]), 409, "upload_not_open")


@pytest.mark.parametrize("takes", [True, False])
def test_the_browser_half_is_told_whether_the_store_takes_forms(make_site: Callable[..., Site], takes: bool) -> None:
    store = MemoryStore()
    store.takes_forms = takes
    browser = make_site(store).browser()
    assert browser.get("/api/client-settings").json()["handover"] is takes
    upload = browser.creates(size=1000).json()
    answer = browser.hands_over(upload, browser.cut(upload), [1])
    if takes:
        assert answer.status_code == 200
    else:
        is_problem(answer, 409, "handover_unavailable")
