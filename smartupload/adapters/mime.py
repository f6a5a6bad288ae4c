"""How a mail is written down (RFC 5322): text and HTML, and no header that somebody else could have slipped in."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, make_msgid, parseaddr

from smartupload.errors import Undeliverable
from smartupload.ports import Mail

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_VALUE = re.compile(r"[\x20-\x7e]{1,900}")
_OURS = frozenset(("from", "to", "cc", "bcc", "sender", "subject", "date", "mime-version", "content-type"))


class _Policy(EmailPolicy):
    """Folds what the library folds wrongly: it writes long addresses as encoded words, and loses spaces between words."""

    def fold(self, name: str, value: str) -> str:
        """See email.policy."""
        return _folded(name, value) or super().fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        """See email.policy."""
        return _folded(name, value).encode("ascii") or super().fold_binary(name, value)


def _folded(name: str, value: str) -> str:
    if value.startswith("<") and _VALUE.fullmatch(value):
        return f"{name}: {value}\r\n"
    if name == "Subject" and not value.isascii():
        words = Header(value, "utf-8", header_name=name).encode(linesep="\r\n")
        return f"{name}: {words}\r\n"
    return ""


_POLICY = _Policy(linesep="\r\n", raise_on_defect=False)


def message(mail: Mail, sender: str) -> EmailMessage:
    """The mail with all its headers. `sender`: an address, or `Name <address>`.

    Control characters in the subject become spaces. Raises Undeliverable for an address, or a further header, that
    is none. A Message-ID among the further headers is taken, so that a mail sent again is known to be the same.
    """
    written = EmailMessage(policy=_POLICY)
    written["From"] = sender_of(sender)
    written["To"] = _address(mail.to)
    written["Subject"] = _CONTROLS.sub(" ", mail.subject).strip()
    written["Date"] = format_datetime(datetime.now(UTC))
    written["Auto-Submitted"] = "auto-generated"
    for name, value in mail.headers.items():
        if not _NAME.fullmatch(name) or not _VALUE.fullmatch(value) or name.lower() in _OURS or name in written:
            raise Undeliverable(f"the header {name!r} cannot be sent")
        written[name] = value
    if "Message-ID" not in written:
        written["Message-ID"] = make_msgid(domain=sender_of(sender).domain)
    # Quoted-printable, since not every server takes eight bits, and lines of HTML are long.
    written.set_content(mail.text, cte="quoted-printable")
    written.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    return written


def sender_of(sender: str) -> Address:
    """Name and address that mails come from. Raises Undeliverable."""
    name, address = parseaddr(sender)
    found = _address(address)
    return Address(_CONTROLS.sub(" ", name) or "smartupload", found.username, found.domain)


def _address(text: str) -> Address:
    """One address: a list, a name or a line break in it is refused. A domain of other letters is written in ASCII."""
    username, at, domain = text.rpartition("@")
    if not at or not username or not domain or re.search(r"[\s<>(),;:\\\"\[\]@]", username + domain):
        raise Undeliverable(f"{text!r} is no address")
    try:
        return Address("", username, domain.encode("idna").decode("ascii"))
    except (ValueError, UnicodeError) as wrong:
        raise Undeliverable(f"{text!r} is no address") from wrong
