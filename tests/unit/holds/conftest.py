"""A hold of Anna's, and the two lanes of her browser."""

from __future__ import annotations

from typing import Any

import pytest

from smartupload.adapters.memory import ManualClock
from smartupload.models import Hold
from smartupload.service.context import Context
from smartupload.service.holds import holding
from smartupload.service.holds.decisions import Asked, Told
from smartupload.service.presentation.views import UploadView


@pytest.fixture
def clock(ctx: Context) -> ManualClock:
    assert isinstance(ctx.clock, ManualClock)
    return ctx.clock


@pytest.fixture
def held(ctx: Context, upload: UploadView) -> UploadView:
    assert holding.hold(ctx, "anna", "r", [upload.id], "s")
    return upload


class Lane:
    """One of the browser's."""

    def __init__(self, ctx: Context, lane: Any, owner: str = "anna") -> None:
        self.ctx = ctx
        self.lane = lane
        self.owner = owner

    def asks(self, level: int = 0) -> Asked:
        self.asked = Asked(self.owner, "r", level, self.lane, True, self.ctx.clock.now())
        return self.asked

    def arrives(self, level: int = 0) -> Told:
        return holding.settle(self.ctx, self.asks(level), True)

    def hears(self) -> Told:
        return holding.settle(self.ctx, self.asked)


@pytest.fixture
def a(ctx: Context) -> Lane:
    return Lane(ctx, "a")


@pytest.fixture
def b(ctx: Context) -> Lane:
    return Lane(ctx, "b")


def row_of(ctx: Context, owner: str = "anna") -> Hold | None:
    with ctx.db.read() as session:
        return session.get(Hold, ("r", owner))
