"""The owner's cookie: given and signed by this site, held to it behind https, and nobody who had an old one loses a file."""

from __future__ import annotations

import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from smartupload import private
from smartupload.api.cookie import Signing
from smartupload.service.owner import new_secret, owner_of
from smartupload.settings import load
from tests.api.conftest import Browser, Site

HTTPS = "https://up.example.org"


def given(answer: Any) -> dict[str, str]:
    """The cookies that an answer sets, by name."""
    return {
        line.partition("=")[0]: line.partition("=")[2].partition(";")[0]
        for line in answer.headers.get_list("set-cookie")
    }


def sees(site: Site, cookie: str) -> list[str]:
    return [one["name"] for one in site.browser(Cookie=cookie).get("/api/uploads").json()["uploads"]]


def owned(site: Site, browser: Browser, name: str) -> str:
    """A file; the value of the cookie whose it is."""
    value = given(browser.get("/healthz")).get("smartupload_owner") or browser.cookies["smartupload_owner"]
    browser.creates(name)
    return value


def test_what_this_site_gave_is_somebodys(site: Site, browser: Browser) -> None:
    value = owned(site, browser, "mine.bin")
    assert sees(site, f"smartupload_owner={value}") == ["mine.bin"]
    assert "set-cookie" not in site.browser(Cookie=f"smartupload_owner={value}").get("/api/uploads").headers


@pytest.mark.parametrize("spoil", [lambda value: value[:-1] + ("0" if value[-1] != "0" else "1"), lambda value: "a" + value[1:], lambda value: new_secret() + value[43:], lambda _: new_secret(), lambda _: "a" * 43, lambda value: value + "0"])  # fmt: skip
def test_what_somebody_made_up_is_nobodys(site: Site, browser: Browser, spoil: Callable[[str], str]) -> None:
    value = owned(site, browser, "mine.bin")
    planted = spoil(value)
    answer = site.browser(Cookie=f"smartupload_owner={planted}").get("/api/uploads")
    assert answer.json()["uploads"] == []
    assert not given(answer)["smartupload_owner"].startswith(planted[:43])


def test_an_old_one_of_somebody_who_has_something_is_signed(site: Site) -> None:
    secret = new_secret()
    Browser.creates(before_signatures(site, secret), "old.bin")
    answer = site.browser(Cookie=f"smartupload_owner={secret}").get("/api/uploads")
    assert [one["name"] for one in answer.json()["uploads"]] == ["old.bin"]
    signed = given(answer)["smartupload_owner"]
    assert signed == site.signing.value(secret)
    assert sees(site, f"smartupload_owner={signed}") == ["old.bin"]


def test_an_old_one_is_kept_while_nobody_can_tell(site: Site) -> None:
    secret = new_secret()
    Browser.creates(before_signatures(site, secret), "old.bin")
    for trouble in (unknown, away):
        site.signing._known = trouble
        answer = site.browser(Cookie=f"smartupload_owner={secret}").get("/api/uploads")
        assert [one["name"] for one in answer.json()["uploads"]] == ["old.bin"]
        assert "set-cookie" not in answer.headers


def unknown(_owner: str) -> bool | None:
    return None


def away(_owner: str) -> bool | None:
    raise ConnectionError("the database is away")


def before_signatures(site: Site, secret: str) -> Browser:
    """A browser that was given its cookie by an older version."""
    known = site.signing._known
    site.signing._known = lambda whose: True if whose == owner_of(secret) else known(whose)
    browser = site.browser(Cookie=f"smartupload_owner={secret}")
    browser.get("/api/uploads")
    site.signing._known = known
    browser.cookies.clear()
    return site.browser(Cookie=f"smartupload_owner={site.signing.value(secret)}")


def test_behind_https_it_is_held_to_this_host(make_site: Callable[..., Site]) -> None:
    site = make_site(public_url=HTTPS)
    answer = site.browser().get("/api/uploads")
    lines = answer.headers.get_list("set-cookie")
    assert lines[0].startswith("__Host-smartupload_owner=")
    assert {"Secure", "Path=/", "HttpOnly", "SameSite=Lax"} <= set(lines[0].split("; "))
    assert "domain" not in lines[0].lower()
    assert lines[1].startswith("smartupload_owner=; ")
    assert "Max-Age=0" in lines[1]


def test_behind_https_the_plain_name_is_replaced_and_comes_second(make_site: Callable[..., Site]) -> None:
    site = make_site(public_url=HTTPS)
    mine, planted = (site.signing.value(new_secret()) for _ in range(2))
    site.browser(Cookie=f"__Host-smartupload_owner={mine}").creates("mine.bin")
    site.browser(Cookie=f"smartupload_owner={planted}").creates("planted.bin")
    assert sees(site, f"smartupload_owner={planted}; __Host-smartupload_owner={mine}") == ["mine.bin"]
    answer = site.browser(Cookie=f"smartupload_owner={mine}").get("/api/uploads")
    assert [one["name"] for one in answer.json()["uploads"]] == ["mine.bin"]
    assert given(answer) == {"__Host-smartupload_owner": mine, "smartupload_owner": ""}
    assert "set-cookie" not in site.browser(Cookie=f"__Host-smartupload_owner={mine}").get("/api/uploads").headers


def test_an_app_around_that_has_the_layer_too_changes_nothing(site: Site) -> None:
    from smartupload.api.cookie import OwnerCookie

    site.app = OwnerCookie(site.app, False, site.signing)
    browser = site.browser()
    browser.creates("mine.bin")
    assert len(browser.get("/api/uploads").json()["uploads"]) == 1
    assert len(site.browser().get("/api/uploads").headers.get_list("set-cookie")) == 1


def test_processes_that_start_at_once_have_one_key(tmp_path: Path) -> None:
    settings = load({"SMARTUPLOAD_DATA_DIR": str(tmp_path / "data")})
    with ThreadPoolExecutor(8) as several:
        keys = list(several.map(lambda _: private.owner_key(settings), range(32)))
    assert len(set(keys)) == 1
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["owner.key"]


def test_the_key_lies_in_the_data_folder_and_stays(tmp_path: Path) -> None:
    settings = load({"SMARTUPLOAD_DATA_DIR": str(tmp_path / "data")})
    first = private.owner_key(settings)
    assert private.owner_key(settings) == first
    assert stat.S_IMODE((tmp_path / "data" / "owner.key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["owner.key"]
    elsewhere = private.owner_key(load({"SMARTUPLOAD_DATA_DIR": str(tmp_path / "other")}))
    assert elsewhere != first
    same = [
        private.owner_key(load({"SMARTUPLOAD_DATA_DIR": str(tmp_path / name), "SMARTUPLOAD_COOKIE_KEY": "k" * 32}))
        for name in "ab"
    ]
    assert same[0] == same[1]
    value = Signing(lambda: first, lambda _: False).value(new_secret())
    assert Signing(lambda: elsewhere, lambda _: False).secret(value) == ""
