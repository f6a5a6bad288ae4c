"""Somebody else's upload is not there: on every route that names one, for another owner and for nobody, in batches, lists and streams."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.routing import APIRoute

from smartupload.api.app import make_api
from smartupload.service.uploads.change_poller import ChangeFeed
from tests.api.conftest import Browser, Site
from tests.api.test_identity import with_login
from tests.api.test_uploads import is_problem
from tests.fixtures_store import sha256

PART = {"parts": [{"number": 2, "size": 611_392, "sha256": sha256(b"x")}]}
BODIES: dict[str, Any] = {
    "POST /api/uploads/{upload_id}/parts": PART,
    "POST /api/uploads/{upload_id}/handover": PART,
    "POST /api/uploads/{upload_id}/claim": {"key": "guessed"},
    "PUT /api/uploads/{upload_id}/link": {"revoked": True},
    "PATCH /api/uploads/{upload_id}": {"name": "mine.bin", "tags": ["mine"]},
}
PUBLIC = {
    "GET /api/shared/{token}",
    "GET /api/shared/{token}/download",
    "HEAD /api/shared/{token}/download",
    "GET /api/shared/{token}/preview",
    "GET /f/{token}",
    "GET /f/group/{token}",
    "GET /api/shared-group/{token}",
    "GET /api/shared-group/{token}/download",
    "GET /api/shared-group/{token}/files/{file}/download",
    "GET /drop/{token}",
    "GET /api/drop/{token}",
    "GET /api/push-key",
    "DELETE /api/push-subscriptions",
    "GET /api/client-settings",
    "POST /api/forget",
    "GET /login",
    "GET /login/callback",
    "GET /api/me",
    "POST /api/take-over",
    "POST /api/logout",
    "POST /api/backchannel-logout",
    "GET /healthz",
    "GET /readyz",
    "GET /api/notifications/confirm",
    "POST /api/notifications/confirm",
    "GET /api/notifications/stop",
    "POST /api/notifications/stop",
}
"""What anybody may ask: what a link, or a link in a mail, gives; what only the browser knows that it is about; what the site says of itself."""


def routes() -> list[str]:
    """All there are, with their method; those for operators have a secret of their own."""
    api = make_api(lambda: None)  # pyright: ignore[reportArgumentType]
    found = [
        f"{method} {route.path}"
        for route in _all(api.routes)
        for method in sorted(route.methods or ())
        if route.path != "/api/{rest:path}" and not route.path.startswith("/api/admin")
    ]
    assert len(found) > 35
    return found


def _all(routes: Any) -> list[APIRoute]:
    found: list[APIRoute] = []
    for route in routes:
        if isinstance(route, APIRoute):
            found.append(route)
        elif (inner := getattr(route, "original_router", None)) is not None:
            found += _all(inner.routes)
    return found


ABOUT_ONE = [route for route in routes() if "{upload_id}" in route]
OWNED = [route for route in routes() if route not in PUBLIC]


@pytest.mark.parametrize("route", ABOUT_ONE)
def test_another_owner_finds_nothing(anna: Browser, mallory: Browser, upload: dict[str, Any], route: str) -> None:
    before = anna.get(f"/api/uploads/{upload['id']}").json()
    answers: list[dict[str, Any]] = []
    for upload_id in (upload["id"], "0" * 24):
        method, _, path = route.partition(" ")
        answer = mallory.request(
            method, path.replace("{upload_id}", upload_id).replace("{number}", "2"), json=BODIES.get(route)
        )
        is_problem(answer, 404, "upload_not_found")
        answers.append(answer.json())
    assert answers[0] == answers[1], "nothing tells it from one that never was"
    after = anna.get(f"/api/uploads/{upload['id']}").json()
    assert after == before, "and nothing has come of it"


@pytest.mark.parametrize("route", OWNED)
def test_nobody_is_asked_to_sign_in(site: Site, anna: Browser, upload: dict[str, Any], route: str) -> None:
    with_login(site, lambda connection: None)
    method, _, path = route.partition(" ")
    where = path.replace("{upload_id}", upload["id"]).replace("{token}", upload["share_token"]).replace("{number}", "2")
    body: Any = BODIES.get(route)
    if body is None and method != "GET":
        body = {
            "/api/uploads": {"name": "a", "size": 1},
            "/api/batch/create": {"files": [{"name": "a", "size": 1, "key": "k"}]},
            "/api/batch/sign": {"uploads": [{"id": upload["id"], **PART}]},
            "/api/batch/complete": {"ids": [upload["id"]]},
            "/api/batch/cancel": {"ids": [upload["id"]]},
            "/api/batch/tell": {"uploads": [{"id": upload["id"], "epoch": 1, "sent": 1}]},
            "/api/holds": {"registration": "r", "uploads": [upload["id"]], "stream": "s"},
            "/api/push-subscriptions": {"endpoint": "https://x.example/", "keys": {"p256dh": "x", "auth": "x"}},
            "/api/notifications": {"email": "m@example.org"},
            "/api/tokens": {"name": "a", "scopes": ["read"]},
            "/api/drops": {"title": "a"},
            "/api/obstacles": {"reason": "way_cut", "status": 0, "host": "http://x"},
        }.get(path)
    answer = site.browser().request(method, where, json=body, headers={"Idempotency-Key": "k"})
    is_problem(answer, 401, "not_signed_in")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("sign", lambda upload: {"uploads": [{"id": upload["id"], **PART}]}),
        ("complete", lambda upload: {"ids": [upload["id"]]}),
        ("cancel", lambda upload: {"ids": [upload["id"]]}),
    ],
)
def test_in_a_batch(
    mallory: Browser, upload: dict[str, Any], path: str, body: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    answer = mallory.post(f"/api/batch/{path}", json=body(upload))
    assert answer.status_code == 200
    (result,) = answer.json()["results"]
    assert (result["problem"]["status"], result["problem"]["code"]) == (404, "upload_not_found")


def test_in_a_list_and_by_the_cursor_of_another(anna: Browser, mallory: Browser, upload: dict[str, Any]) -> None:
    for _ in range(2):
        anna.creates()
    cursor = anna.get("/api/uploads?limit=1").json()["next_cursor"]
    for query in ("", f"?cursor={cursor}"):
        names = [one["name"] for one in mallory.get(f"/api/uploads{query}").json()["uploads"]]
        assert set(names) <= {"hers.bin"}


def test_in_the_stream_of_changes(site: Site, anna: Browser, mallory: Browser, upload: dict[str, Any]) -> None:
    place = ChangeFeed(site.context, anna.owner)
    place.read()
    mine, _ = ChangeFeed(site.context, mallory.owner, place.cursor).read()
    assert upload["id"] not in {one.id for one in mine}


def test_an_idempotency_key_of_another_makes_a_file_of_ones_own(anna: Browser, mallory: Browser) -> None:
    first = anna.creates("a.bin", key="the same").json()
    second = mallory.creates("a.bin", key="the same").json()
    assert first["id"] != second["id"]


def test_waiting_behind_a_link_gives_no_more_than_the_link(
    anna: Browser, mallory: Browser, upload: dict[str, Any]
) -> None:
    shared = f"/api/shared/{upload['share_token']}"
    assert mallory.put(f"{shared}/watch").status_code == 204
    assert {"id", "share_url", "metadata", "owner"} & mallory.get(shared).json().keys() == set()
    anna.put(f"/api/uploads/{upload['id']}/link", json={"revoked": True})
    is_problem(mallory.get(shared), 410, "link_revoked")
    is_problem(mallory.get(f"{shared}/download"), 410, "link_revoked")
