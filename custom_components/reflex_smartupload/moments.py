"""When a Python handler hears what became of a file: once for each upload that this browser began.

It fires while a page is open. What must happen also when nobody is there belongs behind a webhook.
"""

import dataclasses

import reflex as rx
from reflex.components.component import Component

from .client import HANDLERS_MODULE
from .live import Totals
from .provider import ClientComponent


@dataclasses.dataclass(frozen=True)
class Ended:
    """An upload, as a handler gets it: at its end, or as it is when something else has happened to it."""

    id: str
    """The server's id of the upload; empty when it was refused before it had one."""
    name: str
    path: str
    """Folder and name as dropped, empty for a single file."""
    size: int
    """Bytes."""
    state: str
    """``ready``, ``blocked``, ``failed`` or ``cancelled``; before its end as `Card.state`."""
    share_url: str
    """The link, empty when there is nothing behind it."""
    download_url: str
    """For the owner, empty unless it is ready."""
    error: str
    """A sentence for the person, empty when it is ready."""
    error_code: str
    uploader: str = ""
    """Which uploader took it, see `configure`; empty for the one without a name."""


def _ended_spec(ended: rx.Var[Ended]) -> tuple[rx.Var[Ended]]:
    return (ended,)


class OnMoment(ClientComponent):
    """Renders nothing and fires ``on_moment`` when this happens to an upload of this browser."""

    library = HANDLERS_MODULE
    tag = "OnMoment"

    moment: rx.Var[str]

    on_moment: rx.EventHandler[_ended_spec]


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
    return OnMoment.create(moment="ready", on_moment=handler)


def on_cancelled(handler: rx.event.EventType[Ended]) -> Component:
    """Like `on_ready`, when a file is cancelled for good: ten seconds after a person has cancelled it, and not at all where they undo that.

    Args:
        handler: takes an `Ended`.
    """
    return OnMoment.create(moment="cancelled", on_moment=handler)


def on_added(handler: rx.event.EventType[Ended]) -> Component:
    """Like `on_ready`, as soon as the server knows a file and has given it its link; nothing of it may have arrived yet.

    Args:
        handler: takes an `Ended`.
    """
    return OnMoment.create(moment="added", on_moment=handler)


def on_safe(handler: rx.event.EventType[Ended]) -> Component:
    """Like `on_ready`, when all of a file is safe in this browser or in the store: nobody has to choose it again.

    Args:
        handler: takes an `Ended`.
    """
    return OnMoment.create(moment="safe", on_moment=handler)


def on_duplicate(handler: rx.event.EventType[Ended]) -> Component:
    """Call a handler when a file is dropped that is on its way already, with the upload that it is; of several times it hears the first.

    Args:
        handler: takes an `Ended`.
    """
    return OnMoment.create(moment="duplicate", on_moment=handler)


def on_blocked(handler: rx.event.EventType[Ended]) -> Component:
    """Like `on_ready`, when the type check or the scan blocked a file; ``error`` says why.

    Args:
        handler: takes an `Ended`.
    """
    return OnMoment.create(moment="blocked", on_moment=handler)


def on_failed(handler: rx.event.EventType[Ended]) -> Component:
    """Like `on_ready`, when an upload failed; the person may press Retry, and the upload is another one then.

    Args:
        handler: takes an `Ended`.
    """
    return OnMoment.create(moment="failed", on_moment=handler)


def _totals_spec(totals: rx.Var[Totals]) -> tuple[rx.Var[Totals]]:
    return (totals,)


class OnProgress(ClientComponent):
    """Renders nothing and fires ``on_progress`` now and then while something is on its way."""

    library = HANDLERS_MODULE
    tag = "OnProgress"

    seconds: rx.Var[float]

    on_progress: rx.EventHandler[_totals_spec]


def on_progress(handler: rx.event.EventType[Totals], every: float = 2) -> Component:
    """Call a handler with how far everything is, in each tab that is looked at, and once more when all is there.

    What is shown to the person needs no handler: `cards` and `totals` change in the browser by themselves.

    Args:
        handler: takes `Totals`.
        every: seconds between two calls at least.
    """
    return OnProgress.create(seconds=every, on_progress=handler)
