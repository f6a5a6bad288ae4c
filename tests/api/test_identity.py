"""Who is asking where the app has a login of its own, and what comes of a function that raises, hangs or gives nonsense."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import httpx
import pytest
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

from smartupload import SmartUpload
from smartupload.api.app import layers, make_api
from smartupload.api.identity import Identity
from smartupload.settings import load
from tests.api.conftest import SITE, Site
from tests.api.test_uploads import is_problem

PEOPLE = {"Bearer a": "anna", "Bearer b": "ben"}


def by_token(connection: HTTPConnection) -> str | None:
    return PEOPLE.get(connection.headers.get("authorization", ""))


async def by_token_later(connection: HTTPConnection) -> str | None:
    await asyncio.sleep(0)
    return by_token(connection)


class ByToken:
    """A callable object."""

    def __init__(self, found: dict[str, str]) -> None:
        self.found = found

    async def __call__(self, connection: HTTPConnection) -> str | None:
        return self.found.get(connection.headers.get("authorization", ""))


def with_login(site: Site, identify: Any, sign_in: str = "", seconds: float = 60.0) -> Site:
    """The same site for people who log in. `seconds` are short only where `identify` hangs: a busy machine is no reason for another answer."""
    identity = Identity(identify, seconds=seconds, sign_in=sign_in)
    site.context = replace(site.context, adopting=False)
    site.api = make_api(lambda: site.context, identity=identity)
    site.app = site.api
    for layer in layers([SITE], False, site.signing if identity.by_cookie else None):
        site.app = layer(site.app)
    return site


@pytest.fixture(params=[by_token, by_token_later, ByToken(PEOPLE), lambda asking: by_token_later(asking)])
def site(make_site: Callable[..., Site], request: pytest.FixtureRequest) -> Site:
    return with_login(make_site(), request.param)


def test_two_people_do_not_see_each_others_files(site: Site) -> None:
    anna, ben = site.browser(Authorization="Bearer a"), site.browser(Authorization="Bearer b")
    upload = anna.uploads()
    address = f"/api/uploads/{upload['id']}"
    assert [one["id"] for one in anna.get("/api/uploads").json()["uploads"]] == [upload["id"]]
    assert ben.get("/api/uploads").json()["uploads"] == []
    for answer in (ben.get(address), ben.get(f"{address}/download"), ben.delete(address), ben.get(f"{address}/link")):
        is_problem(answer, 404, "upload_not_found")
    with site.context.db.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT owner FROM upload").scalars().all() == ["anna"]


def test_nobody_is_told_to_sign_in_and_gets_no_cookie(site: Site) -> None:
    nobody = site.browser()
    for answer in (
        nobody.get("/api/uploads"),
        nobody.creates(),
        nobody.get("/api/events"),
        nobody.post("/api/batch/create", json={"files": []}),
    ):
        is_problem(answer, 401, "not_signed_in")
        assert answer.json()["detail"].startswith("Sign in first")
    assert not nobody.cookies
    # Nor does our cookie open anything here.
    is_problem(site.browser(Cookie=f"smartupload_owner={'a' * 43}").get("/api/uploads"), 401, "not_signed_in")


def test_what_lies_in_the_browser_of_somebody_else_is_not_shown_to_nobody(site: Site) -> None:
    tags = [
        site.browser(**headers).get("/api/client-settings").json()["owner"]
        for headers in ({}, {"Authorization": "Bearer a"}, {"Authorization": "Bearer b"}, {})
    ]
    assert tags[0] == tags[3]
    assert "" not in tags
    assert len(set(tags)) == 3


def test_a_link_is_for_whoever_has_it(site: Site) -> None:
    upload = site.browser(Authorization="Bearer a").uploads()
    assert site.browser().get(f"/api/shared/{upload['share_token']}").json()["state"] == "ready"
    assert site.browser().get(f"/api/shared/{upload['share_token']}/download").status_code == 302


def test_nothing_is_taken_along_by_whoever_else_logs_in(site: Site) -> None:
    anna, ben = site.browser(Authorization="Bearer a"), site.browser(Authorization="Bearer b")
    upload = anna.creates(key="the key").json()
    claim = partial(dict, url=f"/api/uploads/{upload['id']}/claim", json={"key": "the key"})
    is_problem(ben.post(**claim()), 404, "upload_not_found")
    is_problem(site.browser().post(**claim()), 401, "not_signed_in")
    assert anna.post(**claim()).json()["id"] == upload["id"], "one's own is one's own"


def test_forgetting_this_device_logs_nobody_out(site: Site) -> None:
    answer = site.browser(Authorization="Bearer a").post("/api/forget")
    assert (answer.status_code, answer.headers.get("set-cookie")) == (204, None)


def test_a_stream_ends_when_its_person_has_logged_out(make_site: Callable[..., Site], monkeypatch: Any) -> None:
    from smartupload.adapters.live import LiveHub
    from smartupload.api.routes import events

    monkeypatch.setattr(events, "HEARTBEAT", 0.1)
    monkeypatch.setattr(events, "LOOK", 0.1)
    asked: list[str] = []

    def logs_out_soon(_asking: HTTPConnection) -> str | None:
        asked.append("")
        return "anna" if len(asked) < 5 else None

    site = with_login(make_site(), logs_out_soon)

    async def heard() -> str:
        site.context = replace(site.context, streams=LiveHub())
        transport = httpx.ASGITransport(site.app)
        async with httpx.AsyncClient(transport=transport, base_url=SITE) as client, asyncio.timeout(10):
            return (await client.get("/api/events")).text

    said = asyncio.run(heard())
    assert said.count("event: beat") == 3, "the first time it was asked before the stream began"
    assert said.endswith('event: end\ndata: {"after": 0}\n\n')


def hangs(_asking: Any) -> str:
    time.sleep(0.6)
    return "anna"


async def hangs_later(_asking: Any) -> str:
    await asyncio.sleep(60)
    return "anna"


def gives(found: object) -> Callable[[Any], Any]:
    return lambda _asking: found


def raises(error: Exception) -> Callable[[Any], Any]:
    def identify(_asking: Any) -> str:
        raise error

    return identify


@pytest.mark.parametrize(
    "identify",
    [hangs, hangs_later, raises(ConnectionError("no database")), raises(HTTPException(500)), gives(7), gives("a" * 65), gives("a\n")],
)  # fmt: skip
def test_where_nobody_can_tell_it_is_tried_again(make_site: Callable[..., Site], identify: Any) -> None:
    answer = with_login(make_site(), identify, seconds=0.3).browser().creates()
    is_problem(answer, 503, "identity_unavailable")
    assert answer.headers["retry-after"] == "5"
    assert "database" not in answer.text


@pytest.mark.parametrize("identify", [gives(None), gives(""), raises(HTTPException(401)), raises(HTTPException(403))])
def test_ways_to_say_nobody(make_site: Callable[..., Site], identify: Any) -> None:
    is_problem(with_login(make_site(), identify).browser().get("/api/uploads"), 401, "not_signed_in")


def test_what_hangs_keeps_no_other_route_waiting(make_site: Callable[..., Site]) -> None:
    """Each call that hangs keeps a thread: of those that identify has to itself."""
    go_on = threading.Event()

    def hangs_for_long(_asking: Any) -> str:
        go_on.wait(30)
        return "anna"

    site = with_login(make_site(), hangs_for_long, seconds=0.3)

    async def scene() -> None:
        transport = httpx.ASGITransport(site.app)
        async with httpx.AsyncClient(transport=transport, base_url=SITE) as client:
            asked = await asyncio.gather(*(client.get("/api/uploads") for _ in range(60)))
            assert {answer.status_code for answer in asked} == {503}
            # This one needs a thread, and asks for nobody.
            assert (await client.get("/api/shared/nothing")).status_code == 404
        go_on.set()

    asyncio.run(scene())


@pytest.mark.parametrize("address", ["/enter", "/enter?as=guest", "https://id.example.org/enter"])
def test_an_app_says_where_its_sign_in_page_is(site: Site, address: str) -> None:
    with_login(site, lambda connection: None, sign_in=address)
    said = site.browser().get("/api/client-settings").json()
    assert (said["sign_in"], said["signed_in"]) == (address, False)


@pytest.mark.parametrize(
    "wrong", ["enter", "//evil.example", "/\\evil.example", "javascript:alert(1)", "https://", "/a b"]
)
def test_what_is_no_sign_in_page(wrong: str) -> None:
    with pytest.raises(ValueError, match="sign_in is where"):
        SmartUpload(load({}), identify=lambda _connection: None, sign_in=wrong)


def test_a_sign_in_page_is_one_of_the_apps_own_login() -> None:
    with pytest.raises(ValueError, match="sign_in is where"):
        SmartUpload(load({}), sign_in="/enter")
