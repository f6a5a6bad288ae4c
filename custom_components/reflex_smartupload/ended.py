"""When a Python handler hears that a file is ready, blocked or failed: once for each upload that this browser began.

It fires while a page is open. What must happen also when nobody is there belongs behind a webhook.
"""

import dataclasses

import reflex as rx
from reflex.components.component import Component

from .client import REACT_MODULE
from .provider import provider_wraps


@dataclasses.dataclass(frozen=True)
class Ended:
    """An upload that has come to its end, as a handler gets it."""

    id: str
    """The server's id of the upload; empty when it was refused before it had one."""
    name: str
    path: str
    """Folder and name as dropped, empty for a single file."""
    size: int
    """Bytes."""
    state: str
    """``ready``, ``blocked`` or ``failed``."""
    share_url: str
    """The link, empty when there is nothing behind it."""
    download_url: str
    """For the owner, empty unless it is ready."""
    error: str
    """A sentence for the person, empty when it is ready."""
    error_code: str


def _ended_spec(ended: rx.Var[Ended]) -> tuple[rx.Var[Ended]]:
    return (ended,)


class OnEnd(Component):
    """Renders nothing and fires ``on_end`` when an upload of this browser comes to this end."""

    library = REACT_MODULE
    tag = "OnEnd"

    state: rx.Var[str]

    on_end: rx.EventHandler[_ended_spec]

    @staticmethod
    def _get_app_wrap_components() -> dict[tuple[int, str], Component]:
        return {(order, "SmartuploadProvider"): wrap for order, wrap in provider_wraps()}


def on_ready(handler: rx.event.EventType[Ended]) -> Component:
    """Call a handler when a file is ready, wherever on the page this stands.

        class Inbox(rx.State):
            @rx.event
            def arrived(self, ended: su.Ended):
                ...

        rx.fragment(su.on_ready(Inbox.arrived), ...)

    It is called once for each upload that this browser began, by one of its open tabs on which it stands: the one that is
    looked at, if there is one. Put it into what all your pages share, and people may be on any of them.

    Args:
        handler: takes an `Ended`.
    """
    return OnEnd.create(state="ready", on_end=handler)


def on_blocked(handler: rx.event.EventType[Ended]) -> Component:
    """Like `on_ready`, when the type check or the scan blocked a file; ``error`` says why.

    Args:
        handler: takes an `Ended`.
    """
    return OnEnd.create(state="blocked", on_end=handler)


def on_failed(handler: rx.event.EventType[Ended]) -> Component:
    """Like `on_ready`, when an upload failed; the person may press Retry, and the upload is another one then.

    Args:
        handler: takes an `Ended`.
    """
    return OnEnd.create(state="failed", on_end=handler)
