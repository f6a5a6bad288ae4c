"""The history of the schema: it stands beside an app's own one, in other threads and in the same database."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from smartupload.db import Database
from smartupload.migrations import history

ENV = """
from alembic import context
import sqlalchemy

with sqlalchemy.create_engine(context.config.get_main_option("url")).begin() as connection:
    context.configure(connection=connection)
    context.run_migrations()
"""
VERSION = """
from alembic import op
import sqlalchemy as sa

revision, down_revision = {revision!r}, {before!r}


def upgrade():
    op.create_table("invoice_" + revision, sa.Column("id", sa.Integer, primary_key=True))
"""


class App:
    """Somebody's app with migrations of its own, as alembic's documentation has them."""

    def __init__(self, folder: Path, url: str, revisions: tuple[str, ...]) -> None:
        (folder / "versions").mkdir(parents=True)
        (folder / "env.py").write_text(ENV)
        for before, revision in zip((None, *revisions), revisions, strict=False):
            (folder / "versions" / f"{revision}.py").write_text(VERSION.format(revision=revision, before=before))
        self.revisions = revisions
        self.config = Config()
        self.config.set_main_option("script_location", str(folder))
        self.config.set_main_option("url", url)

    def upgrade(self) -> None:
        command.upgrade(self.config, "head")


def tables(url: str) -> set[str]:
    engine = sa.create_engine(url)
    try:
        return set(sa.inspect(engine).get_table_names())
    finally:
        engine.dispose()


def texts(database: Database, statement: str) -> list[str]:
    with database.read() as session:
        return [str(row[0]) for row in session.connection().exec_driver_sql(statement)]


def version_of(database: Database) -> list[str]:
    return texts(database, "SELECT version_num FROM smartupload_version")


def together(*work: Callable[[], None]) -> None:
    """All of it at once, each in a thread; raises what one of them raised."""
    ready, failed = threading.Barrier(len(work)), list[BaseException]()

    def run(one: Callable[[], None]) -> None:
        ready.wait(20)
        try:
            one()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=run, args=(one,)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    if failed:
        raise failed[0]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/x.sqlite"


@pytest.fixture
def head(tmp_path: Path) -> str:
    database = Database(f"sqlite:///{tmp_path}/newest.sqlite")
    database.upgrade()
    return version_of(database)[0]


def as_it_was(database: Database, revision: str) -> None:
    """The database of a version that kept its history where everybody does."""
    with database.write() as session:
        history.upgrade(session.connection(), revision)
        session.connection().exec_driver_sql("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32))")
        session.connection().exec_driver_sql("INSERT INTO alembic_version SELECT * FROM smartupload_version")
        session.connection().exec_driver_sql("DROP TABLE smartupload_version")


@pytest.mark.parametrize("round", range(5))
def test_several_start_at_once_beside_an_app_that_migrates_its_own(tmp_path: Path, round: int) -> None:
    ours = [Database(f"sqlite:///{tmp_path}/{name}.sqlite") for name in ("one", "two")]
    theirs = f"sqlite:///{tmp_path}/theirs.sqlite"
    app = App(tmp_path / "app", theirs, tuple(f"{number:04}" for number in range(1, 30)))
    together(ours[0].upgrade, app.upgrade, ours[1].upgrade)
    for database in ours:
        assert database.drift() == []
    assert tables(theirs) == {"alembic_version", *(f"invoice_{revision}" for revision in app.revisions)}


@pytest.mark.parametrize("first", ["app", "ours"])
@pytest.mark.parametrize("revisions", [("ae10", "be20"), ("0001", "0002", "0003")])
def test_an_app_has_a_history_of_its_own_in_the_same_database(
    tmp_path: Path, url: str, head: str, first: str, revisions: tuple[str, ...]
) -> None:
    app, ours = App(tmp_path / "app", url, revisions), Database(url)
    for one in (app, ours) if first == "app" else (ours, app):
        one.upgrade()
    app.upgrade()
    ours.upgrade()
    assert version_of(ours) == [head]
    assert texts(ours, "SELECT version_num FROM alembic_version") == [revisions[-1]]
    assert tables(url) >= {"upload", f"invoice_{revisions[0]}"}


@pytest.mark.parametrize("revision", [f"{number:04}" for number in range(1, 12)])
def test_a_database_of_before_is_taken_over_from_each_version(url: str, head: str, revision: str) -> None:
    database = Database(url)
    as_it_was(database, revision)
    database.upgrade()
    assert version_of(database) == [head]
    assert texts(database, "SELECT version_num FROM alembic_version") == []
    database.upgrade()
    assert version_of(database) == [head]


def test_only_our_row_is_moved(url: str, head: str) -> None:
    database = Database(url)
    as_it_was(database, "0011")
    with database.write() as session:
        session.connection().exec_driver_sql("INSERT INTO alembic_version VALUES ('ae10')")
    database.upgrade()
    assert version_of(database) == [head]
    assert texts(database, "SELECT version_num FROM alembic_version") == ["ae10"]


def test_a_newer_schema_is_said_in_words(url: str) -> None:
    database = Database(url)
    database.upgrade()
    with database.write() as session:
        session.connection().exec_driver_sql("UPDATE smartupload_version SET version_num = '9999'")
    with pytest.raises(history.UnknownVersion, match="9999, which this version of smartupload does not know"):
        database.upgrade()
    assert version_of(database) == ["9999"]
