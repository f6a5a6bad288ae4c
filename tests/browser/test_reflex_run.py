"""The command that every Reflex developer types: in each of its modes the app takes a file and gives it back."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from smartupload_testing.files import MIB, Original

from tests.browser.own_app import until_the_end
from tests.browser.person import Person
from tests.browser.server import ROOT, Build, Server, free_port

SOURCES = ("smartupload", "custom_components", "assets", "reflex.lock")
FILES = ("rxconfig.py", ".npmrc")


@pytest.fixture(params=[pytest.param(one, marks=pytest.mark.long) for one in ("dev", "preview", "prod")])
def server(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """In a copy of the app, since Reflex writes into the folder in which it compiles."""
    folder = tmp_path / "app"
    for name in SOURCES:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "external"))
    for name in FILES:
        shutil.copy(ROOT / name, folder / name)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(folder), str(folder / "custom_components")]))
    build = Build(tmp_path / "build")
    one = Server(build, tmp_path / "data")
    ports = ("--backend-port", str(free_port())) if request.param == "dev" else ()
    one.command = ("reflex", "run", "--env", request.param, *ports)
    one.folder = folder
    yield from until_the_end(request, one, build)


def test_a_file_goes_up_and_comes_back(server: Server, person: Person, original: Callable[..., Original]) -> None:
    file = original(12 * MIB + 77)
    page = person.open()
    person.pick(page, file)
    upload = person.finished(page, file)
    # A page that the server's state fills: the websocket is connected.
    files = person.open("/files")
    expect(files.get_by_role("link", name=file.name, exact=True)).to_be_visible()
    expect(person.open(f"/f/{upload['share_token']}").get_by_test_id("shared-file")).to_have_attribute(
        "data-state", "ready"
    )
