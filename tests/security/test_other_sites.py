"""A page of another site cannot act for somebody, nor listen: on every call that changes something, and on websockets."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.types import Message
from structlog.testing import capture_logs

from smartupload.api.origins import OwnSockets
from tests.api.conftest import SITE, Browser, Site
from tests.api.test_uploads import is_problem

ELSEWHERE: dict[str, dict[str, str]] = {
    "another site": {"Origin": "https://evil.example"},
    "a sandbox": {"Origin": "null"},
    "another port": {"Origin": "http://localhost:3001"},
    "another scheme": {"Origin": "https://localhost:3000.evil.example"},
    "a name that begins like it": {"Origin": "http://localhost:3000.evil.example"},
    "a name that ends like it": {"Origin": "http://evil-localhost:3000"},
    "what the browser says": {"Sec-Fetch-Site": "cross-site"},
    "a sister site": {"Sec-Fetch-Site": "same-site"},
    "an origin that the host header repeats, seen from elsewhere": {
        "Origin": "https://evil.example",
        "Host": "evil.example",
        "Sec-Fetch-Site": "cross-site",
    },
    "nothing between the commas": {"Origin": ""},
}
CALLS = [
    ("POST", "/api/uploads"),
    ("POST", "/api/batch/create"),
    ("POST", "/api/uploads/{id}/parts"),
    ("POST", "/api/uploads/{id}/complete"),
    ("POST", "/api/uploads/{id}/pause"),
    ("DELETE", "/api/uploads/{id}"),
    ("PATCH", "/api/uploads/{id}"),
    ("PUT", "/api/uploads/{id}/link"),
    ("POST", "/api/uploads/{id}/link/renew"),
    ("PUT", "/api/notifications"),
    ("POST", "/api/push-subscriptions"),
    ("POST", "/api/forget"),
]


@pytest.mark.parametrize("headers", ELSEWHERE.values(), ids=ELSEWHERE)
def test_no_call_that_changes_something(anna: Browser, upload: dict[str, Any], headers: dict[str, str]) -> None:
    before = anna.get(f"/api/uploads/{upload['id']}").json()
    for method, path in CALLS:
        answer = anna.request(method, path.replace("{id}", upload["id"]), json={}, headers=headers)
        is_problem(answer, 403, "cross_site")
    assert anna.get(f"/api/uploads/{upload['id']}").json() == before


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_a_form_is_no_call(anna: Browser, kind: str) -> None:
    """What a form of another site can send without being asked is not understood, even where no header gives it away."""
    body = b'{"name":"a","size":1}'
    answer = anna.post("/api/uploads", content=body, headers={"Content-Type": kind, "Idempotency-Key": "x"})
    is_problem(answer, 422, "invalid_request")


@pytest.mark.parametrize(
    ("headers", "is_let_in"),
    [
        *((headers, False) for headers in ELSEWHERE.values()),
        ({}, True),
        ({"Origin": SITE}, True),
        ({"Origin": SITE, "Sec-Fetch-Site": "same-origin"}, True),
        ({"Origin": "https://proxied.example", "Host": "proxied.example"}, True),
    ],
)
def test_websockets(headers: dict[str, str], is_let_in: bool) -> None:
    sent: list[Message] = []

    async def opens(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "websocket.accept"})

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    pairs = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    scope = {
        "type": "websocket",
        "path": "/_event",
        "headers": pairs,
        "extensions": {"websocket.http.response": {}},
    }
    asyncio.run(OwnSockets(opens, [SITE])(scope, receive, send))
    if is_let_in:
        assert sent == [{"type": "websocket.accept"}]
    else:
        assert (sent[0]["type"], sent[0]["status"]) == ("websocket.http.response.start", 403)
        assert b'"code":"cross_site"' in sent[1]["body"]


def test_pages_at_an_address_that_no_setting_names_are_said_once() -> None:
    """They are let in here, but links are of the other address, and Reflex refuses their websocket where it has a list."""

    async def asked() -> None:
        async def opens(_scope: Any, _receive: Any, _send: Any) -> None:
            return None

        sockets = OwnSockets(opens, [SITE])
        for origin in (SITE, "https://up.example:8443", "https://up.example:8443", "x://%0a", "https://two.example"):
            pairs = [(b"origin", origin.encode()), (b"host", origin.partition("://")[2].encode())]
            scope = {"type": "websocket", "path": "/_event", "headers": pairs}
            await sockets(scope, opens, opens)  # type: ignore[arg-type]

    with capture_logs() as logs:
        asyncio.run(asked())
    (line,) = logs
    assert line["log_level"] == "warning"
    assert "SMARTUPLOAD_PUBLIC_URL=https://up.example:8443" in line["event"]


def test_what_every_answer_says(site: Site, anna: Browser, upload: dict[str, Any]) -> None:
    for path in ("/api/uploads", "/api/nothing", "/healthz", f"/f/{upload['share_token']}", "/f/nothing"):
        headers = site.browser().get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert "camera=()" in headers["permissions-policy"]
        assert "strict-transport-security" not in headers
    assert "default-src 'none'" in anna.get("/api/uploads").headers["content-security-policy"]
