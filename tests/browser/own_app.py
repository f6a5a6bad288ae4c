"""An app of somebody else, built and served by Reflex's own command."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.server import ROOT, Build, Server
from tests.composition.conftest import RXCONFIG


def until_the_end(
    request: pytest.FixtureRequest, one: Server, build: Build, *, starts: bool = True
) -> Iterator[Server]:
    """The server for as long as the test runs, whose logs are kept when it fails; one that does not start yet is started by the test."""
    request.node.server_of_test = one
    try:
        if starts:
            one.start()
        yield one
    finally:
        one.close()
        build.release()


def serving(source: str, request: pytest.FixtureRequest, tmp_path: Path, patch: pytest.MonkeyPatch) -> Iterator[Server]:
    """The app whose module is this text, for as long as the test runs."""
    folder = tmp_path / "own app"
    (folder / "own").mkdir(parents=True)
    (folder / "own" / "__init__.py").touch()
    (folder / "own" / "own.py").write_text(source)
    (folder / "rxconfig.py").write_text(RXCONFIG)
    # The packages of the pages are those of the product, which are at hand.
    shutil.copytree(ROOT / "reflex.lock", folder / "reflex.lock")
    shutil.copy(ROOT / ".npmrc", folder / ".npmrc")
    patch.setenv("PYTHONPATH", os.pathsep.join([str(folder), str(ROOT), str(ROOT / "custom_components")]))
    build = Build(tmp_path / "build")
    one = Server(build, tmp_path / "data")
    port = str(one.port)
    one.command = ("reflex", "run", "--env", "prod", "--single-port", "--frontend-port", port, "--backend-port", port)
    one.folder = folder
    yield from until_the_end(request, one, build)
