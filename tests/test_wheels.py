"""What a team installs: every wheel, with types, licence, description, and every script of the browser half."""

from __future__ import annotations

import email.message
import email.parser
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.wheels import ROOT, SOURCES, built


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, zipfile.ZipFile]:
    """By package."""
    return {name: zipfile.ZipFile(wheel) for name, wheel in built(tmp_path_factory.mktemp("wheels")).items()}


@pytest.fixture(params=SOURCES)
def package(request: pytest.FixtureRequest) -> str:
    return request.param


def metadata(wheel: zipfile.ZipFile) -> email.message.Message:
    (name,) = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
    return email.parser.Parser().parsestr(wheel.read(name).decode())


@pytest.mark.timeout(300)
def test_it_says_what_it_is_and_how_it_may_be_used(wheels: dict[str, zipfile.ZipFile], package: str) -> None:
    wheel = wheels[package]
    assert f"{package}/py.typed" in wheel.namelist()
    assert [name for name in wheel.namelist() if name.endswith(".dist-info/licenses/LICENSE")]
    said = metadata(wheel)
    assert (said["License-Expression"], said["Description-Content-Type"]) == ("Apache-2.0", "text/markdown")
    description = said.get_payload()
    assert isinstance(description, str)
    assert "nobody has to wait" in description


def test_nothing_is_missing_and_nothing_else_is_in_it(wheels: dict[str, zipfile.ZipFile], package: str) -> None:
    there = {name for name in wheels[package].namelist() if ".dist-info/" not in name}
    tracked = subprocess.run(
        ["git", "ls-files", f"{package}/"], cwd=SOURCES[package], check=True, capture_output=True, text=True
    ).stdout.split()
    # The engine's twins are for tests in node only.
    assert there == {name for name in tracked if not name.startswith("reflex_smartupload/client/io/twins/")}


def test_all_licences_are_the_same(package: str) -> None:
    assert (SOURCES[package] / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()


@pytest.fixture(scope="module")
def installed(wheels: dict[str, zipfile.ZipFile], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of them, where an installer would put them."""
    site = tmp_path_factory.mktemp("site")
    for wheel in wheels.values():
        wheel.extractall(site)
    return site


def outside(installed: Path, folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """A command in a folder of somebody's own, with the packages and no source around them."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SMARTUPLOAD_", "PYTEST_"))}
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=kept | {"PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("command", ["run", "build"])
def test_the_command_says_in_one_sentence_what_to_do(installed: Path, tmp_path: Path, command: str) -> None:
    done = outside(installed, tmp_path, "-m", "smartupload", command)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "smartupload: the installed package has no pages of its own. Mount `SmartUpload` in an app of yours, as the README "
        "shows, or start the product from its source with `make run`.\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_worker_looks_for_its_data_where_it_is_started(installed: Path, tmp_path: Path) -> None:
    done = outside(installed, tmp_path, "-m", "smartupload", "worker")
    assert done.returncode == 1
    assert f"There is no store in {tmp_path / 'data'}" in done.stderr


def test_the_library_is_all_there(installed: Path, tmp_path: Path) -> None:
    program = "import smartupload; print(smartupload.__file__, callable(smartupload.SmartUpload().api))"
    done = outside(installed, tmp_path, "-c", program)
    assert done.stdout.split() == [str(installed / "smartupload" / "__init__.py"), "True"], done.stderr
