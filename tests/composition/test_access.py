"""Where everybody has to sign in: every route, page and event, each placed as open or closed, and what a closed one answers to nobody."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
import reflex as rx
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp

from smartupload import SmartUpload
from smartupload.api.gate import is_open
from smartupload.pages import site
from smartupload.settings import WrongSetting, load
from smartupload.state import gate
from smartupload.state.gate import EventGate
from tests.api.test_uploads import is_problem
from tests.composition.conftest import OwnApp
from tests.composition.test_login import STATE, Tab
from tests.pages.test_bounds import states
from tests.provider import Provider, provider

__all__ = ["provider"]

SETTINGS = {"ACCESS": "login", "OIDC_ISSUER": "https://login.example.org", "OIDC_CLIENT_ID": "files"}

OPEN = """
GET /f/{token}
GET /api/shared/{token}
GET /api/shared/{token}/download
GET /api/shared/{token}/preview
GET /f/group/{token}
GET /api/shared-group/{token}
GET /api/shared-group/{token}/download
GET /api/shared-group/{token}/files/{file}/download
GET /drop/{token}
GET /api/drop/{token}
GET /login
GET /login/callback
GET /api/me
POST /api/logout
POST /api/backchannel-logout
POST /api/forget
GET /api/client-settings
GET /api/openapi.json
GET /api/notifications/confirm
GET /api/notifications/stop
POST /api/notifications/confirm
POST /api/notifications/stop
DELETE /api/push-subscriptions
GET /api/admin/audit
GET /api/admin/audit.csv
GET /api/admin/audit.jsonl
GET /api/admin/events
GET /api/admin/deliveries
POST /api/admin/deliveries/replay
GET /healthz
GET /readyz
"""
CLOSED = """
GET /api/uploads
POST /api/uploads
GET /api/uploads/{upload_id}
DELETE /api/uploads/{upload_id}
PATCH /api/uploads/{upload_id}
POST /api/uploads/{upload_id}/parts
PUT /api/uploads/{upload_id}/parts/{number}/relay
POST /api/uploads/{upload_id}/handover
POST /api/uploads/{upload_id}/complete
POST /api/uploads/{upload_id}/pause
POST /api/uploads/{upload_id}/resume
POST /api/uploads/{upload_id}/claim
GET /api/uploads/{upload_id}/download
GET /api/uploads/{upload_id}/preview
GET /api/uploads/{upload_id}/link
PUT /api/uploads/{upload_id}/link
POST /api/uploads/{upload_id}/link/renew
GET /api/groups
GET /api/groups/{group}/link
POST /api/groups/{group}/link
PUT /api/groups/{group}/link
DELETE /api/groups/{group}/link
POST /api/groups/{group}/link/renew
POST /api/obstacles
POST /api/batch/create
POST /api/batch/sign
POST /api/batch/complete
POST /api/batch/cancel
POST /api/batch/tell
GET /api/events
POST /api/holds
GET /api/holds/{registration}/{level}/{lane}
GET /api/shared/{token}/watch
PUT /api/shared/{token}/watch
DELETE /api/shared/{token}/watch
GET /api/push-key
POST /api/push-subscriptions
POST /api/take-over
GET /api/me/export
DELETE /api/me
GET /api/notifications
PUT /api/notifications
GET /api/tokens
POST /api/tokens
DELETE /api/tokens/{token_id}
GET /api/drops
POST /api/drops
POST /api/drops/{drop_id}/close
DELETE /api/drops/{drop_id}
"""
PAGES = {
    "open": {"f/[token]", "f/group/[token]", "drop/[token]"},
    "closed": {"index", "projects", "files", "notifications", "account", "404"},
}
STATES = {"open": {"GroupState", "SharedFileState", "VisitorState", "DropState", "AccountState", "LanguageState"}, "closed": {"GroupLinkState", "GroupLinksState", "DropsState", "FilesState", "LibraryState", "LinkState", "NotificationsState", "PersonalState", "ProjectsState", "TokensState"}}  # fmt: skip


def lines(text: str) -> set[str]:
    return set(text.split("\n")) - {""}


def made() -> SmartUpload:
    return SmartUpload(load({f"SMARTUPLOAD_{name}": value for name, value in SETTINGS.items()}))


def routes() -> set[str]:
    """Method and path of all that the API answers to."""

    def of(router: Any) -> Iterator[str]:
        for route in router.routes:
            if inner := getattr(route, "original_router", None):
                yield from of(inner)
                continue
            for method in route.methods - {"HEAD"}:
                yield f"{method} {route.path.replace(':path', '')}"

    found = set(of(made()._routes))
    assert len(found) > 40
    return found


def address(route: str) -> tuple[str, str]:
    method, _, path = route.partition(" ")
    for name in ("token", "token_id", "drop_id", "upload_id", "rest", "registration", "level", "lane", "group", "file"):
        path = path.replace(f"{{{name}}}", "a1")
    return method, path


def test_every_route_is_placed() -> None:
    assert lines(OPEN) | lines(CLOSED) == routes(), "write a new route into one of the lists"
    assert not lines(OPEN) & lines(CLOSED)


@pytest.mark.parametrize("route", sorted(lines(OPEN)))
def test_an_open_route_is_open(route: str) -> None:
    assert is_open(*address(route), has_drops=True)
    assert is_open(*address(route)) == (not route.startswith("GET /drop/"))


def asked(app: ASGIApp, requests: list[tuple[str, str]], **headers: str) -> list[httpx.Response]:
    async def ask() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost:3000", headers=headers) as client:
            return [await client.request(method, path) for method, path in requests]

    return asyncio.run(ask())


def test_a_closed_route_says_401_to_nobody_and_asks_nothing_of_the_service() -> None:
    """The service is not started here: whoever got through would meet that."""
    for route, answer in zip(
        sorted(lines(CLOSED)), asked(made().api, [address(one) for one in sorted(lines(CLOSED))]), strict=True
    ):
        is_problem(answer, 401, "not_signed_in")
        assert "set-cookie" not in answer.headers, route


async def pages_of_an_app(scope: Any, receive: Any, send: Any) -> None:
    await PlainTextResponse("a page")(scope, receive, send)


def test_every_page_is_placed_and_a_closed_one_leads_to_the_sign_in() -> None:
    app = rx.App()
    uploads = made()
    uploads.mount(app)
    uploads.add_share_page(app)
    site.register(app, examples=True)
    assert set(app._unevaluated_pages) == PAGES["open"] | PAGES["closed"], "write a new page into one of the lists"
    around: Any = uploads._beside(pages_of_an_app)
    closed = [f"/{page}".replace("/index", "/") for page in sorted(PAGES["closed"])]
    for path, answer in zip(closed, asked(around, [("GET", path) for path in closed]), strict=True):
        assert answer.status_code == 303
        assert answer.headers["location"] == f"/login?to={path.replace('/', '%2F')}"
    # What another app shares before the service worker is there leads anybody to the page that says so, and nothing of it is kept.
    (answer,) = asked(around, [("POST", "/share-target")])
    assert (answer.status_code, answer.headers["location"]) == (303, "./?shared=lost")
    assert "set-cookie" not in answer.headers
    for method in ("POST", "PUT", "DELETE"):
        (answer,) = asked(around, [(method, "/files")])
        assert answer.status_code == 401
    # What Reflex has besides, and any other app's addresses.
    for path in ("/_upload", "/_health", "/ping", "/_all_routes", "/assets/../files", "/files/a.js"):
        (answer,) = asked(around, [("GET", path)])
        assert answer.status_code in (401, 303), path
    for path in ("/assets/index-1.js", "/sw.js", "/favicon.svg", "/smartupload.css", "/manifest.webmanifest"):
        (answer,) = asked(around, [("GET", path)])
        assert answer.text == "a page", path


def ours() -> list[type[Any]]:
    return [state for state in states() if state.__module__.startswith("smartupload.")]


def test_every_state_is_placed() -> None:
    assert {state.__name__ for state in ours()} == STATES["open"] | STATES["closed"], "write it into one of the lists"
    assert {state.__name__ for state in ours() if gate.is_open(state)} == STATES["open"]


def test_no_event_of_a_closed_state_is_handled_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    here = ""

    async def owner_of(_state: Any) -> str:
        return here

    monkeypatch.setattr(gate, "owner_of", owner_of)

    def meets(state: type[Any], path: str = "/files") -> Any:
        event: Any = SimpleNamespace(state_cls=state)
        page: Any = SimpleNamespace(router=SimpleNamespace(url=SimpleNamespace(path=path)))
        return asyncio.run(EventGate().preprocess(None, page, event))  # type: ignore[arg-type]

    for state in ours():
        refused = meets(state)
        assert (refused is None) == (state.__name__ in STATES["open"]), state
        if refused is not None:
            assert "/login?to=" in str(refused.events)
            for page in ("/f/a1", "/drop/a1"):
                assert not meets(state, page).events, "whoever came for a file, or to send one, is led nowhere"
    here = "somebody"
    assert [meets(state) for state in ours()] == [None] * len(ours())


SENDING = """
GET /api/uploads
POST /api/uploads
GET /api/uploads/{upload_id}
DELETE /api/uploads/{upload_id}
POST /api/uploads/{upload_id}/parts
PUT /api/uploads/{upload_id}/parts/{number}/relay
POST /api/uploads/{upload_id}/handover
POST /api/uploads/{upload_id}/complete
POST /api/uploads/{upload_id}/pause
POST /api/uploads/{upload_id}/resume
POST /api/uploads/{upload_id}/claim
POST /api/batch/create
POST /api/batch/sign
POST /api/batch/complete
POST /api/batch/cancel
POST /api/batch/tell
POST /api/obstacles
GET /api/events
POST /api/holds
GET /api/holds/{registration}/{level}/{lane}
"""
"""Of the closed ones, those that sending by a drop link takes: with `invite`, and a cookie of this site."""


@pytest.mark.parametrize("access", ["login", "invite"])
def test_a_cookie_opens_what_sending_takes_where_people_are_invited_and_nothing_else(access: str) -> None:
    uploads = SmartUpload(
        load({f"SMARTUPLOAD_{name}": value for name, value in (SETTINGS | {"ACCESS": access}).items()})
    )
    assert uploads._signing is not None
    uploads._signing._load = lambda: b"a key"
    cookie = f"smartupload_owner={uploads._signing.value('a' * 43)}"
    closed = sorted(lines(CLOSED))
    opened = {
        route
        for route, answer in zip(
            closed,
            asked(uploads.api, [address(one) for one in closed], cookie=cookie, origin="http://localhost:3000"),
            strict=True,
        )
        if answer.status_code != 401
    }
    assert opened == (lines(SENDING) if access == "invite" else set())


def test_where_there_are_no_drop_links_their_address_is_the_apps_own() -> None:
    around: Any = made()._beside(pages_of_an_app)
    (answer,) = asked(around, [("GET", "/drop/a1")])
    assert answer.headers["location"] == "/login?to=%2Fdrop%2Fa1"
    uploads = SmartUpload(load({}))
    (answer,) = asked(uploads._beside(pages_of_an_app), [("GET", "/drop/a1")])
    assert answer.text == "a page"


def test_a_cookie_is_given_behind_a_drop_link_alone() -> None:
    uploads = SmartUpload(
        load({f"SMARTUPLOAD_{name}": value for name, value in (SETTINGS | {"ACCESS": "invite"}).items()})
    )
    assert uploads._signing is not None
    uploads._signing._load = lambda: b"a key"
    paths = [
        "/",
        "/files",
        "/login",
        "/f/a1",
        "/api/me",
        "/api/client-settings",
        "/drop/",
        "/drop/a/b",
        "/drop/a1",
        "/api/drop/a1",
    ]
    around: Any = uploads._beside(pages_of_an_app)
    given = [path for path in paths if "set-cookie" in asked(around, [("GET", path)])[0].headers]
    assert given == ["/drop/a1", "/api/drop/a1"]
    assert all(
        "set-cookie" not in answer.headers
        for answer in asked(around, [("POST", "/drop/a1"), ("DELETE", "/api/drop/a1")])
    )


APP = """
import reflex as rx
from smartupload import SmartUpload
from smartupload.state import FilesState

