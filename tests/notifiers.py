"""Twins of what events go out by."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

from smartupload.ports import Mail, Mailer, Message, Publisher, Pusher, PushTarget
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
    """Mailer that keeps what it gets."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []

    def send(self, mail: Mail) -> None:
        """See ports.Mailer."""
        self.mails.append(mail)


class Pushbox:
    """Pusher that keeps what it gets."""

    public_key = "BPub"

    def __init__(self) -> None:
        self.pushes: list[tuple[PushTarget, bytes, str]] = []

    def send(self, target: PushTarget, payload: bytes, topic: str) -> None:
        """See ports.Pusher."""
        self.pushes.append((target, payload, topic))


def with_notifiers(
    ctx: Context, webhook: Publisher | None = None, mailer: Mailer | None = None, pusher: Pusher | None = None
) -> Context:
    """The context with these, finishing inline."""
    return with_inline(replace(ctx, webhook=webhook, mailer=mailer, pusher=pusher))
