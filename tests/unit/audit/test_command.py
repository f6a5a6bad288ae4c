"""`python -m smartupload audit`: prints what the database holds, and says so where there is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from smartupload import cli
from smartupload.adapters.clock import SystemClock
from smartupload.adapters.memory import MemoryLive, MemoryStore
from smartupload.db import Database
from smartupload.service.audit import entries
from smartupload.service.context import Context
from smartupload.settings import load


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    found = f"sqlite:///{tmp_path}/audit.sqlite"
    monkeypatch.setenv("SMARTUPLOAD_DATABASE_URL", found)
    return found


def test_lines_of_json_and_a_table(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    db = Database(url)
    db.upgrade()
    ctx = Context(load({}), db, MemoryStore(), MemoryLive(), SystemClock())
    entries.note(ctx, entries.STARTED)
    entries.note(ctx, entries.ADMIN, upload_id="abc")
    db.close()
    assert cli.main(["audit", "--json"]) == 0
    assert [json.loads(line)["action"] for line in capsys.readouterr().out.splitlines()] == ["started", "admin"]
    assert cli.main(["audit", "--csv", "--upload", "abc"]) == 0
    head, line = capsys.readouterr().out.splitlines()
    assert head.startswith("id,at,action,by")
    assert ",admin," in line
    assert cli.main(["audit", "--json", "--until", "2001-01-01T00:00:00Z"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("url")
def test_without_a_database(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["audit", "--json"]) == 1
    assert "no audit log in the database yet" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [["--since", "yesterday"], ["--action", "nothing"], []])
@pytest.mark.usefixtures("url")
def test_what_is_asked_wrongly(wrong: list[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["audit", *(["--json"] if wrong else []), *wrong])
