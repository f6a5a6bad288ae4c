"""Which key the site signs its pushes with (VAPID, RFC 8292): the one it was given, else one made on the first start."""

from __future__ import annotations

import base64
import os
import re
import tempfile
from collections.abc import Sequence
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

FILE = "vapid.key"
KEY_BYTES = 32


def private_key(given: str, data_dir: Path) -> str:
    """Base64url of the 32 bytes of a P-256 private key: `given`, or what lies in the data folder, made if need be.

    Processes that start at once agree on one. Raises ValueError with one line that says what to do.
    """
    if given:
        return _checked(given, "SMARTUPLOAD_VAPID_PRIVATE_KEY holds no P-256 key; leave it out and one is made.")
    file = data_dir / FILE
    if not file.exists():
        _make(file)
    try:
        text = file.read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        raise ValueError(f"{file} cannot be read ({type(error).__name__}). {_REMEDY}") from error
    return _checked(text, f"{file} holds no P-256 key. {_REMEDY}")


_REMEDY = "Put its backup back, or delete it: a new key is made, and whoever wants pushes has to ask for them again."


def public_key(private: str) -> str:
    """The application server key that browsers subscribe with: base64url of the uncompressed point."""
    point = _key(private).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


NOBODY = "mailto:smartupload@localhost"
"""A contact that Apple's service takes no token with (403 BadJwtToken); the others do."""


def subject(site_url: str, addresses: Sequence[str]) -> str:
    """Whom a push service can turn to (RFC 8292, 2.1): the first of these mail addresses that others can reach, else the site, else NOBODY."""
    for address in addresses:
        local, _, host = parseaddr(address)[1].rpartition("@")
        if _LOCAL.fullmatch(local) and (public := _public(host)):
            return f"mailto:{local}@{public}"
    parts = urlsplit(site_url)
    public = _public(parts.hostname or "") if parts.scheme == "https" else ""
    return f"https://{public}" if public else NOBODY


_LOCAL = re.compile(r"[A-Za-z0-9._+-]+")
_NAME = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
_NOT_PUBLIC = frozenset(
    "local localhost localdomain internal intranet private lan home corp test example invalid onion arpa".split()
)
"""What ends no name that others could look up (RFC 6761, RFC 6762, and what people call their networks)."""


def _public(host: str) -> str:
    """The name as it is looked up, where others can do so; empty where they cannot."""
    try:
        name = host.rstrip(".").encode("idna").decode().lower()
    except UnicodeError:
        return ""
    return name if _NAME.fullmatch(name) and name.rpartition(".")[2] not in _NOT_PUBLIC else ""


def _checked(text: str, otherwise: str) -> str:
    try:
        _key(text)
    except ValueError:
        raise ValueError(otherwise) from None  # nothing of the key goes into a traceback
    return text.rstrip("=")


def _key(private: str) -> ec.EllipticCurvePrivateKey:
    padded = private.rstrip("=").encode("ascii") + b"="
    raw = base64.b64decode(padded, altchars=b"-_", validate=True)
    if len(raw) != KEY_BYTES:
        raise ValueError("not 32 bytes")
    return ec.derive_private_key(int.from_bytes(raw, "big"), ec.SECP256R1())


def _make(file: Path) -> None:
    """Written whole beside its place, then linked to it: whoever comes second finds the first one's there."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    raw = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value.to_bytes(KEY_BYTES, "big")
    handle, draft = tempfile.mkstemp(prefix=f"{FILE}.", dir=file.parent)  # readable by its user only
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(base64.urlsafe_b64encode(raw).rstrip(b"="))
            out.flush()
            os.fsync(out.fileno())
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        os.unlink(draft)
