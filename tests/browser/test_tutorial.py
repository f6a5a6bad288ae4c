"""docs/tutorial.md followed to the letter: its files, in a fresh environment with the built wheels, become an app that takes a file."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.files import MIB, Original
from tests.browser.person import CARD, Person
from tests.browser.server import ROOT, Build, Server, free_port
from tests.browser.wait import wait_for
from tests.wheels import built

TEXT = (ROOT / "docs" / "tutorial.md").read_text()
FILES = dict(re.findall(r"^`([\w/]+\.py)`:\n\n```python\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL))
COMMANDS = [
    line for block in re.findall(r"^```sh\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL) for line in block.splitlines()
]
INSTALL = "pip install smartupload reflex-smartupload"


def test_it_is_what_a_person_types_and_no_more_than_twenty_lines_of_their_own() -> None:
    assert COMMANDS == ["python -m venv .venv", ". .venv/bin/activate", INSTALL, "reflex run"]
    assert list(FILES) == ["rxconfig.py", "inbox/inbox.py"]
    assert sum(bool(line.strip()) for text in FILES.values() for line in text.splitlines()) <= 20


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """That of a fresh environment, in which are the wheels of this checkout and what they ask for."""
    folder = tmp_path_factory.mktemp("environment")
    uv = [sys.executable, "-m", "uv"]
    subprocess.run([*uv, "venv", "--quiet", "--python", sys.executable, folder / "env"], check=True)
    found = folder / "env" / "bin" / "python"
    wheels = built(folder / "wheels").values()
    subprocess.run([*uv, "pip", "install", "--quiet", "--python", found, *wheels], check=True)
    yield found
    shutil.rmtree(folder)


@pytest.fixture
def server(python: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Server]:
    """The app of the tutorial, on ports of its own; `request.param` is a line that it lacks."""
    for name, text in FILES.items():
        path = tmp_path / "app" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(getattr(request, "param", "\0"), ""))
    build = Build(tmp_path / "build")
    one = Server(build, tmp_path / "data", {"PORT": ""})  # nobody says where the pages are but the command
    one.python, one.folder = str(python), tmp_path / "app"
    one.command = ("reflex", "run", "--frontend-port", str(one.port), "--backend-port", str(free_port()))
    request.node.server_of_test = one
    try:
        yield one
    finally:
        one.close()
        build.release()


@pytest.fixture(autouse=True)
def nothing_of_this_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONPATH", raising=False)


@pytest.mark.timeout(600)
def test_the_first_upload(server: Server, person: Person, original: Callable[..., Original]) -> None:
    began = time.monotonic()
    server.start()
    file = original(12 * MIB + 77)
    page = person.open()
    person.pick(page, file)
    person.finished(page, file)
    print(f"from `reflex run` to the first finished upload: {time.monotonic() - began:.0f} s")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("server", ["SmartUpload().mount(app)\n"], indirect=True)
def test_an_app_without_the_server_half_says_what_is_missing(
    server: Server, person: Person, original: Callable[..., Original]
) -> None:
    server.start(wait=False)
    wait_for(lambda: answers(server.url), 300, "the pages to be there")
    page = person.open()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    person.pick(page, original(100_000))
    expect(page.locator(CARD)).to_contain_text("the server of this page takes no uploads yet", timeout=30_000)
    wait_for(
        lambda: any("SmartUpload().mount(app)" in text for text in said), 10, f"the console to say what to do: {said}"
    )


def answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=5).status_code == 200
    except httpx.HTTPError:
        return False
