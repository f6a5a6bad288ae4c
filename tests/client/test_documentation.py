"""docs/python-client.md: its code runs, and its tables name what is there, no more and no less."""

from __future__ import annotations

import dataclasses
import inspect
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from smartupload_testing.files import MIB, make_file

import smartupload.client
from smartupload.client import Downloaded, Progress, SmartUploadClient, SmartUploadError, Uploaded, command
from smartupload.client.core.errors import SENTENCES
from tests.client.conftest import App

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "python-client.md").read_text()
BLOCKS = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)


def rows_under(heading: str) -> list[str]:
    """The first cells of the tables under a heading."""
    section = re.split(r"^#", TEXT.partition(f"\n## {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
    return re.findall(r"^\| `([\w]+)` \|", section, re.MULTILINE)


def test_its_code_runs(
    app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    original = make_file(tmp_path / "big.mov", 9 * MIB)
    names: dict[str, Any] = {}
    assert len(BLOCKS) == 4
    for block in BLOCKS:
        exec(block.replace("https://files.example.org", app.url), names)
    said = capsys.readouterr().out
    assert "/f/" in said
    assert "ready off" in said
    assert f"{original.size} {original.sha256} size" in said
    assert "file_missing There is no file" in said
    assert (tmp_path / "state" / "smartupload" / "owners").is_dir()


@pytest.mark.parametrize("kind", [Uploaded, Downloaded, Progress])
def test_the_members(kind: Any) -> None:
    assert rows_under(kind.__name__) == [field.name for field in dataclasses.fields(kind)]


def test_the_members_of_the_error() -> None:
    members = {*vars(SmartUploadError("a", "b")), "is_temporary"}
    assert set(rows_under("SmartUploadError")) == members | set(SENTENCES)


def test_the_arguments() -> None:
    assert rows_under("SmartUploadClient") == list(inspect.signature(SmartUploadClient).parameters)
    for name, method in inspect.getmembers(SmartUploadClient, inspect.isfunction):
        if name.startswith("_"):
            continue
        if name in ("connect", "close"):
            assert f"`{name}()`" in TEXT
            continue
        said = re.search(rf"^`{name}\((.*?)\) -> ", TEXT, re.MULTILINE)
        assert said, name
        parameters = [one.partition("=")[0].strip() for one in said[1].split(",")]
        assert [one for one in parameters if one != "*"] == list(inspect.signature(method).parameters)[1:]


def test_the_codes_of_the_command() -> None:
    codes = [command.DONE, command.REFUSED, command.WRONG, command.AWAY, command.STOPPED]
    assert rows_under("The command") == [str(code) for code in codes]


def test_every_public_name_is_explained() -> None:
    for name in smartupload.client.__all__:
        assert f"\n## {name}\n" in TEXT


def test_it_brings_neither_reflex_nor_the_server_along() -> None:
    code = """import sys
import smartupload.client
print(*sorted({name.split(".")[0] for name in sys.modules} & {"reflex", "fastapi", "sqlmodel", "boto3", "pydantic", "structlog"}))
print(*sorted(name for name in sys.modules if name.startswith("smartupload.") and not name.startswith("smartupload.client")))
"""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "\n\n"
