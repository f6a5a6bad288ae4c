"""`python -m smartupload person`: whom a word means, and what is shown, written to a file or deleted of them."""

from __future__ import annotations

import io
import json
import stat
import zipfile
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import pytest

from smartupload import cli, runtime
from smartupload.adapters.clock import SystemClock
from smartupload.adapters.memory import MemoryLive, MemoryStore
from smartupload.db import Database
from smartupload.devstack.identity import StoreFailed
from smartupload.models import Contact
from smartupload.ports import SignedIn
from smartupload.service.access import sessions, tokens
from smartupload.service.audit import read
from smartupload.service.context import Context
from smartupload.service.drops import links
from smartupload.service.drops.links import NewDrop
from smartupload.service.owner import owner_of_person
from smartupload.settings import Settings, load
from tests.inline import with_inline
from tests.unit.person import Person

HERE, THERE = "https://login.example.org", "https://other.example.org"
ANNA, HER_OTHER, BEN = owner_of_person(HERE, "anna"), owner_of_person(THERE, "anna"), owner_of_person(HERE, "ben")


class Closing(MemoryStore):
    """As the command opens and closes it."""

    def close(self) -> None:
        """It stays what it is."""


@pytest.fixture
def store() -> Closing:
    return Closing()


@pytest.fixture
def ctx(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: Closing) -> Generator[Context]:
    url = f"sqlite:///{tmp_path}/person.sqlite"
    monkeypatch.setenv("SMARTUPLOAD_DATABASE_URL", url)
    monkeypatch.chdir(tmp_path)

    def opened(_settings: Settings) -> Closing:
        return store

    monkeypatch.setattr(runtime, "open_store", opened)
    db = Database(url)
    db.upgrade()
    ctx = with_inline(Context(load({}), db, store, MemoryLive(), SystemClock()))
    Person(ctx, ANNA).uploads("hers.bin", 1000)
    Person(ctx, ANNA).creates("more.bin", 500)
    Person(ctx, BEN).uploads("his.bin", 10)
    tokens.make(ctx, ANNA, "Backup", ["read"], 30)
    drop = links.make(replace(ctx, drop_key=b"a key"), ANNA, NewDrop("Tax papers"))
    assert drop.id
    with db.write() as session:
        session.add(Contact(owner=ANNA, email="anna@example.org", created_at=ctx.clock.now()))
    yield ctx
    db.close()


def does(*words: str) -> int:
    return cli.main(["person", *words])


def signs_in(ctx: Context, issuer: str, subject: str) -> None:
    sessions.begin(ctx, SignedIn(issuer, subject, "s", subject, f"{subject}@example.com"))


@pytest.mark.parametrize("word", [ANNA, "anna@example.org", "Anna@Example.org", "anna"])
def test_how_much_there_is_of_whoever_is_meant(ctx: Context, word: str, capsys: pytest.CaptureFixture[str]) -> None:
    signs_in(ctx, HERE, "anna")
    assert does("show", word, "--json") == 0
    seen = json.loads(capsys.readouterr().out)
    assert (seen["owner"], seen["uploads"], seen["bytes"], seen["tokens"], seen["drop_links"]) == (ANNA, 2, 1500, 1, 1)
    assert (seen["addresses"], seen["sign_ins"], seen["sent"]) == (["anna@example.org"], 1, 0)
    assert len(seen["found_by"]) == 1
    assert does("show", word) == 0
    text = capsys.readouterr().out
    for words in (ANNA, "2 uploads", "anna@example.org"):
        assert words in text
    looked = [entry for entry in read.all_of(ctx.db) if entry.action == "admin"]
    assert [(entry.owner, entry.by, entry.detail) for entry in looked] == [(ANNA, "admin", {"call": "person show"})] * 2


