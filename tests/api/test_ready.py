"""What operators are told: whether files can be checked and finished, and why not."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from smartupload.adapters.memory import MemoryStore
from smartupload.api import readiness
from smartupload.errors import ScannerUnavailable
from smartupload.ports import Trouble
from tests.api.conftest import Site
from tests.inline import Inline


class Scanner:
    """One that is there, or not."""

    def __init__(self, away: bool = False) -> None:
        self.away = away

    def scan(self, chunks: object) -> None:
        raise AssertionError("nothing is scanned here")

    def ping(self) -> None:
        if self.away:
            raise ScannerUnavailable("connection refused")


class Stuck(Inline):
    def trouble(self) -> str:
        return "no worker runs"


def asked(site: Site) -> tuple[int, dict[str, str]]:
    answer = site.browser().get("/readyz")
    return answer.status_code, answer.json()["checks"]


def test_a_scanner_that_is_there(make_site: Callable[..., Site]) -> None:
    site = make_site(clamd_url="tcp://127.0.0.1:1")
    site.context = replace(site.context, scanner=Scanner())
    status, checks = asked(site)
    assert (status, checks["scanner"]) == (200, "ok")


def test_a_required_scanner_that_is_away(make_site: Callable[..., Site]) -> None:
    site = make_site(clamd_url="tcp://127.0.0.1:1", scan="required")
    site.context = replace(site.context, scanner=Scanner(away=True))
    status, checks = asked(site)
    assert status == 503
    assert checks["scanner"] == "does not answer, so nothing is published: connection refused"
    assert checks["finishing"] == "ok"


def test_a_scanner_that_nobody_wants(make_site: Callable[..., Site]) -> None:
    site = make_site(scan="off")
    assert asked(site) == (200, {"database": "ok", "store": "ok", "scanner": "off", "finishing": "ok"})


def test_finishing_that_does_not_go_on(site: Site) -> None:
    site.context = replace(site.context, finisher=Stuck())
    status, checks = asked(site)
    assert (status, checks["finishing"]) == (503, "no worker runs")


class Slow(Scanner):
    """One that answers when it is told to, and counts how often it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0
        self.answer = threading.Event()

    def ping(self) -> None:
        self.asked += 1
        assert self.answer.wait(30)


def test_however_many_ask_there_is_one_probe(make_site: Callable[..., Site]) -> None:
    site = make_site(clamd_url="tcp://127.0.0.1:1")
    scanner = Slow()
    site.context = replace(site.context, scanner=scanner)
    with ThreadPoolExecutor(8) as pool:
        answers = [pool.submit(asked, site) for _ in range(8)]
        scanner.answer.set()
        assert {answer.result(30)[0] for answer in answers} == {200}
    assert asked(site)[0] == 200
    assert scanner.asked == 1


def test_an_old_answer_is_not_given_again(make_site: Callable[..., Site]) -> None:
    site, now = make_site(clamd_url="tcp://127.0.0.1:1"), [0.0]
    site.api.state.readiness = readiness.Readiness(lambda: now[0])
    site.context = replace(site.context, scanner=Scanner())
    assert asked(site)[0] == 200
    site.context = replace(site.context, scanner=Scanner(away=True))
    now[0] = readiness.KEPT - 0.1
    assert asked(site)[0] == 200
    now[0] = readiness.KEPT
    assert asked(site)[0] == 503


def test_a_scanner_that_hangs_is_named_and_not_asked_again(
    make_site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "PATIENCE", 2.0)
    site, now = make_site(clamd_url="tcp://127.0.0.1:1"), [0.0]
    site.api.state.readiness = readiness.Readiness(lambda: now[0])
    scanner = Slow()
    site.context = replace(site.context, scanner=scanner)
    for now[0] in (0.0, 60.0):
        status, checks = asked(site)
        assert (status, checks["scanner"]) == (503, "does not answer within 2 seconds")
        assert checks["store"] == checks["database"] == "ok"
    assert scanner.asked == 1
    scanner.answer.set()


def test_a_bucket_that_is_to_be_mended(site: Site) -> None:
    """Uploads that work are no reason to take the site out of service."""
    life = Trouble("lifecycle", "The bucket keeps what is left unfinished.", "aws s3api …")
    shut = Trouble("cors", "Pages of https://a cannot upload.", "aws s3api …", stops=True)
    store = MemoryStore()
    site.context = replace(site.context, store=store)
    store.troubles = [life]
    answer = site.browser().get("/readyz")
    assert (answer.status_code, answer.json()["notes"]) == (200, [life.what])
    assert "aws" not in answer.text, "what is typed is for the log"
    store.troubles = [life, shut]
    assert site.browser().get("/readyz").json()["checks"]["store"] == "ok", "the last answer is given for a moment"


def test_a_bucket_to_which_no_browser_can_send(site: Site) -> None:
    store = MemoryStore()
    store.troubles = [Trouble("cors", "Pages of https://a cannot upload.", "aws s3api …", stops=True)]
    site.context = replace(site.context, store=store)
    answer = site.browser().get("/readyz")
    assert (answer.status_code, answer.json()["checks"]["store"]) == (503, "Pages of https://a cannot upload.")
    assert answer.json()["notes"] == []
