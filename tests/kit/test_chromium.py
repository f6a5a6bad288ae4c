"""A browser that is closed or killed is gone with all of its processes, and comes back with what it had kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import psutil
import pytest
from smartupload_testing.browser.person import Person

KEPT = (
    "new Promise(done => { const asked = indexedDB.open('kept'); asked.onsuccess = () => done(asked.result.version) })"
)
KEEP = KEPT.replace("'kept'", "'kept', 7")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("site")
    (folder / "index.html").write_text("<!doctype html><title>ours</title>")
    served = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    Thread(target=served.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{served.server_port}/index.html?"
    served.shutdown()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        del format, args


@pytest.mark.parametrize("ended", [Person.close_browser, Person.lose_browser], ids=["closed", "killed"])
def test_it_ends_and_comes_back(site: str, tmp_path: Path, ended: Callable[[Person], None]) -> None:
    person = Person(site, tmp_path / "profile")
    person.open("#page")
    assert person.tools.evaluate(KEEP) == 7
    processes = person.chromium.processes()
    assert len(processes) > 2
    ended(person)
    assert [one for one in processes if one.is_running() and one.status() != psutil.STATUS_ZOMBIE] == []
    person.start()
    assert [one["url"] for one in person.chromium.targets() if one["type"] == "page"] == ["about:blank"]
    person.open("#page")
    assert person.tools.evaluate(KEPT) == 7
    person.close_browser()


def test_a_tab_that_is_left_is_closed_and_the_browser_is_not(site: str, tmp_path: Path) -> None:
    person = Person(site, tmp_path / "profile")
    person.open("#page")
    person.leave()
    person.wait(
        lambda: [one["url"] for one in person.chromium.targets() if one["type"] == "page"] == ["about:blank"],
        5,
        "one tab",
    )
    assert person.chromium.process.poll() is None
    person.close_browser()
