"""What the real scanner says of what lies in the real store decides who may have it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from smartupload_testing.wait import wait_for

from smartupload.adapters.clamd import Clamd
from smartupload.errors import ScannerUnavailable
from smartupload.models import SCANNING
from smartupload.service.context import Context
from smartupload.service.finishing import complete, finish
from smartupload.service.owner import owner_from_cookies
from smartupload.service.records import events
from tests.api.conftest import Browser, Site, make_site
from tests.fixtures_clamd import FOUND, ClamdServer, clamd, clamd_server, infected_zip
from tests.fixtures_store import MIB, noise, sha256
from tests.inline import with_inline
from tests.pipeline.conftest import Line

__all__ = ["clamd", "clamd_server", "make_site"]

Make = Callable[..., Site]


@pytest.fixture
def make_scanned(make_site: Make, clamd: ClamdServer) -> Make:
    """Sites where nothing is published that clamd has not seen."""

    def make(**settings: str) -> Site:
        site = make_site(scan="required", clamd_url=clamd.unix, **settings)
        site.context = with_inline(replace(site.context, scanner=Clamd(clamd.unix)))
        return site

    return make


@pytest.fixture
def signed(seaweed: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys that anybody was given an address of."""
    keys: list[str] = []
    sign = seaweed.sign_download

    def noted(key: str, *more: Any) -> str:
        keys.append(key)
        return sign(key, *more)

    monkeypatch.setattr(seaweed, "sign_download", noted)
    return keys


def sends(browser: Browser, name: str, kind: str, size: int, body: Callable[[int], bytes]) -> dict[str, Any]:
    """Create and send, part by part; `body` gives the bytes of a part by its number."""
    upload = browser.creates(name, size, type=kind).json()
    for number in range(1, upload["part_count"] + 1):
        part = body(number)
        claim = {"number": number, "size": len(part), "sha256": sha256(part)}
        answer = browser.post(f"/api/uploads/{upload['id']}/parts", json={"parts": [claim]}).json()["parts"][0]
        assert httpx.put(answer["url"], content=part, headers=answer["headers"], timeout=60).status_code == 200
    return upload


def sends_whole(browser: Browser, name: str, kind: str, body: bytes) -> dict[str, Any]:
    return sends(browser, name, kind, len(body), lambda number: body[(number - 1) * 8 * MIB : number * 8 * MIB])


def kinds_of(ctx: Context, upload: dict[str, Any]) -> list[str]:
    return [event["kind"] for event in events.since(ctx).events if event["upload"]["id"] == upload["id"]]


def tags(store: Any, key: str) -> dict[str, str]:
    found = store._client.get_object_tagging(Bucket=store.bucket, Key=key)["TagSet"]
    return {tag["Key"]: tag["Value"] for tag in found}


def nobody_gets_it(site: Site, browser: Browser, upload: dict[str, Any], signed: list[str]) -> None:
    """By no address of the app, and by none of the store's without a signature."""
    shared = f"/api/shared/{upload['share_token']}"
    for visitor in (browser, site.browser()):
        for address in (f"/api/uploads/{upload['id']}/download", f"{shared}/download"):
            answer = visitor.get(address)
            assert answer.status_code in (404, 409)
            assert "location" not in answer.headers
        assert visitor.get(shared).json()["download_url"] is None
    assert signed == [], "no address of it was ever signed"
    store = site.context.store
    key = f"uploads/{upload['id']}/1"
    assert httpx.get(f"{store.endpoint_url}/{store.bucket}/{key}").status_code in (403, 404)  # pyright: ignore[reportAttributeAccessIssue]
    if store.head(key) is not None:
        assert tags(store, key) == {}, "and nothing in the store says that it is clean"


@pytest.mark.timeout(300)
@pytest.mark.parametrize("keep", ["false", "true"])
def test_a_virus_deep_in_a_large_zip(make_scanned: Make, signed: list[str], keep: str) -> None:
    site = make_scanned(keep_blocked=keep)
    browser = site.browser()
    upload = sends_whole(browser, "holiday.zip", "application/zip", infected_zip())
    nobody_gets_it(site, browser, upload, signed)
    blocked = browser.completes(upload).json()
    assert (blocked["state"], blocked["scan"], blocked["error"]["code"]) == ("blocked", "found", "virus_found")
    assert FOUND in blocked["error"]["detail"]
    assert kinds_of(site.context, upload) == ["upload.created", "upload.completed", "upload.blocked"]
    nobody_gets_it(site, browser, upload, signed)
    kept = site.context.store.list_objects(f"uploads/{upload['id']}/")
    assert len(kept) == (1 if keep == "true" else 0)


