"""docs/tutorial.md followed to the letter: its files, in a fresh environment with the built wheels, become an app that takes a file."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.files import MIB, Original
from tests.browser.person import Person
from tests.browser.server import ROOT, Build, Server, free_port
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


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Server]:
    """The app of the tutorial, on ports of its own. What is installed are the wheels of this checkout and what they ask for."""
    began = time.monotonic()
    environment, app = tmp_path / "env", tmp_path / "app"
    python = environment / "bin" / "python"
    uv = [sys.executable, "-m", "uv"]
    subprocess.run([*uv, "venv", "--quiet", "--python", sys.executable, environment], check=True)
    wheels = built(tmp_path / "wheels").values()
    subprocess.run([*uv, "pip", "install", "--quiet", "--python", python, *wheels], check=True)
    for name, text in FILES.items():
        path = app / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    build = Build(tmp_path / "build")
    one = Server(build, tmp_path / "data")
    one.python, one.folder = str(python), app
    one.command = ("reflex", "run", "--frontend-port", str(one.port), "--backend-port", str(free_port()))
    request.node.server_of_test = one
    try:
        one.start()
        print(f"from `pip install` to a running app: {time.monotonic() - began:.0f} s")
        yield one
    finally:
        one.close()
        build.release()
        shutil.rmtree(environment)


@pytest.mark.timeout(600)
def test_the_first_upload(server: Server, person: Person, original: Callable[..., Original]) -> None:
    assert not os.environ.get("PYTHONPATH")
    file = original(12 * MIB + 77)
    page = person.open()
    person.pick(page, file)
    person.finished(page, file)
