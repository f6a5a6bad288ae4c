"""Somebody with a websocket and no browser: they call whatever handler they like with whatever they like."""

from __future__ import annotations

import json
import secrets
import time
from typing import Any

from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests.browser.server import Server

_STATES = "reflex___state____state"
PROJECTS = f"{_STATES}.smartupload___state___projects____projects_state"
FILES = f"{_STATES}.smartupload___state___library____files_state"
LINK = f"{_STATES}.smartupload___state___link____link_state"
NOTICES = f"{_STATES}.smartupload___state___notifications____notifications_state"
SHARED_FILE = f"{_STATES}.smartupload___state___shared____shared_file_state"
VISITOR = f"{_STATES}.smartupload___state___shared____visitor_state"


class Stranger:
    """One tab at this path of the site."""

    def __init__(self, server: Server, path: str = "/", cookie: str = "") -> None:
        self.path = path
        address = f"ws://localhost:{server.port}/_event/?token={secrets.token_hex(8)}&EIO=4&transport=websocket"
        headers = {"Cookie": cookie} if cookie else {}
        self.line: ClientConnection = connect(
            address, additional_headers=headers, origin=Origin(f"http://localhost:{server.port}"), max_size=None
        )
        assert str(self.line.recv(10)).startswith("0")
        self.line.send("40/_event,")
        self.heard: list[str] = []
        self.until("40/_event")

    def call(self, handler: str, payload: Any = None, **more: Any) -> None:
        """Call a handler by its full name."""
        event = {
            "name": handler,
            "payload": {} if payload is None else payload,
            "router_data": {"pathname": self.path, "asPath": self.path, "query": {}},
            **more,
        }
        self.line.send(f"42/_event,{json.dumps(['event', event])}")

    def until(self, text: str, seconds: float = 20) -> str:
        """Wait for a message with this in it."""
        end = time.monotonic() + seconds
        while True:
            message = self.hear(max(0.0, end - time.monotonic()))
            if text in message:
                return message

    def hear(self, seconds: float = 20) -> str:
        """The next message; pings are answered. Raises TimeoutError."""
        end = time.monotonic() + seconds
        while (message := str(self.line.recv(max(0.0, end - time.monotonic())))) == "2":
            self.line.send("3")
        self.heard.append(message)
        return message

    def close(self) -> None:
        self.line.close()
