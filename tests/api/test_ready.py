"""What operators are told: whether files can be checked and finished, and why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from smartupload.errors import ScannerUnavailable
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
    site = make_site(clamd_url="tcp://127.0.0.1:1", scan="off")
    assert asked(site) == (200, {"database": "ok", "store": "ok", "scanner": "off", "finishing": "ok"})


def test_finishing_that_does_not_go_on(site: Site) -> None:
    site.context = replace(site.context, finisher=Stuck())
    status, checks = asked(site)
    assert (status, checks["finishing"]) == (503, "no worker runs")
