"""`python -m smartupload audit`: prints what the database holds, and says so where there is none."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from time import tzset

import pytest

from smartupload import audit_command, cli
from smartupload.adapters.clock import SystemClock
from smartupload.adapters.memory import ManualClock, MemoryLive, MemoryStore
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


@pytest.mark.parametrize(
    ("word", "moment"),
    [
        ("today", "2026-11-30T00:00:00-05:00"),
        ("yesterday", "2026-11-29T00:00:00-05:00"),
        ("7d", "2026-11-23T00:00:00-05:00"),
        ("30d", "2026-10-31T00:00:00-04:00"),  # before the clocks were put back
        ("2026-11-01", "2026-11-01T00:00:00-04:00"),
        ("2026-11-01T12:00:00", "2026-11-01T12:00:00-05:00"),
        ("2026-11-01T12:00:00Z", "2026-11-01T12:00:00+00:00"),
    ],
)
def test_moments_as_people_write_them(
    url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, word: str, moment: str
) -> None:
    db = Database(url)
    db.upgrade()
    at = datetime.fromisoformat(moment)
    for number, clock in enumerate([ManualClock(at - timedelta(seconds=1)), ManualClock(at)]):
        ctx = Context(load({}), db, MemoryStore(), MemoryLive(), clock)
        entries.note(ctx, entries.ADMIN, upload_id=str(number))
    db.close()

    monkeypatch.setenv("TZ", "America/New_York")
    tzset()
    try:
        monkeypatch.setattr(audit_command, "_today", lambda: date(2026, 11, 30))
        assert cli.main(["audit", "--json", "--since", word]) == 0
        assert [json.loads(line)["upload"] for line in capsys.readouterr().out.splitlines()] == ["1"]
        assert cli.main(["audit", "--json", "--until", word]) == 0
        assert [json.loads(line)["upload"] for line in capsys.readouterr().out.splitlines()] == ["0"]
    finally:
        monkeypatch.undo()
        tzset()


@pytest.mark.parametrize(
    "wrong",
    [
        ["--since", "soon"],
        ["--since", "0001-01-01T00:00:00+09:00"],
        ["--since", "999999d"],
        ["--action", "nothing"],
        [],
    ],
)
@pytest.mark.usefixtures("url")
def test_what_is_asked_wrongly(wrong: list[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["audit", *(["--json"] if wrong else []), *wrong])


def test_a_moment_that_is_none_is_said_with_what_to_write(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["audit", "--json", "--since", "soon"])
    assert "'soon' is no moment; write one like today, 7d or 2026-11-01" in capsys.readouterr().err
