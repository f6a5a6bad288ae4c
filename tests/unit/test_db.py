"""The database: migrations are complete, writers take turns, moments keep their zone."""

from __future__ import annotations

import json
import multiprocessing
import sqlite3
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError, OperationalError

from smartupload.db import Database
from smartupload.errors import StoreFull
from smartupload.migrations import history
from smartupload.models import Event, Part, Upload
from smartupload.service.records import forgetting


def upload(upload_id: str = "u1", **changes: object) -> Upload:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    given = {
        "id": upload_id, "owner": "anna", "idempotency_key": upload_id, "request_hash": "h", "share_token": upload_id,
        "name": "a", "size": 2**43, "type": "t/t", "part_size": 2**29, "part_count": 1, "key": "k", "multipart_id": "m",
        "counted_at": now, "looked_at": now, "created_at": now, "moved_at": now, "updated_at": now, "expires_at": now,
    }  # fmt: skip
    return Upload(**(given | changes))  # pyright: ignore[reportArgumentType]


@pytest.fixture
def db(tmp_path: Path) -> Database:
    database = Database(f"sqlite:///{tmp_path}/some/where/x.sqlite")
    database.upgrade()
    return database


def test_a_disk_without_room_is_said_and_passes(db: Database) -> None:
    """SQLite's own limit fails as a full disk does, with `database or disk is full`."""

    def limited(pages: int) -> None:
        # A connection that is used again keeps it, so all begin anew.
        db.engine.dispose()
        event.listen(db.engine, "connect", lambda raw, _: raw.execute(f"PRAGMA max_page_count = {pages}"))

    with db.read() as session:
        now = session.connection().exec_driver_sql("PRAGMA page_count").scalar_one()
    limited(now)
    rows = [upload(f"u{number}", name="x" * 200) for number in range(200)]
    with pytest.raises(StoreFull, match="goes on by itself once there is room"), db.write() as session:
        session.add_all(rows)
    with db.read() as session:
        assert session.get(Upload, "u1") is None, "all of it or nothing"
    limited(now * 10)
    with db.write() as session:
        session.add_all([upload(f"u{number}", name="x" * 200) for number in range(200)])
    with db.read() as session:
        assert session.get(Upload, "u199") is not None


def test_a_transaction_that_cannot_begin_fails_as_any_other_statement(db: Database) -> None:
    """Whoever tries again what passes by itself goes by SQLAlchemy's errors."""
    other = Database(db.url.render_as_string())
    event.listen(other.engine, "connect", lambda raw, _: raw.execute("PRAGMA busy_timeout = 0"))
    with db.write() as session:
        session.connection()
        with pytest.raises(OperationalError, match="locked") as raised, other.write() as late:
            late.connection()
    assert isinstance(raised.value.orig, sqlite3.OperationalError)
    with other.write() as session:
        session.add(upload())
    with db.read() as session:
        assert session.get(Upload, "u1") is not None, "what could not begin can later"


def test_the_migrations_make_what_the_models_say(db: Database) -> None:
    assert db.drift() == []


