"""What of what browsers meet on their way to the store is written to the log, and how often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from urllib.parse import urlsplit

import structlog

from smartupload.service.context import Context

log = structlog.get_logger("smartupload.store")

EVERY = timedelta(minutes=10)
"""Between two lines about the same. Many browsers behind one proxy meet the same thing."""

Reason = Literal[
    "portal", "store_private", "way_closed", "way_cut", "way_gateway", "way_proxy", "way_refused", "way_too_large"
]
_SAID = {
    "store_private": "a browser does not let the site reach the store at {host}, which is in a private network",
    "way_closed": "a browser gets no answer from {host} that the site may read, although something answers there: "
    "something on the way, or the CORS rules of the bucket",
    "way_cut": "a browser's PUT to {host} is cut before it is through, although small requests get through",
}


@dataclass(frozen=True, slots=True)
class Met:
    """What one browser met. `status` is 0 where there was no answer."""

    reason: Reason
    status: int
    host: str


def note(ctx: Context, met: Met) -> bool:
    """Write it down, unless that was done lately or it is about no host of the store."""
    if met.host not in {_origin(address) for address in ctx.store.origins}:
        return False
    name, now = f"obstacle {met.host} {met.reason} {met.status}", ctx.clock.now()
    if now - ctx.counts.last(name) < EVERY:
        return False
    ctx.counts.note(name, now)
    said = _SAID.get(met.reason, "a browser's PUT to {host} was answered {status} by something that is not the store")
    log.warning(said.format(host=met.host, status=met.status), reason=met.reason)
    return True


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
