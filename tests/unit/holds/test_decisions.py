"""What a request that waits in a hold is told, as a table: by the row, the states of its uploads, the request and the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from smartupload.models import Hold
from smartupload.service.holds import decisions
from smartupload.service.holds.decisions import Asked, Told, told
from smartupload.service.records.states import STATES

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


def ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


def answer(
    states: str,
    *,
    level: int = 0,
    gzip: bool = True,
    arrived: float = 0,
    over: float | None = None,
    lane: Any = "a",
    **row: Any,
) -> str:
    """`states`: one word for each upload, `none` for one that is no more. Both lanes wait at this level, unless the row says otherwise."""
    named = {f"u{number}": state for number, state in enumerate(states.split())}
    given = {"seen_at": NOW, "level_a": level, "level_b": level, **row}
    hold = Hold(registration="r", owner="anna", uploads=list(named), stream="s", made_at=ago(900), **given)
    asked = Asked("anna", "r", level, lane, gzip, ago(arrived), None if over is None else ago(over))
    there = {upload: state for upload, state in named.items() if state != "none"}
    return told(hold, there, asked, NOW).value


LET_GO = {"let_go_at": ago(60)}
GONE = {"gone_at": ago(2.9)}
LONG_GONE = {"gone_at": ago(3.1)}

TABLE: list[tuple[str, str, dict[str, Any]]] = [
    # While the engine lives, nothing of level 0 goes, for as long as it takes.
    ("wait", "uploading", {}),
    ("wait", "uploading", {"arrived": 9999}),
    ("wait", "uploading", {"seen_at": ago(44), "arrived": 60}),
    ("wait", "uploading ready", {"arrived": 60}),
    # It was killed with its process, its stream ended, or it is back.
    ("go", "uploading", {"seen_at": ago(46), "arrived": 60}),
    ("wait", "uploading", {"seen_at": ago(46), "arrived": 1}),
    ("wait", "uploading", {"arrived": 60, **GONE}),
    ("go", "uploading", {"arrived": 60, **LONG_GONE}),
    ("wait", "uploading", {"arrived": 2, **LONG_GONE}),
    # What was let go is not held again, and an engine holds nothing behind level 0.
    ("go", "uploading", LET_GO),
    ("go", "uploading", {"level": 1}),
    ("go", "uploading", {"level": 1, **LET_GO}),
    # All that is left is paused.
    ("wait", "paused", {"arrived": 60, **LONG_GONE}),
    ("wait", "paused paused ready", {"level": 7, **LET_GO}),
    ("go", "paused uploading", {"level": 7, **LET_GO}),
    # Nothing is left: dropped while both lanes wait.
    ("end", "ready", {"over": 5}),
    ("end", "ready", {"over": 5, "level": 7, **LET_GO}),
    ("end", "none", {"over": 5}),
    ("end", "cancelled none verifying", {"over": 5, "lane": "b"}),
    ("end", "ready", {"over": 5, "level": 3, "level_b": 5}),
    # An engine that lives has a while to end the registration by itself.
    ("wait", "ready", {}),
    ("wait", "ready", {"over": 4.9}),
    ("end", "ready", {"ended_at": ago(1), "level_b": -1}),
    ("end", "uploading", {"ended_at": ago(1), "level": 7}),
    # The other lane has not arrived, or sends what comes behind an earlier level, or behind this one.
    ("wait", "ready", {"level_b": -1}),
    ("wait", "ready", {"level_b": -1, "over": 119}),
    ("go", "ready", {"level_b": -1, "over": 121}),
    ("wait", "ready", {"over": 9, "level": 3, "level_b": 2}),
    ("wait", "ready", {"over": 9, "level": 3, "past_b": 3}),
    ("wait", "ready", {"over": 9, "level": 3, "level_a": 3, "past_a": 3, "lane": "b"}),
    # This one was sent on from here before, so nobody can tell whether it waits.
    ("go", "ready", {"past_a": 0}),
    ("go", "uploading", {"past_a": 0, **LET_GO}),
    # A client that takes no gzip would be sent 16 MiB.
    ("go", "ready", {"gzip": False}),
    ("wait", "ready", {"gzip": False, "ended_at": ago(1)}),
]


@pytest.mark.parametrize(("expected", "states", "given"), TABLE)
def test_told(expected: str, states: str, given: dict[str, Any]) -> None:
    assert answer(states, **given) == expected


@pytest.mark.parametrize("state", STATES)
def test_of_every_state_it_is_known_whether_it_wants_bytes(state: str) -> None:
    assert answer(state, over=9) == ("wait" if state in ("uploading", "paused") else "end")


def test_what_nobody_knows_goes() -> None:
    assert told(None, {}, Asked("anna", "r", 0, "a", True, NOW), NOW) is Told.GO


def test_the_other_lane_is_waited_for_from_when_nothing_is_left() -> None:
    """And not from when this one arrived: it may have waited for hours in what was paused."""
    hold = Hold(registration="r", owner="anna", uploads=["u"], stream="s", made_at=NOW, seen_at=NOW, level_a=0)
    asked = Asked("anna", "r", 0, "a", True, ago(9999))
    assert told(hold, {"u": "paused"}, asked, NOW) is Told.WAIT
    assert told(hold, {"u": "cancelled"}, asked, NOW) is Told.WAIT
    assert told(hold, {"u": "cancelled"}, asked, NOW + timedelta(seconds=119)) is Told.WAIT
    assert told(hold, {"u": "cancelled"}, asked, NOW + timedelta(seconds=121)) is Told.GO


def test_an_engine_that_lives_has_a_moment_to_end_it_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decisions, "TIDIES", timedelta(seconds=5))
    assert answer("ready", over=4.9) == "wait"
    assert answer("ready", over=5.1) == "end"
    assert answer("ready", over=0, level=1) == "end", "between the parts there is none"
