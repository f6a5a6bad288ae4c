"""An app with a login of its own: each person sees their own files, over HTTP and in the states of its pages."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
import socketio

from tests.api.test_uploads import is_problem
from tests.composition.conftest import OwnApp

# The login is a middleware that the app wraps around everything, as those of Starlette are; it says who somebody is in the
# scope, which only a request that went through it has.
APP = """
import reflex as rx
from http.cookies import SimpleCookie
from starlette.requests import HTTPConnection
from starlette.responses import Response
from smartupload import SmartUpload
from smartupload.state import FilesState

PEOPLE = {"1": "anna", "2": "ben"}

class Login:
    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http" and scope["path"] == "/log-out":
            PEOPLE.pop(HTTPConnection(scope).cookies["session"])
            await Response()(scope, receive, send)
            return
        if scope["type"] in ("http", "websocket"):
            scope["session"] = {"number": HTTPConnection(scope).cookies.get("session")}
        await self.app(scope, receive, send)

async def who(connection: HTTPConnection) -> str | None:
    return PEOPLE.get(connection.session["number"])

app = rx.App(api_transformer=Login)
app.add_page(lambda: rx.el.main(rx.foreach(FilesState.rows, lambda row: rx.el.p(row.name))), route="/")
uploads = SmartUpload(identify=who)
uploads.mount(app)
"""
STATE = "reflex___state____state.smartupload___state___library____files_state"


class Tab:
    """A page of the app as its server sees it: a websocket, and events."""

    def __init__(self, app: OwnApp, cookie: str) -> None:
        self.token = str(uuid4())
        self.said: queue.Queue[Any] = queue.Queue()
        self.socket = socketio.Client(reconnection=False)
        self.socket.on("event", self.said.put, namespace="/_event")
        self.socket.connect(
            f"{app.url}?token={self.token}",
            headers={"Cookie": cookie} if cookie else {},
            transports=["websocket"],
            socketio_path="/_event",
            namespaces=["/_event"],
        )

    def load(self) -> dict[str, Any]:
        """What of the state of the files has changed once they were loaded."""
        mark = str(uuid4())
        self._send("load")
        self._send("ask", upload_id=mark)  # handled after it, and changes something for certain
        changed: dict[str, Any] = {}
        while changed.get("asked") != mark:
            update = self.said.get(timeout=20)
            changed |= {key.removesuffix("_rx_state_"): value for key, value in update["delta"].get(STATE, {}).items()}
        return changed

    def _send(self, event: str, **payload: str) -> None:
        said = {"name": f"{STATE}.{event}", "payload": payload, "token": self.token, "router_data": {"pathname": "/"}}
        self.socket.emit("event", said, namespace="/_event")

    def sees(self) -> list[str]:
        """The names in the list of files."""
        return [row["name"] for row in self.load()["rows"]]


@pytest.fixture
def app(make_app: Callable[..., OwnApp]) -> OwnApp:
    return make_app(APP)


@pytest.fixture
def open_tab(app: OwnApp) -> Iterator[Callable[[str], Tab]]:
    made: list[Tab] = []

    def open_one(cookie: str = "") -> Tab:
        made.append(Tab(app, cookie))
        return made[-1]

    yield open_one
    for tab in made:
        tab.socket.disconnect()


def test_each_sees_their_own_files_in_http_and_in_the_states(app: OwnApp, open_tab: Callable[..., Tab]) -> None:
    anna, ben, nobody = app.somebody(Cookie="session=1"), app.somebody(Cookie="session=2"), app.somebody()
    anna.sends_a_file("annas.mov")
    ben.sends_a_file("bens.mov")
    assert (anna.sees(), ben.sees()) == (["annas.mov"], ["bens.mov"])
    is_problem(nobody.get("/api/uploads"), 401, "not_signed_in")
    # Our own cookie says nothing here, and is not given.
    assert nobody.get("/").headers.get("set-cookie") is None
    of_anna, of_ben, of_nobody = open_tab("session=1"), open_tab("session=2"), open_tab()
    assert of_anna.sees() == ["annas.mov"]
    assert of_ben.sees() == ["bens.mov"]
    assert of_nobody.sees() == []
    # Whoever logs out is nobody from the next event on, though the tab's websocket is still open.
    assert anna.get("/log-out").status_code == 200
    assert of_anna.sees() == []
    assert of_ben.sees() == ["bens.mov"]
    is_problem(anna.get("/api/uploads"), 401, "not_signed_in")
