"""What the API and the server's own pages say, in the language that a browser asks for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, update

from smartupload import words
from smartupload.errors import VirusFound
from smartupload.models import Upload
from smartupload.service.records import events
from smartupload.words import Sentence
from smartupload.words.catalogue import using
from tests import pseudo
from tests.api.conftest import Browser, Site

GERMAN = {"Accept-Language": "de-AT, en;q=0.5"}
PICKED = {"Cookie": "smartupload_language=de", "Accept-Language": "en"}
ENGLISH = "This upload does not exist, or it belongs to somebody else."


@pytest.fixture(autouse=True)
def spoken(tmp_path: Path) -> Iterator[None]:
    """A site that speaks two languages."""
    with using(pseudo.made(tmp_path / "locales", "de")):
        yield


@pytest.mark.parametrize("headers", [GERMAN, PICKED], ids=["asked for", "picked"])
def test_a_problem_is_said_in_the_language(site: Site, headers: dict[str, str]) -> None:
    answer = site.browser().get("/api/uploads/nothing", headers=headers)
    problem = answer.json()
    assert problem["detail"] == f"{pseudo.BEGIN}{ENGLISH}{pseudo.END}"
    assert (problem["code"], problem["title"]) == ("upload_not_found", "Upload not found")
    assert (answer.headers["content-language"], answer.headers["vary"]) == ("de", "Accept-Language, Cookie")


def test_whoever_asks_for_none_is_told_in_english(site: Site) -> None:
    for headers in ({}, {"Accept-Language": "ja"}, {"Cookie": "smartupload_language=xx"}):
        answer = site.browser().get("/api/uploads/nothing", headers=headers)
        assert (answer.json()["detail"], answer.headers["content-language"]) == (ENGLISH, "en")


def test_figures_stand_in_it_as_the_language_writes_them(browser: Browser) -> None:
    refused = browser.post("/api/uploads", json={"name": "a", "size": 6_500_000_000_000_000}, headers={**GERMAN, "Idempotency-Key": "k"})  # fmt: skip
    assert refused.status_code == 413
    assert f"5,50 {pseudo.BEGIN}TB{pseudo.END}" in refused.json()["detail"]


def test_layers_around_the_api_and_batches_speak_it_as_well(browser: Browser) -> None:
    crossed = browser.post("/api/uploads", json={}, headers={**GERMAN, "Origin": "https://evil.example"})
    answer = browser.post("/api/batch/create", json={"files": [{"key": "k", "name": "a", "size": 0}]}, headers=GERMAN)
    for problem in (crossed.json(), answer.json()["results"][0]["problem"]):
        assert pseudo.is_said(problem["detail"])


def test_why_an_upload_was_blocked_reads_in_the_language_of_each(
    site: Site, anna: Browser, upload: dict[str, Any]
) -> None:
    why = VirusFound(Sentence("problem-virus_found-name", virus="Eicar"))
    with site.context.db.write() as session:
        session.exec(update(Upload).where(col(Upload.id) == upload["id"]).values(**why.kept()))
    address = f"/api/uploads/{upload['id']}"
    told = anna.get(address, headers=GERMAN).json()["error"]
    assert told["code"] == "virus_found"
    assert "Eicar" in told["detail"]
    assert pseudo.is_said(told["detail"])
    assert anna.get(address).json()["error"]["detail"] == why.detail
    # Before there were languages a row had its English alone.
    with site.context.db.write() as session:
        session.exec(update(Upload).where(col(Upload.id) == upload["id"]).values(error_sentence=None))
    assert anna.get(address, headers=GERMAN).json()["error"]["detail"] == why.detail


def test_programs_are_told_in_english_whoever_caused_it(site: Site, anna: Browser, upload: dict[str, Any]) -> None:
    said: list[str] = []
    with site.context.db.write() as session:
        row = session.get(Upload, upload["id"])
        assert row is not None
        for name, value in VirusFound().kept().items():
            setattr(row, name, value)
        with words.speaking("de"):
            now = site.context.clock.now()
            said.append(events.document(site.context, row, "upload.blocked", "1", now)["upload"]["error"]["detail"])
        session.rollback()
    assert said == [VirusFound.sentence]


@pytest.mark.parametrize("path", ["/f/nothing", "/f/{token}"])
def test_pages_of_the_server(site: Site, upload: dict[str, Any], path: str) -> None:
    site.api.state.web_root = None
    answer = site.browser().get(path.format(token=upload["share_token"]), headers=GERMAN)
    assert (answer.headers["content-language"], answer.headers["vary"]) == ("de", "Accept-Language, Cookie")
    assert '<html lang="de">' in answer.text
    assert pseudo.is_said(answer.text)
