"""Which mail a person gets about what has happened: one for everything that ended within a minute."""

from __future__ import annotations

from collections.abc import Sequence

from smartupload.errors import Undeliverable
from smartupload.models import Event
from smartupload.service.context import Context


def send(ctx: Context, events: Sequence[Event], target: str) -> None:
    """Mail these events, oldest first, as one mail. `target`: an owner, or recipients.ADMIN and an address.

    Raises DeliveryFault.
    """
    raise Undeliverable("mails are not set up")