def test_several_who_fit_are_named_and_nothing_is_done(ctx: Context, capsys: pytest.CaptureFixture[str]) -> None:
    for issuer in (HERE, THERE):
        signs_in(ctx, issuer, "anna")
    for verb in (["show"], ["export"], ["erase", "--yes"]):
        assert does(*verb, "anna") == 1
        out, err = capsys.readouterr()
        assert out == ""
        for words in (ANNA, HER_OTHER, HERE, THERE):
            assert words in err
    assert does("show", HER_OTHER, "--json") == 0
    assert "exported" not in {entry.action for entry in read.all_of(ctx.db)}


def test_somebody_who_is_signed_in_nowhere_just_now(
    ctx: Context, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert does("show", "ben") == 1
    monkeypatch.setenv("SMARTUPLOAD_OIDC_ISSUER", HERE)
    monkeypatch.setenv("SMARTUPLOAD_OIDC_CLIENT_ID", "files")
    capsys.readouterr()
    assert does("show", "ben", "--json") == 0
    assert json.loads(capsys.readouterr().out)["owner"] == BEN


@pytest.mark.parametrize("word", ["", "nobody", "x" * 200, "a\0b", "%", "anna@example.com", "hers.bin"])
def test_nobody(ctx: Context, word: str, capsys: pytest.CaptureFixture[str]) -> None:
    for verb in (["show"], ["export"], ["erase", "--yes"]):
        assert does(*verb, word) == 1
        assert "nothing is kept" in capsys.readouterr().err
    assert list(Path().glob("*.zip")) == []


def test_all_of_it_in_a_file_that_nobody_else_reads(ctx: Context, capsys: pytest.CaptureFixture[str]) -> None:
    assert does("export", "anna@example.org", "--json") == 0
    file = Path(json.loads(capsys.readouterr().out)["file"])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    found = zipfile.ZipFile(io.BytesIO(file.read_bytes()))
    assert json.loads(found.read("account.json"))["owner"] == ANNA
    assert [name.rpartition("/")[2] for name in found.namelist() if name.startswith("files/")] == ["hers.bin"]
    assert does("export", ANNA) == 1
    assert "is there already" in capsys.readouterr().err
    assert does("export", ANNA, "--output", "other.zip") == 0
    entries = [entry for entry in read.all_of(ctx.db) if entry.action == "exported"]
    assert [(entry.owner, entry.by) for entry in entries] == [(ANNA, "admin")] * 2


def test_half_an_archive_is_none(ctx: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object) -> Generator[bytes]:
        yield b"PK"
        raise KeyboardInterrupt

    monkeypatch.setattr("smartupload.person_command.archive.archive", breaks)
    with pytest.raises(KeyboardInterrupt):
        does("export", ANNA)
    assert list(Path().glob("*.zip")) == []


def test_erasing_asks_and_then_nothing_is_left(
    ctx: Context, store: Closing, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for answer in ("", "no\n", "y\n"):
        monkeypatch.setattr("sys.stdin", io.StringIO(answer))
        assert does("erase", ANNA) == 1
        assert "nothing was deleted" in capsys.readouterr().err
    assert does("show", ANNA) == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))
    assert does("erase", ANNA) == 0
    capsys.readouterr()
    for word in (ANNA, "anna@example.org", "anna"):
        assert does("show", word) == 1
    assert len(store.list_objects("uploads/")) == 1, "his"
    (entry,) = [entry for entry in read.all_of(ctx.db) if entry.action == "erased"]
    assert (entry.by, entry.detail) == ("admin", {"uploads": 2})
    assert does("erase", BEN, "--yes") == 0


def test_without_a_store_or_a_database(
    ctx: Context, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(_settings: Settings) -> Closing:
        raise StoreFailed("There is no store in data.")

    monkeypatch.setattr(runtime, "open_store", missing)
    assert does("show", ANNA) == 0, "which asks no store"
    assert does("erase", ANNA, "--yes") == 1
    assert "There is no store" in capsys.readouterr().err
    monkeypatch.setenv("SMARTUPLOAD_DATABASE_URL", f"sqlite:///{tmp_path}/other.sqlite")
    assert does("show", ANNA) == 1
    assert "database" in capsys.readouterr().err