@pytest.mark.timeout(600)
def test_a_large_clean_file_is_ready(make_scanned: Make, signed: list[str]) -> None:
    site = make_scanned()
    browser = site.browser()
    size = 300 * MIB + 12_345

    def body(number: int) -> bytes:
        return noise(8 * MIB, number % 4)[: size - (number - 1) * 8 * MIB]

    upload = sends(browser, "film.bin", "application/octet-stream", size, body)
    ready = browser.completes(upload).json()
    assert (ready["state"], ready["scan"], ready["error"]) == ("ready", "clean", None)
    assert kinds_of(site.context, upload) == ["upload.created", "upload.completed", "upload.ready"]
    address = browser.get(f"/api/uploads/{upload['id']}/download").headers["location"]
    expected, got = hashlib.sha256(), hashlib.sha256()
    for number in range(1, upload["part_count"] + 1):
        expected.update(body(number))
    with httpx.stream("GET", address, timeout=60) as answer:
        for piece in answer.iter_bytes():
            got.update(piece)
    assert got.digest() == expected.digest()
    key = f"uploads/{upload['id']}/1"
    assert signed == [key]
    assert tags(site.context.store, key) == {"smartupload-scan": "clean"}
    assert [found.key for found in site.context.store.list_objects(f"uploads/{upload['id']}/")] == [key]


def test_without_its_scanner_it_waits_and_nothing_is_lost(
    make_scanned: Make, clamd: ClamdServer, signed: list[str]
) -> None:
    site = make_scanned()
    browser, ctx = site.browser(), site.context
    upload = sends_whole(browser, "a.bin", "", noise(9 * MIB))
    owner = owner_from_cookies("; ".join(f"{name}={value}" for name, value in browser.cookies.items()))
    clamd.stop()
    for _ in range(2):
        with pytest.raises(ScannerUnavailable):
            complete.complete_upload(ctx, owner, upload["id"])
        assert browser.get(f"/api/uploads/{upload['id']}").json()["state"] == SCANNING
        nobody_gets_it(site, browser, upload, signed)
    clamd.start()
    finish.run(ctx, upload["id"])
    assert browser.get(f"/api/uploads/{upload['id']}").json()["state"] == "ready"
    address = browser.get(f"/api/shared/{upload['share_token']}/download").headers["location"]
    assert httpx.get(address, timeout=60).content == noise(9 * MIB)


def test_finishing_goes_on_by_itself_when_the_scanner_is_back(
    make_line: Callable[..., Line], clamd: ClamdServer
) -> None:
    class Counted(Clamd):
        scans = 0

        def scan(self, chunks: Iterable[bytes]) -> str | None:
            self.scans += 1
            return super().scan(chunks)

    line, scanner = make_line(scan="required", clamd_url=clamd.unix), Counted(clamd.unix)
    finisher = line.finisher(context=replace(line.context, scanner=scanner))
    clamd.stop()
    upload = line.arrives(9 * MIB, finisher)
    wait_for(lambda: scanner.scans >= 2, 60, "the scanner to be asked again")
    assert line.row(upload.id).state == SCANNING
    assert line.events(upload.id) == ["created", "completed"], "nothing is published"
    clamd.start()
    line.until(upload.id)
    assert line.row(upload.id).scan == "clean"
    assert line.events(upload.id) == ["created", "completed", "ready"]


def test_what_the_scanner_does_not_take_is_blocked_and_says_why(
    make_scanned: Make, signed: list[str], tmp_path: Path
) -> None:
    small = ClamdServer(tmp_path / "small", stream_max="1M")
    small.start()
    try:
        site = make_scanned()
        site.context = with_inline(replace(site.context, scanner=Clamd(small.tcp)))
        browser = site.browser()
        upload = sends_whole(browser, "a.bin", "", noise(9 * MIB))
        blocked = browser.completes(upload).json()
    finally:
        small.close()
    assert (blocked["state"], blocked["error"]["code"]) == ("blocked", "not_scanned")
    assert "StreamMaxLength" in blocked["error"]["detail"]
    nobody_gets_it(site, browser, upload, signed)
