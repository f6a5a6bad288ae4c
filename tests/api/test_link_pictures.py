"""The picture beside a link in a chat: that of its state, at the site's own address, and nothing of the file in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from smartupload.api import link_pictures
from smartupload.models import BLOCKED, CANCELLED, EXPIRED, FAILED, OPEN, READY, SCANNING
from smartupload.service.links.group_page import SharedGroup
from smartupload.service.presentation.views import SharedFile
from tests.api.conftest import Browser, Site

ASSETS = Path(__file__).resolve().parents[2] / "assets"
AT = "http://up.example.org"


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    """One with all pictures."""
    site = make_site(public_url=AT)
    for name in (*link_pictures.NAMES, link_pictures.SITE):
        (site.api.state.web_root / name).touch()
    return site


def said(site: Site, path: str) -> dict[str, str]:
    """What a chat program is told of the link."""
    page = site.browser(**{"user-agent": "Slackbot-LinkExpanding 1.0"}).get(path).text
    found = re.findall(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)"/>', page)
    assert len(dict(found)) == len(found), "each once"
    return dict(found)


def picture(site: Site, path: str) -> str:
    tags = said(site, path)
    assert (tags["og:image:width"], tags["og:image:height"], tags["og:image:type"]) == ("1200", "630", "image/png")
    assert tags["twitter:card"] == "summary_large_image"
    assert tags["og:image:alt"] == tags["og:description"]
    return tags["og:image"]


def test_a_files_link_has_the_picture_of_its_state(site: Site, browser: Browser) -> None:
    upload = browser.creates("Salary of Anna.pdf", 9_000_000).json()
    page = f"/f/{upload['share_token']}"
    assert picture(site, page) == f"{AT}/link-way-0.png"
    parts = browser.cut(upload)
    browser.sends(upload, parts, [1])
    browser.get(f"/api/uploads/{upload['id']}")  # the server looks what has arrived
    percent = browser.get(f"/api/shared/{upload['share_token']}").json()["percent"]
    assert percent > link_pictures.STEP
    assert picture(site, page) == f"{AT}/{link_pictures.on_its_way(percent)}"
    browser.sends(upload, parts)
    browser.completes(upload)
    assert picture(site, page) == f"{AT}/link-ready.png"
    assert "Anna" not in picture(site, page)
    browser.put(f"/api/uploads/{upload['id']}/link", json={"revoked": True})
    assert picture(site, page) == f"{AT}/link-gone.png"
    assert picture(site, "/f/nothing") == f"{AT}/link-gone.png"


def test_so_has_that_of_a_group(site: Site, browser: Browser) -> None:
    there = browser.uploads("a.bin", 1000, group="g")
    coming = browser.creates("b.bin", 1000, group="g").json()
    link = browser.post("/api/groups/g/link").json()["link"]
    page = f"/f/group/{link['token']}"
    assert picture(site, page) == f"{AT}/link-way-40.png", "one of two"
    browser.delete(f"/api/uploads/{coming['id']}")
    assert picture(site, page) == f"{AT}/link-ready.png"
    browser.delete(f"/api/uploads/{there['id']}")
    assert picture(site, page) == f"{AT}/link-gone.png"
    assert picture(site, "/f/group/nothing") == f"{AT}/link-gone.png"


@pytest.mark.parametrize("state", [*OPEN, SCANNING, READY, BLOCKED, FAILED, CANCELLED, EXPIRED])
def test_every_state_has_one(state: str) -> None:
    some: dict[str, Any] = dict.fromkeys(SharedFile.__dataclass_fields__)
    names = {link_pictures.of_file(SharedFile(**some | {"state": state, "percent": at})) for at in (0, 99, 100)}
    assert names <= set(link_pictures.NAMES)
    assert (link_pictures.READY in names) == (state == "ready")
    if state in ("uploading", "paused"):
        assert names == {"link-way-0.png", "link-way-80.png"}, "all of it is here only once it is checked"


def test_a_group_of_which_nothing_will_be_there_is_gone() -> None:
    nothing = SharedGroup("", 0, 0, 0, 2, 0, [], None, None)
    assert link_pictures.of_group(nothing) == link_pictures.GONE


def test_a_site_without_pictures_of_its_own_names_none(make_site: Callable[..., Site]) -> None:
    site = make_site()
    upload = site.browser().creates().json()
    tags = said(site, f"/f/{upload['share_token']}")
    assert tags["og:title"] == "a.bin"
    assert not [name for name in tags if "image" in name or "twitter" in name]


@pytest.mark.parametrize("name", [*link_pictures.NAMES, link_pictures.SITE])
def test_it_is_as_large_as_is_said_and_small_to_fetch(name: str) -> None:
    with Image.open(ASSETS / name) as drawn:
        assert (drawn.format, drawn.size) == ("PNG", (link_pictures.WIDTH, link_pictures.HEIGHT))
    assert (ASSETS / name).stat().st_size < 60_000
