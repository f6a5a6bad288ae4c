"""What a Web Push about an event says, and whether it is still worth saying when its turn has come."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass

from smartupload.errors import TargetGone, Undeliverable
from smartupload.models import PAUSED, Contact, Event, PushSubscription, Upload
from smartupload.ports import PushTarget
from smartupload.service.context import Context
from smartupload.service.files.direction import isolated
from smartupload.service.files.sizes import size_text
from smartupload.service.links import watchers
from smartupload.service.notify import subscriptions
from smartupload.service.presentation.views import percent_here, reason_text
from smartupload.service.records import recipients

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
        ctx.pusher.send(address, payload(row, event.kind, mine), topic(row.id))
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
    words = _to_owner(row, kind, apart) if mine else _to_watcher(row, kind, apart)
    said = {
        "kind": kind,
        "upload_id": row.id,
        "name": name,
        "title": words.title,
        "body": words.body if len(words.body) <= MAX_BODY else words.body[: MAX_BODY - 1] + "…",
        "url": words.url,
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
            return Words(f"{name} is ready", f"{size_text(row.size)}. Open it or send the link.", page)
        case recipients.BLOCKED:
            reason = reason_text(row) or "It did not pass the check, so nobody can open it."
            return Words(f"{name} was blocked", reason, page)
        case recipients.EXPIRED:
            reason = (
                "It stood still for too long, so what was here has been removed. Drop the file again to start anew."
            )
            return Words(f"{name} did not arrive in time", reason, page)
        case recipients.REMINDER:
            percent = percent_here(row)
            title = f"{percent} % of {name} is here" if percent else f"{name} is not here yet"
            return Words(
                title, "You paused it. Open and press Resume." if row.state == PAUSED else "Open to continue.", "/"
            )
        case _:
            return Words(f"{name} did not arrive", reason_text(row) or "Drop the file again to start anew.", page)


def _to_watcher(row: Upload, kind: str, name: str) -> Words:
    """For somebody who waited: whatever went wrong, only the sender can mend it."""
    page = f"/f/{row.share_token}"
    match kind:
        case recipients.READY:
            return Words(f"{name} has arrived", f"{size_text(row.size)}. You wanted to know: open it now.", page)
        case recipients.BLOCKED:
            reason = "It did not pass the check, so nobody can open it. Ask the sender for another one."
            return Words(f"{name} was blocked", reason, page)
        case recipients.EXPIRED:
            return Words(f"{name} did not arrive in time", "Ask the sender to send it again.", page)
        case _:
            return Words(f"{name} did not arrive", "Ask the sender to send it again.", page)
