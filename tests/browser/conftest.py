"""The fixtures of the browser tests: one build of the pages a session, one real server with its store, people with browsers."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright
from smartupload_testing.browser.find import get
from smartupload_testing.files import Original, make_file

from tests.browser.left import expect_nothing
from tests.browser.person import Person
from tests.browser.server import Build, Server
from tests.browser.trace import keep


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if item.get_closest_marker("timeout") is None:
                item.add_marker(pytest.mark.timeout(240))
    # Servers differ by their settings; tests that can share one follow each other. The order is otherwise kept.
    items.sort(key=lambda item: str(sorted(settings_of(item).items())) if here in item.path.parents else "")


def settings_of(node: pytest.Item) -> dict[str, str]:
    marker = node.get_closest_marker("settings")
    return {} if marker is None else {name: str(value) for name, value in marker.kwargs.items()}


class Servers:
    """Keeps one server running for as long as the tests want the same settings of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.build = Build()
        self.current: Server | None = None
        self.count = 0

    def with_settings(self, settings: dict[str, str]) -> Server:
        server = self.current
        if server is not None and server.settings == settings and self.is_healthy(server):
            return server
        self.close()
        self.count += 1
        server = self.current = Server(self.build, self.folder / f"data-{self.count}", settings)
        server.start()
        return server

    @staticmethod
    def is_healthy(server: Server) -> bool:
        if server.process is None or server.process.poll() is not None:
            return False
        try:
            server.wait_until_up(10)
        except AssertionError:
            return False
        return True

    def close(self) -> None:
        """Stop the server; what its tests have left behind in the store must go by itself once it is abandoned."""
        server, self.current = self.current, None
        if server is None:
            return
        try:
            if self.is_healthy(server):
                expect_nothing(server)
        finally:
            server.close()
            shutil.rmtree(server.data, ignore_errors=True)


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    all_servers = Servers(tmp_path_factory.mktemp("servers"))
    yield all_servers
    all_servers.close()
    all_servers.build.release()


@pytest.fixture
def server(servers: Servers, request: pytest.FixtureRequest) -> Iterator[Server]:
    """The real server; `@pytest.mark.settings(NAME=value)` gives it settings. The line is as new for each test."""
    one = servers.with_settings(settings_of(request.node))
    one.line.reset()
    request.node.server_of_test = one
    yield one
    one.line.reset()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One without a profile, for pages of which nothing has to be there on the next visit."""
    started = playwright.chromium.launch(executable_path=get("chromium"), args=["--disable-lcd-text"])
    yield started
    started.close()


@pytest.fixture
def people(
    playwright: Playwright, server: Server, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Person]]:
    """Makes people, each with a browser and a profile of their own."""
    made: list[Person] = []
    request.node.people_of_test = made

    def make(flags: tuple[str, ...] = (), worker_script: str = "") -> Person:
        person = Person(playwright, server, tmp_path / f"profile-{len(made)}", flags, worker_script)
        made.append(person)
        return person

    yield make
    for person in made:
        person.quit()
        shutil.rmtree(person.profile, ignore_errors=True)


@pytest.fixture
def person(people: Callable[..., Person]) -> Person:
    return people()


@pytest.fixture
def original(tmp_path: Path) -> Iterator[Callable[..., Original]]:
    """Makes a file of so many bytes whose SHA-256 is known."""
    folder = tmp_path / "files"
    folder.mkdir()
    count = 0

    def make(size: int, name: str = "") -> Original:
        nonlocal count
        count += 1
        return make_file(folder / (name or f"file-{count}.bin"), size, seed=count)

    yield make
    shutil.rmtree(folder, ignore_errors=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    report = yield
    if report.failed:
        server: Server | None = getattr(item, "server_of_test", None)
        people: list[Person] = getattr(item, "people_of_test", [])
        for name, text in (server.logs() if server else {}).items():
            report.sections.append((f"log: {name}", text))
        for person in people:
            report.sections.append(("browser console", "\n".join(person.console[-30:])))
        if server or people:
            report.sections.append(("trace", f"kept in {keep(item.nodeid, server, people)}"))
    return report
