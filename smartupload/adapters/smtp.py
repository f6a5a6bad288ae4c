"""Mailer over an SMTP server: which answers mean later, and which mean never."""

from __future__ import annotations

import contextlib
import ipaddress
import smtplib
import ssl
from collections.abc import Generator
from urllib.parse import parse_qs, unquote, urlsplit

from smartupload.adapters import mime
from smartupload.errors import TryAgain, Undeliverable
from smartupload.ports import Mail

_AUTHENTICATION_REQUIRED = 530
_GREETING, _ANSWER = 10, 50
"""Seconds for each answer, until it takes a mail and from then on, when it may look into it. All of them together are
less than the lease of a delivery: else somebody else would send it, too."""


class Smtp:
    """One server. `smtp://user:password@host:587` asks for STARTTLS, `smtps://…:465` speaks TLS from the start.

    Without TLS nothing is sent, but to the machine itself or when the address ends with `?tls=off`; `?tls=on` asks for
    it there, too. `sender`: an address, or `Name <address>`.
    """

    def __init__(self, url: str, sender: str, tls: ssl.SSLContext | None = None) -> None:
        parts = urlsplit(url)
        self.host = parts.hostname or ""
        self._implicit = parts.scheme == "smtps"
        self.port = parts.port or (465 if self._implicit else 587)
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        wanted = parse_qs(parts.query).get("tls", [""])[0]
        self._encrypts = wanted == "on" or (wanted != "off" and not _is_loopback(self.host))
        self._sender = sender
        self._tls = tls or ssl.create_default_context()

    def send(self, mail: Mail) -> None:
        """See ports.Mailer."""
        message = mime.message(mail, self._sender)
        with self._connection() as server:
            try:
                server.send_message(message)
            except smtplib.SMTPNotSupportedError as error:
                raise Undeliverable(f"{self.host} does not take addresses in other letters than ASCII") from error
            except smtplib.SMTPRecipientsRefused as error:
                code, said = next(iter(error.recipients.values()))
                raise _fault(code, said) from error
            except smtplib.SMTPResponseException as error:
                raise _fault(error.smtp_code, error.smtp_error) from error
            except (smtplib.SMTPException, OSError) as error:
                raise TryAgain(f"{self.host} went away: {error}") from error

    def check(self) -> None:
        """Whether it lets us in; nothing is sent. Raises errors.TryAgain, whose cause is the library's."""
        with self._connection():
            pass

    @contextlib.contextmanager
    def _connection(self) -> Generator[smtplib.SMTP]:
        """Whatever fails here is for whoever runs the site to mend, so no mail is given up for it."""
        try:
            server = self._open()
        except (smtplib.SMTPException, OSError) as error:
            raise TryAgain(f"{self.host}:{self.port} takes no mail: {error}") from error
        try:
            yield server
        finally:
            # The mail is accepted, or not, by now: a failing good-bye changes nothing.
            with contextlib.suppress(smtplib.SMTPException, OSError):
                _patience(server, _GREETING)
                server.quit()
            server.close()

    def _open(self) -> smtplib.SMTP:
        # A name of its own, since the library would ask the DNS for one.
        name = mime.sender_of(self._sender).domain
        if self._implicit:
            server = smtplib.SMTP_SSL(self.host, self.port, name, timeout=_GREETING, context=self._tls)
        else:
            server = smtplib.SMTP(self.host, self.port, name, timeout=_GREETING)
        try:
            if self._encrypts and not self._implicit:
                server.starttls(context=self._tls)
            if self._user:
                server.login(self._user, self._password)
            _patience(server, _ANSWER)
        except BaseException:
            server.close()
            raise
        return server


def _patience(server: smtplib.SMTP, seconds: float) -> None:
    if server.sock is not None:
        server.sock.settimeout(seconds)


def _fault(code: int, said: bytes | str) -> TryAgain | Undeliverable:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    reason = f"{code} {text}"[:500]
    if code >= 500 and code != _AUTHENTICATION_REQUIRED:
        return Undeliverable(reason)
    return TryAgain(reason)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
