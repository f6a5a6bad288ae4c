"""The API as browsers meet it: all layers, a database of its own, the real store."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from smartupload.adapters.clock import SystemClock
from smartupload.adapters.memory import MemoryLive
from smartupload.adapters.s3.store import S3Store
from smartupload.api import dependencies
from smartupload.api.app import layers, make_api
from smartupload.api.cookie import Signing
from smartupload.api.errors import note_at_the_door
from smartupload.db import Database
from smartupload.service import owner
from smartupload.service.context import Context
from smartupload.settings import load
from tests.fixtures_database import database_at
from tests.fixtures_store import noise, seaweed, sha256, stack
from tests.inline import with_inline

__all__ = ["seaweed", "stack"]

SITE = "http://localhost:3000"


class Watched:
    """The store; a route that asks it from the threads of the pages fails, since a store that hangs would stop them."""

    def __init__(self, store: Any) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._store, name)
        if callable(found) and not name.startswith("sign_"):
            in_pages = threading.current_thread().name == "AnyIO worker thread" and not dependencies.asks.get()
            assert not in_pages, f"{name} is asked by a route without @asks_store"
        return found


class Site:
    """The app; `browser()` is a visitor with a cookie jar of their own."""

    def __init__(self, context: Context, web_root: Path) -> None:
        self.context = context
        self.api = make_api(lambda: self.context, web_root)
        app: ASGIApp = self.api
        self.signing = Signing(lambda: b"key", lambda whose: owner.has_something(self.context, whose))
        refused = functools.partial(note_at_the_door, self.api)
        is_secure = context.settings.site_url.startswith("https://")
        for layer in layers(context.settings.origins, is_secure, self.signing, refused=refused):
            app = layer(app)
        self.app = app

    def browser(self, **headers: str) -> Browser:
        """Somebody who has not been here before."""
        return Browser(self.app, headers)


class Engine:
    """What an upload engine does, over any client."""

    post: Callable[..., httpx.Response]
    keys = 0

    def creates(self, name: str = "a.bin", size: int = 1000, key: str = "", **more: Any) -> httpx.Response:
        """Begin an upload."""
        self.keys += 1
        headers = {"Idempotency-Key": key or f"key {self.keys}"}
        return self.post("/api/uploads", json={"name": name, "size": size, **more}, headers=headers)

    def cut(self, upload: dict[str, Any], seed: int = 0) -> list[bytes]:
        """The file's parts."""
        body, part = noise(upload["size"], seed), upload["part_size"]
        return [body[at : at + part] for at in range(0, upload["size"], part)]

    def signs(
        self, upload: dict[str, Any], bodies: list[bytes], numbers: list[int] | None = None, **terms: Any
    ) -> httpx.Response:
        """Ask for signed requests."""
        parts = [
            {"number": number, "size": len(body), "sha256": sha256(body)}
            for number, body in enumerate(bodies, start=1)
            if numbers is None or number in numbers
        ]
        return self.post(f"/api/uploads/{upload['id']}/parts", json={"parts": parts, **terms})

    def sends(
        self, upload: dict[str, Any], bodies: list[bytes], numbers: list[int] | None = None, **terms: Any
    ) -> None:
        """Sign, and send straight to the store."""
        answer = self.signs(upload, bodies, numbers, **terms)
        assert answer.status_code == 200, answer.text
        for part in answer.json()["parts"]:
            if not part.get("confirmed"):
                body = bodies[part["number"] - 1]
                answer = httpx.put(part["url"], content=body, headers=part["headers"], timeout=30)
                assert answer.status_code == 200, answer.text

    def hands_over(
        self, upload: dict[str, Any], bodies: list[bytes], numbers: list[int], **terms: Any
    ) -> httpx.Response:
        """Ask for forms."""
        parts = [
            {"number": number, "size": len(bodies[number - 1]), "sha256": sha256(bodies[number - 1])}
            for number in numbers
        ]
        return self.post(f"/api/uploads/{upload['id']}/handover", json={"parts": parts, **terms})

    def completes(self, upload: dict[str, Any]) -> httpx.Response:
        """Finish it."""
        return self.post(f"/api/uploads/{upload['id']}/complete")

    def uploads(self, name: str = "a.bin", size: int = 1000, **more: Any) -> dict[str, Any]:
        """All of it."""
        upload = self.creates(name, size, **more).json()
        self.sends(upload, self.cut(upload))
        done = self.completes(upload)
        assert done.status_code == 200, done.text
        return done.json()


class Browser(Engine, TestClient):
    """A visitor."""

    def __init__(self, app: ASGIApp, headers: dict[str, str]) -> None:
        super().__init__(app, base_url=SITE, follow_redirects=False, raise_server_exceptions=False, headers=headers)

    @property
    def owner(self) -> str:
        """The owner that the cookie stands for."""
        return owner.owner_of(self.cookies[owner.COOKIE][: owner.SECRET_LENGTH])


@pytest.fixture
def make_site(tmp_path: Path, seaweed: S3Store) -> Generator[Callable[..., Site]]:
    """Sites over the real store; settings are given by their short names."""
    made: list[Database] = []
    shell = tmp_path / "web"
    shell.mkdir()
    (shell / "404.html").write_text("<html><head><title>x</title></head><body>shell</body></html>")

    def make(store: Any = None, **settings: str) -> Site:
        db = database_at(f"sqlite:///{tmp_path}/test{len(made)}.sqlite")
        made.append(db)
        given = {f"SMARTUPLOAD_{name.upper()}": value for name, value in settings.items()}
        watched: Any = Watched(store or seaweed)
        return Site(with_inline(Context(load(given), db, watched, MemoryLive(), SystemClock())), shell)

    yield make
    for db in made:
        db.close()


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    """One with nothing set."""
    return make_site()


@pytest.fixture
def browser(site: Site) -> Browser:
    """A visitor."""
    return site.browser()


@pytest.fixture
def anna(site: Site) -> Browser:
    """Somebody who has been here, whose files they are."""
    browser = site.browser()
    browser.get("/api/client-settings")
    return browser


@pytest.fixture
def upload(anna: Browser) -> dict[str, Any]:
    """Anna's, in two parts, of which the first has arrived."""
    upload = anna.creates("plans.pdf", 9_000_000).json()
    anna.sends(upload, anna.cut(upload), [1])
    return upload
