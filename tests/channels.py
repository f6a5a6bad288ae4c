"""Twins of what events go out by."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

from smartupload.ports import Mail, Message, PushTarget
from smartupload.service.context import Context
from tests.inline import with_inline


class Collector:
    """Publisher that keeps what it gets, in order. `faults` are raised one by one first; `while_sending` runs in between."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.faults: list[Exception] = []
        self.tries = 0
        self.while_sending: Callable[[], object] = lambda: None
        self._guard = threading.Lock()

    @property
    def kinds(self) -> list[str]:
        """The kinds of what it got, without their first word."""
        return [message.kind.removeprefix("upload.") for message in self.messages]

    def send(self, message: Message) -> None:
        """See ports.Publisher."""
        self.while_sending()
        with self._guard:
            self.tries += 1
            if self.faults:
                raise self.faults.pop(0)
            self.messages.append(message)


class Postbox:
    """Mailer and Pusher that keep what they get. `faults` are raised one by one first."""

    public_key = "BPub"

    def __init__(self) -> None:
        self.mails: list[Mail] = []
        self.pushes: list[tuple[PushTarget, bytes, str]] = []
        self.faults: list[Exception] = []

    def send(self, mail: Mail) -> None:
        """See ports.Mailer."""
        self._fail()
        self.mails.append(mail)

    def push(self, target: PushTarget, payload: bytes, topic: str) -> None:
        """As ports.Pusher.send, see `pusher`."""
        self._fail()
        self.pushes.append((target, payload, topic))

    def pusher(self) -> _Pusher:
        """Itself as a Pusher."""
        return _Pusher(self)

    def _fail(self) -> None:
        if self.faults:
            raise self.faults.pop(0)


class _Pusher:
    def __init__(self, postbox: Postbox) -> None:
        self.postbox = postbox
        self.public_key = postbox.public_key

    def send(self, target: PushTarget, payload: bytes, topic: str) -> None:
        """See ports.Pusher."""
        self.postbox.push(target, payload, topic)


def with_channels(ctx: Context, webhook: Collector | None = None, postbox: Postbox | None = None) -> Context:
    """The context with these, finishing inline."""
    pusher = postbox.pusher() if postbox else None
    return with_inline(replace(ctx, webhook=webhook, mailer=postbox, pusher=pusher))
