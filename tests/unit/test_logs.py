"""What stands in the log: no secret, and little of what strangers say."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import structlog
from sqlalchemy.exc import OperationalError

from smartupload import logs
from smartupload.errors import StoreFull

# Always the same: each process of a test run has to name the same tests.
SECRET = "taz7yBzmlltHJRzgIhGqZjwdkoD2ONNRjQMgJL0oNkt"


@pytest.mark.parametrize(
    "text",
    [
        f"smartupload_owner={SECRET}",
        f"a=b; __Host-smartupload_owner={SECRET}.abc; c=d",
        f"{{'cookie': 'session={SECRET}; x=y', 'host': 'h'}}",
        f'{{"cookie": "session={SECRET}',
        f"Cookie: session={SECRET}; other=x",
        f"Set-Cookie: session={SECRET}; Path=/",
        f"Authorization: Bearer {SECRET}",
        f"{{'authorization': 'Basic {SECRET}'}}",
        f"SMARTUPLOAD_TOKEN=sut_{SECRET} of a program",
        f"https://store/x?X-Amz-Credential=k&X-Amz-Signature={SECRET}",
        f"/api/shared/{SECRET[:22]}/download",
        f"http://here/f/{SECRET[:22]}",
        f"postgresql+psycopg://user:{SECRET}@host/name",
        "/notifications?c=0123456789abcdef&s=" + "0123456789abcdef" * 2,
    ],
)
def test_no_secret_is_left(text: str) -> None:
    shown = logs.redacted(text)
    assert SECRET[6:22] not in shown
    assert "89abcdef" * 2 not in shown
    assert "…" in shown


def test_what_is_no_secret_stays() -> None:
    text = "finishing waits upload=64ac041ca24b70583852947e path=/api/uploads/64ac041ca24b70583852947e/parts cause=no cookie was sent"
    assert logs.redacted(text) == text


class Log(io.StringIO):
    """Where standard error leads."""

    def since(self) -> str:
        """What was written since this was asked last."""
        said = self.getvalue()
        self.seek(0)
        self.truncate()
        return said


@pytest.fixture(params=["console", "json"])
def log_format(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def log(log_format: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Log]:
    """As at a start."""
    stream, root = Log(), logging.getLogger()
    before, level = list(root.handlers), root.level
    monkeypatch.setattr("sys.stderr", stream)
    logs.configure(log_format)
    yield stream
    root.handlers, root.level = before, level
    structlog.reset_defaults()


def test_every_line_is_without_them(log: Log, log_format: str) -> None:
    structlog.get_logger("a").error(
        "wrong", path=f"/f/{SECRET[:22]}", given={"cookie": [f"smartupload_owner={SECRET}"]}
    )
    logging.getLogger("b").warning("headers: %s", {"Cookie": f"x={SECRET}"})
    try:
        raise ValueError(f"smartupload_owner={SECRET}\n{'a' * 10_000}")
    except ValueError:
        logging.getLogger("c").exception("it failed")
        structlog.get_logger("d").exception("it failed, too")
    said = log.since()
    assert SECRET[6:22] not in said
    assert "a" * 1000 not in said
    assert said.count("test_every_line_is_without_them") == 2, "where it was raised"
    if log_format == "json":
        assert [json.loads(line)["event"][:5] for line in said.splitlines()] == ["wrong", "heade", "it fa", "it fa"]


def test_what_strangers_bring_about_is_one_line_and_seldom(log: Log, log_format: str) -> None:
    now = [0.0]
    careful = logs.Careful(lambda: now[0])
    logger = logging.getLogger(f"of strangers {log_format}")
    logger.addFilter(careful)

    def says() -> list[str]:
        for _ in range(50):
            try:
                raise KeyError(f"no handler for\nx {'a' * 5000}")
            except KeyError:
                logger.exception("no event %s", f"Event(name='x\ny', headers={{'cookie': 'z={SECRET}'}}, {'b' * 5000}")
        return log.since().splitlines()

    lines = says()
    assert len(lines) == logs.EACH
    assert all(len(line) < 3 * logs.MOST for line in lines)
    assert SECRET[6:22] not in str(lines)
    assert says() == []
    now[0] = logs.SECONDS
    lines = says()
    assert len(lines) == logs.EACH
    assert "(90 more of these were left out)" in lines[0]


def test_a_traceback_within_a_message_says_what_and_where() -> None:
    try:
        raise KeyError("a")
    except KeyError as error:
        said = f"[Reflex Backend Exception]\n {''.join(__import__('traceback').format_exception(error))}\n"
    record = logging.LogRecord("reflex.app", logging.ERROR, "app.py", 1, said, (), None)
    assert logs.Careful().filter(record)
    text = record.getMessage()
    assert text.startswith("[Reflex Backend Exception] File ")
    assert "test_logs.py" in text
    assert text.endswith("KeyError: 'a'")


def test_an_error_of_the_database_says_nothing_of_anybody(tmp_path: Path) -> None:
    from smartupload.db import Database

    db = Database(f"sqlite:///{tmp_path}/x.sqlite")
    with pytest.raises(OperationalError) as caught, db.read() as session:
        session.connection().execute(sa.text("SELECT * FROM nothing WHERE a = :owner"), {"owner": SECRET})
    db.close()
    assert SECRET not in str(caught.value)


def test_what_waits_for_room_is_one_line_a_minute(log: Log, log_format: str) -> None:
    said = structlog.get_logger("smartupload.service")
    for _ in range(1000):
        try:
            raise StoreFull("no room on this disk")
        except StoreFull:
            said.exception("work in the background failed; it is tried again", work="poll")
    (line,) = log.since().splitlines()
    assert "no room on this disk" in line
    assert "Traceback" not in line
    said.error("something else", exc_info=ValueError("broken"))
    assert "broken" in log.since(), "of another kind nothing is held back"


def test_what_waits_for_room_is_said_again_after_a_minute() -> None:
    at = [0.0]
    waiting = logs.Waiting(lambda: at[0])
    given = {"event": "e", "exc_info": StoreFull("full")}
    assert waiting(None, "error", dict(given)) == {"event": "e", "cause": "full"}
    at[0] = 59.0
    with pytest.raises(structlog.DropEvent):
        waiting(None, "error", dict(given))
    at[0] = 61.0
    assert waiting(None, "error", dict(given))["cause"] == "full"
