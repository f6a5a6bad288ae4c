"""What a Web Push about an event says, and whether it is still worth saying when its turn has come."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass

from smartupload import words
from smartupload.errors import TargetGone, Undeliverable
from smartupload.models import PAUSED, Contact, Event, PushSubscription, Upload
from smartupload.ports import PushTarget
from smartupload.service.context import Context
from smartupload.service.files.direction import isolated
from smartupload.service.links import watchers
from smartupload.service.notify import subscriptions
from smartupload.service.presentation.views import percent_here, reason_text
from smartupload.service.records import recipients
from smartupload.words import Size, say
from smartupload.words.catalogue import direction

MAX_NAME = 80
MAX_BODY = 300
"""Characters; with both at their longest, a payload stays below 3 KiB, and push services take 4."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the notification says, and what a click on it opens."""

    title: str
    body: str
    url: str


def send(ctx: Context, event: Event, target: str) -> None:
    """Push one event to one subscription (its id). Raises DeliveryFault; one that is gone has been deleted then.

    Does nothing when it is no longer wanted, or no longer true: pushes switched off, the file deleted meanwhile.
    """
    if ctx.pusher is None:
        raise Undeliverable("pushes are not set up")
    with ctx.db.read() as session:
        subscription = session.get(PushSubscription, target)
        row = session.get(Upload, event.upload_id)
        if subscription is None or row is None or not recipients.is_true(event.kind, row):
            return
        contact = session.get(Contact, subscription.owner)
    mine = subscription.owner == event.owner
    if (contact is not None and not contact.pushes) or not (mine or watchers.is_told(ctx, subscription.owner, row)):
        return
    address = PushTarget(subscription.endpoint, subscription.p256dh, subscription.auth)
    try:
        with words.speaking(subscription.language):
            said = payload(row, event.kind, mine)
        ctx.pusher.send(address, said, topic(row.id))
    except TargetGone:
        subscriptions.forget(ctx, subscription)
        raise


def topic(upload_id: str) -> str:
    """What all pushes about one upload have in common (32 base64url characters): the last one replaces the others."""
    digest = hashlib.sha256(b"smartupload push " + upload_id.encode()).digest()
    return base64.urlsafe_b64encode(digest[:24]).decode()


def payload(row: Upload, kind: str, mine: bool) -> bytes:
    """The JSON that the service worker gets. `mine`: it is the owner who reads it, not somebody who waited for it."""
    name = shortened(row.name)
    apart = isolated(name)
    told = _to_owner(row, kind, apart) if mine else _to_watcher(row, kind, apart)
    said = {
        "kind": kind,
        "upload_id": row.id,
        "name": name,
        "title": told.title,
        "body": told.body if len(told.body) <= MAX_BODY else told.body[: MAX_BODY - 1] + "…",
        "url": told.url,
        "lang": words.language(),
        "dir": direction(words.language()),
    }
    return json.dumps(said, ensure_ascii=False).encode()


def shortened(name: str) -> str:
    """A name of 80 characters at most, which keeps its beginning and its end."""
    if len(name) <= MAX_NAME:
        return name
    tail = 20
    return f"{name[: MAX_NAME - tail - 1]}…{name[-tail:]}"


def _to_owner(row: Upload, kind: str, name: str) -> Words:
    page = f"/f/{row.share_token}"
    match kind:
        case recipients.READY:
            return Words(say("push-ready-title", name=name), say("push-ready", size=Size(row.size)), page)
        case recipients.BLOCKED:
            return Words(say("push-blocked-title", name=name), reason_text(row) or say("push-blocked"), page)
        case recipients.EXPIRED:
            return Words(say("push-expired-title", name=name), say("push-expired"), page)
        case recipients.REMINDER:
            percent = percent_here(row)
            title = say("push-waits-title", percent=percent, name=name)
            return Words(
                title if percent else say("push-waits-title-none", name=name),
                say("push-waits-paused") if row.state == PAUSED else say("push-waits"),
                "/",
            )
        case _:
            return Words(say("push-failed-title", name=name), reason_text(row) or say("push-failed"), page)


def _to_watcher(row: Upload, kind: str, name: str) -> Words:
    """For somebody who waited: whatever went wrong, only the sender can mend it."""
    page = f"/f/{row.share_token}"
    match kind:
        case recipients.READY:
            title = say("push-awaited-ready-title", name=name)
            return Words(title, say("push-awaited-ready", size=Size(row.size)), page)
        case recipients.BLOCKED:
            return Words(say("push-blocked-title", name=name), say("push-awaited-blocked"), page)
        case recipients.EXPIRED:
            return Words(say("push-expired-title", name=name), say("push-awaited-failed"), page)
        case _:
            return Words(say("push-failed-title", name=name), say("push-awaited-failed"), page)