app = rx.App()
app.add_page(lambda: rx.el.main(rx.foreach(FilesState.rows, lambda row: rx.el.p(row.name))), route="/")
uploads = SmartUpload()
uploads.mount(app)
"""


@pytest.fixture
def tabs() -> Iterator[Callable[..., Tab]]:
    opened: list[Tab] = []

    def open_one(app: OwnApp, cookie: str) -> Tab:
        opened.append(Tab(app, cookie))
        return opened[-1]

    yield open_one
    for tab in opened:
        tab.socket.disconnect()


def test_a_websocket_of_nobody_and_one_of_somebody(
    make_app: Callable[..., OwnApp], provider: Provider, tabs: Callable[..., Tab]
) -> None:
    app = make_app(APP, access="login", **provider.settings)
    anna, nobody = app.somebody(), app.somebody()
    provider.signs_in(anna, "anna")
    anna.sends_a_file("annas.mov")
    is_problem(nobody.get("/api/events"), 401, "not_signed_in")
    assert nobody.get("/").headers["location"] == "/login?to=%2F"
    hers = tabs(app, f"smartupload_session={anna.cookies['smartupload_session']}")
    assert hers.sees() == ["annas.mov"]
    stranger = tabs(app, "")
    stranger._send("load")
    led = stranger.said.get(timeout=20)
    while not led.get("events"):
        led = stranger.said.get(timeout=20)
        assert STATE not in led["delta"] or not led["delta"][STATE].get("rows_rx_state_")
    assert "/login?to=" in str(led["events"])
    # Her tab is nobody's from the moment on at which she has signed out.
    assert anna.post("/api/logout").status_code == 200
    hers._send("load")
    while "/login?to=" not in str(hers.said.get(timeout=20)["events"]):
        pass


def test_two_logins_are_one_too_many() -> None:
    settings = load({f"SMARTUPLOAD_{name}": value for name, value in SETTINGS.items()})
    with pytest.raises(WrongSetting, match="leave one of them out"):
        SmartUpload(settings, identify=lambda _asking: "anna")
