"""For programs that were away, and for operators: past events, and deliveries that were given up."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from smartupload.api.dependencies import Ctx, admin
from smartupload.service.outbox import replay
from smartupload.service.outbox.replay import DeliveryPage
from smartupload.service.records import events

Id = Annotated[str, Field(json_schema_extra={"pattern": "^[0-9]{1,18}$"})]
Channel = Literal["webhook", "queue", "push", "mail", "hook"]


class EventsAnswer(BaseModel):
    """Events of all uploads in the order in which they happened, each as it is posted to a webhook."""

    events: list[dict[str, Any]]
    next_after: str | None = Field(description="`after` of the next page; null at the end")


class Again(BaseModel):
    """Which dead letters: all of them, unless it says less."""

    ids: Annotated[list[Id], Field(max_length=replay.MOST)] | None = Field(
        default=None, description="these deliveries only"
    )
    channel: Channel | None = Field(default=None, description="those of this channel only")


class AgainAnswer(BaseModel):
    """How many wait again."""

    replayed: int


router = APIRouter(prefix="/api/admin", tags=["operators"], dependencies=[Depends(admin)])


@router.get("/events", summary="Events that happened since")
def list_events(ctx: Ctx, after: str = "0", limit: Annotated[int, Query(ge=1, le=replay.MOST)] = 100) -> EventsAnswer:
    """All events after the one with this id, for consumers that were away."""
    page = events.since(ctx, after, limit)
    return EventsAnswer(events=page.events, next_after=page.next_after)


@router.get("/deliveries", summary="What waits, was sent, or was given up")
def list_deliveries(
    ctx: Ctx,
    state: Literal["dead", "waiting", "sent"] = "dead",
    channel: Channel | None = None,
    after: str = "0",
    limit: Annotated[int, Query(ge=1, le=replay.MOST)] = 100,
) -> DeliveryPage:
    """Oldest first. `error` says why the last try failed."""
    return replay.deliveries(ctx, state, channel, after, limit)


@router.post("/deliveries/replay", summary="Send dead letters again")
def replay_deliveries(ctx: Ctx, body: Again | None = None) -> AgainAnswer:
    """They wait again from this moment, with all their tries."""
    asked = body or Again()
    return AgainAnswer(replayed=replay.replay(ctx, asked.ids, asked.channel))
