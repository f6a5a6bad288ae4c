"""Uploads that nobody finishes are started, and those that somebody does are not asked for all the time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from smartupload.adapters.memory import ManualClock
from smartupload.service.context import Context
from smartupload.service.housekeeping import unfinished
from smartupload.service.presentation.views import UploadView
from tests.unit.person import Person


class Asked:
    """A finisher that never gets round to it."""

    def __init__(self) -> None:
        self.started: list[tuple[str, int]] = []

    def start(self, upload_id: str, epoch: int) -> None:
        self.started.append((upload_id, epoch))

    def wait(self, upload_id: str, epoch: int, seconds: float) -> None:
        """Nothing to wait for."""

    def trouble(self) -> str:
        return ""


@pytest.fixture
def asked(ctx: Context) -> Asked:
    return Asked()


@pytest.fixture
def idle(ctx: Context, asked: Asked) -> Context:
    return replace(ctx, finisher=asked)


@pytest.fixture
def left(ctx: Context, person: Person) -> UploadView:
    """Completed while there was nobody to finish it."""
    left = Person(replace(ctx, finisher=None)).uploads()
    assert left.state == "scanning"
    return left


def ages(ctx: Context, by: timedelta) -> None:
    assert isinstance(ctx.clock, ManualClock)
    ctx.clock.move(by.total_seconds())


def test_started_once_it_is_old_enough(idle: Context, asked: Asked, left: UploadView) -> None:
    assert unfinished.sweep(idle) == 0
    ages(idle, unfinished.AGE)
    assert unfinished.sweep(idle) == 1
    assert asked.started == [(left.id, 1)]


def test_asked_for_ever_more_seldom(idle: Context, asked: Asked, left: UploadView) -> None:
    for _ in range(6 * 60 * 3):
        ages(idle, timedelta(seconds=20))
        unfinished.sweep(idle)
    assert 20 < len(asked.started) < 80


def test_finished_after_all(ctx: Context, left: UploadView, person: Person) -> None:
    ages(ctx, timedelta(minutes=1))
    assert unfinished.sweep(ctx) == 1
    assert person.completes(left).state == "ready"
    ages(ctx, timedelta(days=1))
    assert unfinished.sweep(ctx) == 0


def test_nothing_to_do_for_the_others(idle: Context, asked: Asked, person: Person) -> None:
    person.creates()
    ready = person.uploads()
    assert ready.state == "ready"
    ages(idle, timedelta(days=1))
    assert unfinished.sweep(idle) == 0
    assert asked.started == []


def test_without_a_finisher(ctx: Context, left: UploadView) -> None:
    ages(ctx, timedelta(days=1))
    assert unfinished.sweep(replace(ctx, finisher=None)) == 0