def test_parts_that_were_signed_with_two_digests_are_sent_again(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/x.sqlite")
    with database.engine.begin() as connection:
        history.upgrade(connection, "0007")
    with database.write() as session:
        session.connection().execute(
            sa.insert(Upload).values(
                upload().model_dump(
                    exclude={
                        "versions",
                        "asked",
                        "metadata_",
                        "uploader",
                        "drop_id",
                        "sender",
                        "error_sentence",
                        "name_key",
                        "group_key",
                        "folder",
                    }
                )
            )
        )
        session.connection().exec_driver_sql(
            "INSERT INTO part VALUES ('u1', 1, 1, 5, 'one', 0), ('u1', 2, 1, 5, 'two', 1)"
        )
    database.upgrade()
    with database.read() as session:
        assert [(part.number, part.versions) for part in session.query(Part)] == [(1, "")]
    with database.engine.begin() as connection:
        history.downgrade(connection, "0007")
    database.upgrade()
    assert database.drift() == []


def test_what_was_deleted_before_is_forgotten(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/x.sqlite")
    with database.engine.begin() as connection:
        history.upgrade(connection, "0012")
    body = {
        "id": "1",
        "upload": {"id": "gone", "name": "Quitte", "share_url": "https://x/f/Quitte", "metadata": {"a": "Quitte"}},
    }
    said = {"name": "Quitte", "share_token": "Quitte", "idempotency_key": "Quitte", "metadata_": {"a": "Quitte"}}
    with database.write() as session:
        kept_before = upload("kept", name="Birne", idempotency_key="Birne")
        gone_before = upload("gone", state="cancelled", error_detail="Quitte", checksum="Quitte", **said)
        for row in (kept_before, gone_before):
            session.execute(
                sa.insert(Upload),
                [row.model_dump(exclude={"drop_id", "sender", "error_sentence", "name_key", "group_key", "folder"})],
            )
        session.add(
            Event(
                upload_id="gone",
                owner="anna",
                kind="upload.created",
                body=json.dumps(body),
                created_at=datetime.now(UTC),
            )
        )
    database.upgrade()
    with database.read() as session:
        kept, gone = session.get(Upload, "kept"), session.get(Upload, "gone")
        (event,) = session.query(Event)
    assert kept is not None
    assert gone is not None
    assert (kept.name, kept.name_key, kept.idempotency_key) == ("Birne", "birne", "Birne")
    assert "Quitte" not in f"{gone} {event}"
    assert gone.idempotency_key == forgetting.hidden_key("Quitte")
    assert gone.model_dump(include=set(forgetting.left(gone))) == forgetting.left(gone) | {
        "idempotency_key": gone.idempotency_key
    }
    assert json.loads(event.body)["upload"]["id"] == "gone"


def test_a_column_without_a_migration_is_noticed(db: Database) -> None:
    with db.write() as session:
        session.connection().exec_driver_sql("ALTER TABLE upload DROP COLUMN checksum")
    assert [difference[0] for difference in db.drift()] == ["add_column"]


def test_upgrading_twice_is_once(db: Database) -> None:
    with db.write() as session:
        session.add(upload())
    db.upgrade()
    with db.read() as session:
        assert session.get(Upload, "u1") is not None


def _upgrade(url: str) -> None:
    Database(url).upgrade()


def test_processes_that_start_together_do_not_collide(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/x.sqlite"
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=_upgrade, args=(url,)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert Database(url).drift() == []


def test_it_is_opened_as_it_should_be(db: Database) -> None:
    with db.engine.connect() as connection:
        assert connection.execute(sa.text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(sa.text("PRAGMA foreign_keys")).scalar() == 1
        assert connection.execute(sa.text("PRAGMA busy_timeout")).scalar() == 15000


def test_a_failed_write_leaves_nothing(db: Database) -> None:
    def half_way() -> None:
        with db.write() as session:
            session.add(upload())
            session.flush()
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half"):
        half_way()
    with db.read() as session:
        assert session.get(Upload, "u1") is None


def test_parts_belong_to_an_upload(db: Database) -> None:
    with pytest.raises(IntegrityError), db.write() as session:
        session.add(Part(upload_id="nobody", number=1, epoch=1, size=1, sha256="x"))


def test_many_writers_and_other_processes_lose_nothing(db: Database, tmp_path: Path) -> None:
    other = Database(str(db.url))  # a connection pool of its own stands for another process

    def write(database: Database, start: int) -> None:
        for number in range(start, start + 25):
            with database.write() as session:
                session.add(upload(f"u{number}"))

    threads = [
        threading.Thread(target=write, args=(database, position * 25))
        for position, database in enumerate([db, other, db, other])
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with db.read() as session:
        assert session.query(Upload).count() == 100


def test_moments_keep_their_zone(db: Database) -> None:
    berlin = datetime(2026, 7, 1, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=2)))
    with db.write() as session:
        session.add(upload(created_at=berlin))
    with db.read() as session:
        row = session.get(Upload, "u1")
        assert row is not None
        assert row.created_at == berlin
        assert row.created_at.tzinfo == UTC
    with pytest.raises(Exception, match="time zone"), db.write() as session:
        session.add(upload("u2", created_at=datetime(2026, 1, 1)))
