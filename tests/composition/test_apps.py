"""Uploads in apps of other people: with and without Reflex, from the first byte to the download."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from smartupload.devstack import DevStack
from tests.api.test_uploads import is_problem
from tests.composition.conftest import OwnApp
from tests.fixtures_store import s3_store

FASTAPI = """
from fastapi import FastAPI
from smartupload import SmartUpload

uploads = SmartUpload()
app = FastAPI(lifespan=uploads.lifespan)

@app.get("/api/mine")
def mine():
    return "mine"

app.mount("/", uploads.api)
"""

STARLETTE = """
import contextlib
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from smartupload import SmartUpload

uploads = SmartUpload()

@contextlib.asynccontextmanager
async def lifespan(app):
    async with uploads.lifespan():
        yield

async def mine(request):
    return PlainTextResponse('"mine"')

app = Starlette(routes=[Route("/api/mine", mine), Mount("/", uploads.api)], lifespan=lifespan)
"""

REFLEX = """
import reflex as rx
from fastapi import FastAPI
from smartupload import SmartUpload

own = FastAPI()

@own.get("/api/mine")
def mine():
    return "mine"

app = rx.App(api_transformer=own)
app.add_page(lambda: rx.el.main("my page"), route="/")
uploads = SmartUpload()
uploads.mount(app)
uploads.add_share_page(app)
"""


@pytest.fixture(params=[FASTAPI, STARLETTE, REFLEX], ids=["fastapi", "starlette", "reflex"])
def app(request: pytest.FixtureRequest, make_app: Callable[..., OwnApp]) -> OwnApp:
    return make_app(request.param)


def test_a_file_goes_up_and_comes_back(app: OwnApp) -> None:
    anna, ben = app.somebody(), app.somebody()
    upload = anna.sends_a_file()
    assert anna.sees() == ["film.mov"]
    assert ben.sees() == []
    is_problem(ben.get(f"/api/uploads/{upload['id']}"), 404, "upload_not_found")
    # Its link leads somewhere, though the app has no page for it.
    assert upload["share_url"].startswith(f"{app.url}/f/")
    page = ben.get(upload["share_url"])
    assert (page.status_code, "film.mov" in page.text, "ready to download" in page.text) == (200, True, True)
    # The app's own routes come first, and what nobody has is said in the API's way.
    assert anna.get("/api/mine").json() == "mine"
    is_problem(anna.get("/api/nothing"), 404, "not_found")
    assert app.stop() in (0, -15)


def test_the_guard_stands_wherever_the_api_is_mounted(make_app: Callable[..., OwnApp]) -> None:
    app = make_app(FASTAPI.replace('app.mount("/"', 'app.mount("/below"').replace('"/api/mine"', '"/readyz"'))
    evil = {"Origin": "https://evil.example", "Idempotency-Key": "k"}
    file = {"name": "a", "size": 1}
    answer = httpx.post(f"{app.url}/below/api/uploads", json=file, headers=evil)
    is_problem(answer, 403, "cross_site")
    assert answer.headers["cache-control"] == "no-store"
    large = httpx.post(f"{app.url}/below/api/uploads", json={"name": "a" * 300_000}, headers={"Idempotency-Key": "k"})
    is_problem(large, 422, "invalid_request")
    assert "larger than" in large.json()["detail"]


def test_two_in_one_process_do_not_meet(make_app: Callable[..., OwnApp], stack: DevStack) -> None:
    keys = {"access_key_id": stack.identity.access_key_id, "secret_access_key": stack.identity.secret_access_key}
    for bucket in ("one", "two"):
        s3_store(stack.endpoint_url, bucket=bucket, **keys).make_bucket(["http://localhost"], 37)
    source = """
import contextlib, os
from pathlib import Path
from starlette.applications import Starlette
from starlette.routing import Host, Mount
from smartupload import SmartUpload
from smartupload.settings import load

def settings(name):
    return load(os.environ | {"SMARTUPLOAD_DATA_DIR": str(Path.cwd() / name), "SMARTUPLOAD_S3_BUCKET": name,
                              "SMARTUPLOAD_MAX_FILE_SIZE": "100MB" if name == "one" else "1KB"})

one, two = SmartUpload(settings("one")), SmartUpload(settings("two"))

@contextlib.asynccontextmanager
async def lifespan(app):
    async with one.lifespan(), two.lifespan():
        yield

app = Starlette(routes=[Host("two.localhost", two.api), Mount("/", one.api)], lifespan=lifespan)
"""
    app = make_app(source)
    # The same browser, by its cookie, at both.
    anna = app.somebody()
    anna.sends_a_file()
    cookie = {"Cookie": f"smartupload_owner={anna.cookies['smartupload_owner']}"}
    other = app.somebody(Host="two.localhost", **cookie)
    assert anna.sees() == ["film.mov"]
    assert other.sees() == []
    is_problem(other.creates(size=2000), 413, "file_too_large")
    assert anna.creates(size=2000).status_code == 201


def test_without_the_lifespan_it_says_what_to_do(make_app: Callable[..., OwnApp]) -> None:
    app = make_app(FASTAPI.replace("lifespan=uploads.lifespan", "").replace('"/api/mine"', '"/readyz"'))
    answer = app.somebody().get("/api/uploads")
    is_problem(answer, 503, "store_unavailable")
    assert "lifespan=uploads.lifespan" in answer.json()["detail"]
