"""A real SMTP server that keeps what it is sent, with TLS and passwords when asked for, and answers on demand."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Generator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from tests.certificates import certificate_for

USER, PASSWORD = "anna", "p@ss/word"


@dataclass(frozen=True)
class Received:
    """A mail as it came: what the envelope said, and what was in it."""

    sender: str
    recipients: list[str]
    message: EmailMessage
    raw: bytes

    @property
    def text(self) -> str:
        """The plain half."""
        return body(self.message, "plain")

    @property
    def html(self) -> str:
        """The other half."""
        return body(self.message, "html")


def read(raw: bytes) -> EmailMessage:
    """A mail as a program reads it."""
    found = message_from_bytes(raw, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def body(message: EmailMessage, kind: str) -> str:
    """One half of a mail, with line ends as programs write them here."""
    part = message.get_body((kind,))
    assert part is not None
    return part.get_content().replace("\r\n", "\n")


class Sink:
    """What came, and what to answer: `says["RCPT"]` or `says["DATA"]` instead of taking it, for as long as it is set."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.says: dict[str, str] = {}
        self.received: list[Received] = []
        self._more = threading.Condition()

    def wait_for(self, count: int, seconds: float = 30) -> list[Received]:
        """Return once so many have come."""
        with self._more:
            assert self._more.wait_for(lambda: len(self.received) >= count, seconds), self.received
        return self.received

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        """See aiosmtpd."""
        if "RCPT" in self.says:
            return self.says["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        """See aiosmtpd."""
        if "DATA" in self.says:
            return self.says["DATA"]
        with self._more:
            raw = envelope.content
            self.received.append(Received(envelope.mail_from, list(envelope.rcpt_tos), read(raw), raw))
            self._more.notify_all()
        return "250 OK"


def _authenticate(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=right)


@contextlib.contextmanager
def smtp_sink(**options: Any) -> Generator[Sink]:
    """A server on a free port of the loopback interface. `options` are those of aiosmtpd's Controller."""
    if options.pop("auth", False):
        options |= {"authenticator": _authenticate, "auth_required": True}
    for attempt in range(5):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            sink = Sink(free.getsockname()[1])
        controller = Controller(sink, hostname="127.0.0.1", port=sink.port, ready_timeout=30, **options)
        try:
            controller.start()
            break
        except OSError:
            if attempt == 4:
                raise  # somebody else took the port each time
    try:
        yield sink
    finally:
        controller.stop()


@dataclass(frozen=True)
class Certificate:
    """Of 127.0.0.1, which nobody has signed but itself: for the server, and for a client that trusts it."""

    server: ssl.SSLContext
    client: ssl.SSLContext


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """Made anew for each run."""
    file = certificate_for("127.0.0.1", tmp_path_factory.mktemp("certificate"))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(file)
    return Certificate(server, ssl.create_default_context(cafile=str(file)))


@pytest.fixture
def sink() -> Generator[Sink]:
    """One without TLS."""
    with smtp_sink() as running:
        yield running
