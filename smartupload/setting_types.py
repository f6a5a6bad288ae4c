"""How the value of a setting is written: each kind with its check, and the sentence that says how to write it."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
import ssl
import unicodedata
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import httpx
from pydantic import AfterValidator, BeforeValidator
from pydantic_settings import NoDecode

_UNITS = {"": 1, "b": 1} | {
    letter + suffix: base**power
    for power, letter in enumerate("kmgt", start=1)
    for suffix, base in (("", 1000), ("b", 1000), ("ib", 1024), ("i", 1024))
}
_SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([a-z]*)", re.IGNORECASE)
_NO_ADDRESS = "is not an address; write it like https://files.example.org"
_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def parse_size(value: object) -> object:
    """Bytes from `5368709120`, `5GB` (powers of 1000) or `5GiB` (powers of 1024); an empty text is None."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if not text:
        return None
    match = _SIZE.fullmatch(text)
    if match is None or match[2].lower() not in _UNITS:
        raise ValueError("is not a size; write it like 5368709120, 5GB or 2GiB")
    size = int(float(match[1]) * _UNITS[match[2].lower()])
    if size <= 0:
        raise ValueError("must be more than nothing")
    return size


def parse_types(value: object) -> object:
    """A tuple of lower-case entries from a comma list such as `image/*, .pdf`."""
    if isinstance(value, str):
        value = [entry.strip().lower() for entry in value.split(",") if entry.strip()]
    if isinstance(value, (list, tuple)):
        for entry in value:  # pyright: ignore[reportUnknownVariableType]
            if not re.fullmatch(r"\.[\w.+-]+|[\w.+*-]+/[\w.+*-]+", str(entry)):  # pyright: ignore[reportUnknownArgumentType]
                raise ValueError(f"holds {entry!r}; write types like image/*, application/pdf or .pdf")
        return tuple(value)  # pyright: ignore[reportUnknownVariableType,reportUnknownArgumentType]
    return value


def parse_emails(value: object) -> object:
    """A tuple of addresses from a comma list."""
    if isinstance(value, str):
        value = tuple(entry.strip() for entry in value.split(",") if entry.strip())
        for entry in value:
            if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", entry):
                raise ValueError(f"holds {entry!r}; write addresses like anna@example.org, ben@example.org")
    return value


def parse_hosts(value: object) -> object:
    """A tuple of lower-case host names from a comma list; `*.example.org` stands for everything below."""
    if isinstance(value, str):
        value = tuple(entry.strip().lower() for entry in value.split(",") if entry.strip())
        for entry in value:
            if not re.fullmatch(r"(\*\.)?[a-z0-9.-]+(:[0-9]+)?", entry):
                raise ValueError(f"holds {entry!r}; write hosts like fcm.googleapis.com or *.push.apple.com")
    return value


def parse_networks(value: object) -> object:
    """A tuple of networks from a comma list of addresses and CIDR blocks."""
    if isinstance(value, str):
        return tuple(_network(entry.strip()) for entry in value.split(",") if entry.strip())
    return value


def _network(entry: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    try:
        return ipaddress.ip_network(entry, strict=False)
    except ValueError:
        raise ValueError(f"holds {entry!r}; write addresses or networks like 127.0.0.1, 10.0.0.0/8") from None


def parse_factor(value: object) -> object:
    """A number above 0; `off` is None."""
    if isinstance(value, str):
        if value.strip().lower() == "off":
            return None
        try:
            number = float(value)
        except ValueError:
            number = 0.0
        if not 0 < number <= 1000:
            raise ValueError("is no factor; write a number above 0 such as 0.5, or off")
        return number
    return value


_ENCODED = "holds a name or a password in which a #, /, ?, @, : or % stands as it is; write it as %23, %2F, %3F, %40, %3A or %25"


def _plain(value: str, may_be_in_path: bool = False) -> str:
    """The address, if what stands before its host can only be read in one way. What is wrong is said without any part of it."""
    scheme, divided, rest = value.partition("://")
    if not divided or not scheme:
        return value
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    before, _, _ = rest[len(authority) :].partition("?")
    said, at, host = authority.rpartition("@")
    if (
        ("@" in before and not may_be_in_path)  # a / or # within a password ends the host
        or ("@" in rest and not at and _has_no_port(host))
        or "@" in said
        or said.count(":") > 1
        or re.search(r"%(?![0-9A-Fa-f]{2})", said)
    ):
        raise ValueError(_ENCODED)
    try:
        urlsplit(value).port  # noqa: B018 - for what it raises, which holds what was written
    except ValueError:
        raise ValueError("is not an address; its host or its port cannot be read") from None
    return value


def _has_no_port(host: str) -> bool:
    name, colon, port = host.rpartition(":")
    return bool(colon) and not port.isdecimal() and "]" not in port and bool(name)


def local_sites(host: str, port: int) -> tuple[str, ...]:
    """The addresses at which this machine reaches a site that listens there; the first one is where it says that it is."""
    usual = (f"http://localhost:{port}", f"http://127.0.0.1:{port}")
    if host in ("", "0.0.0.0", "127.0.0.1", "localhost"):  # noqa: S104
        return usual
    if host == "::":
        return (*usual, f"http://[::1]:{port}")
    own = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    return (own, *usual)


def listens_at(value: str) -> str:
    """An address of this machine, without brackets."""
    host = value.strip().removeprefix("[").removesuffix("]").lower()
    try:
        return str(ipaddress.ip_address(host)) if host else ""
    except ValueError:
        if re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", host) and not re.fullmatch(r"[0-9.]+", host):
            return host
    raise ValueError("is not an address to listen at; write one like 127.0.0.1, 0.0.0.0, ::1 or [::]")


def is_ca_file(value: Path | None) -> Path | None:
    """Certificates as PEM, of those that are to be believed besides all others."""
    if value is None:
        return None
    try:
        ssl.create_default_context(cafile=str(value))
    except FileNotFoundError:
        raise ValueError("is no file") from None
    except ssl.SSLError:
        raise ValueError("holds no certificate; write the name of a PEM file") from None
    except OSError as error:
        raise ValueError(f"cannot be read: {error.strerror}") from None
    return value.resolve()


def is_public(value: str) -> str:
    """An address with nothing behind its host: pages, API and links are at the root."""
    parts = urlsplit(value)
    if value and ("@" in parts.netloc or parts.path.strip("/") or parts.query or parts.fragment):
        raise ValueError(
            "has more than a host: pages, API and links are at the root of one; write it like https://files.example.org"
        )
    return value


def is_bare(value: str) -> str:
    """A store without a name and a password in its address, where nobody reads them."""
    if "@" in value:
        raise ValueError("has a name or a password in it, which belong into the two keys")
    return value


def is_redis(value: str) -> str:
    """A Redis as an address."""
    parts = urlsplit(_plain(value))
    if value and not (
        (parts.scheme in ("redis", "rediss") and parts.hostname) or (parts.scheme == "redis+unix" and parts.path)
    ):
        raise ValueError("is not a Redis; write it like redis://localhost:6379/0 or rediss://user:password@host:6380")
    return value


def parse_sites(value: object) -> object:
    """A tuple of http(s) addresses without a slash at the end, each once, from a list with commas or spaces."""
    if isinstance(value, str):
        entries = re.split(r"[,\s]+", value.strip(", \t\r\n"))
        return tuple(dict.fromkeys(_store(entry) for entry in entries if entry))
    return value


def _store(entry: str) -> str:
    if "@" in entry:
        raise ValueError("holds an address with a name or a password in it, which nobody reads there")
    try:
        if _is_site(entry):
            return ascii_url(entry).rstrip("/")
    except ValueError:
        pass
    raise ValueError(
        f"holds {entry!r}, which is no address of a store; write one like https://s3.example.org, or several with commas"
    )


def _is_site(entry: str) -> bool:
    try:
        parts = urlsplit(entry)
        is_named = re.fullmatch(r"[\w.-]+|[0-9a-f:.]+", parts.hostname or "") is not None
        return parts.scheme in ("http", "https") and is_named and parts.port != 0
    except ValueError:  # a port that is none, half an IPv6 address
        return False


def is_http(value: str) -> str:
    """An http(s) address, as it was written."""
    if _plain(value, may_be_in_path=True):
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(_NO_ADDRESS)
        ascii_url(value)
    return value


def ascii_url(value: str) -> str:
    """The address as it goes out: in headers, signatures and mails, and as browsers name their origin.

    A host in other letters as IDNA has it, other characters of the path in percent, no port that the scheme has anyway.
    """
    try:
        return str(httpx.URL(unicodedata.normalize("NFC", value))) if value else value
    except httpx.InvalidURL:
        raise ValueError(_NO_ADDRESS) from None


def is_database(value: str) -> str:
    """A SQLAlchemy URL of SQLite or PostgreSQL."""
    if not value.startswith("sqlite:"):  # whose file may be called anything
        _plain(value)
    if value and not re.match(r"(sqlite|postgres(ql)?(\+psycopg)?)://", value):
        raise ValueError(
            "is not a database this app can use; write sqlite:///file.sqlite or postgresql://user@host/name"
        )
    return re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", value)


def is_smtp(value: str) -> str:
    """A mail server as an address."""
    parts = urlsplit(_plain(value))
    if value and (parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.port == 0):
        raise ValueError("is not a mail server; write it like smtp://user:password@mail.example.org:587")
    if parts.query not in ("", "tls=on", "tls=off"):
        raise ValueError("may end with ?tls=on or ?tls=off, and with nothing else")
    return value


def is_sender(value: str) -> str:
    """An address, or a name with one."""
    if value and not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+|[^<>\r\n]*<[^@\s<>]+@[^@\s<>]+>", value):
        raise ValueError("is not a sender; write it like files@example.org or Files <files@example.org>")
    return value


def is_vapid(value: str) -> str:
    """A P-256 private key as base64url (RFC 8292)."""
    try:
        raw = base64.b64decode(value.rstrip("=") + "=", altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if value and not (len(raw) == 32 and 0 < int.from_bytes(raw, "big") < _P256_ORDER):
        raise ValueError("is not a VAPID key; write base64url of the 32 bytes of a P-256 private key, or nothing")
    return value


def is_clamd(value: str) -> str:
    """A clamd as an address."""
    parts = urlsplit(value)
    if value and not ((parts.scheme == "unix" and parts.path) or (parts.scheme == "tcp" and parts.hostname)):
        raise ValueError("is not a clamd; write it like tcp://localhost:3310 or unix:///run/clamav/clamd.ctl")
    return value


def is_cookie_key(value: str) -> str:
    """A text that nobody guesses."""
    if value and len(value) < 32:
        raise ValueError("is too short; write 32 characters or more that nobody can guess, or nothing")
    return value


def is_queue(value: str) -> str:
    """An SQS queue or an SNS topic."""
    if value and not re.match(r"https?://|arn:aws[\w-]*:sns:", value):
        raise ValueError("is no queue; write the address of an SQS queue, or the ARN of an SNS topic")
    return value


def is_encryption(value: str) -> str:
    """What S3 calls server-side encryption."""
    if not re.fullmatch(r"(off|AES256|aws:kms(:\S+)?)?", value):
        raise ValueError("is not known; write AES256, aws:kms, aws:kms:KEY, or off")
    return value


_WRITE_SECRET = (
    "take what this prints: python3 -c \"import base64, os; print('whsec_' + base64.b64encode(os.urandom(32)).decode())\", "
    "or a text that begins otherwise"
)


def webhook_key(secret: str) -> bytes:
    """What a webhook is signed with: the base64 after `whsec_`, else the text itself.

    24 to 64 bytes: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md, "Symmetric". Raises ValueError.
    """
    prefix = "whsec_"
    if not secret.startswith(prefix):
        return secret.encode()
    encoded = secret.removeprefix(prefix)
    try:
        key = base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True)
    except ValueError:  # also for letters that are no ASCII
        raise ValueError(f"begins with {prefix}, and no base64 follows; {_WRITE_SECRET}") from None
    if not 24 <= len(key) <= 64:
        raise ValueError(f"is of {len(key)} bytes after {prefix}, and 24 to 64 are needed; {_WRITE_SECRET}")
    return key


def is_webhook_secret(value: str) -> str:
    """The text, once it can be signed with."""
    webhook_key(value)
    return value


def is_issuer(value: str) -> str:
    """An OpenID Connect issuer: by https, or on this machine."""
    parts = urlsplit(value)
    is_near = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if value and not (parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and is_near))):
        raise ValueError("is not an issuer; write it like https://login.example.org")
    if parts.query or parts.fragment:
        raise ValueError("is not an issuer; write it without ? and #")
    return value.rstrip("/")


def is_admin_token(value: str) -> str:
    """A secret that nobody guesses."""
    if value and not re.fullmatch(r"[!-~]{20,}", value):
        raise ValueError("is too easy to guess; write 20 characters at least, without spaces")
    return value


ByteSize = Annotated[int | None, BeforeValidator(parse_size)]
Types = Annotated[tuple[str, ...], NoDecode, BeforeValidator(parse_types)]
Emails = Annotated[tuple[str, ...], NoDecode, BeforeValidator(parse_emails)]
Hosts = Annotated[tuple[str, ...], NoDecode, BeforeValidator(parse_hosts)]
Networks = Annotated[
    tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...], NoDecode, BeforeValidator(parse_networks)
]
Factor = Annotated[float | None, BeforeValidator(parse_factor)]
RedisUrl = Annotated[str, AfterValidator(is_redis)]
HttpUrl = Annotated[str, AfterValidator(is_http)]
SiteUrl = Annotated[str, AfterValidator(is_http), AfterValidator(lambda value: ascii_url(value).rstrip("/"))]
"""Others are put together from it, so it is ASCII, and ends without a slash."""
PublicUrl = Annotated[SiteUrl, AfterValidator(is_public)]
StoreUrl = Annotated[SiteUrl, AfterValidator(is_bare)]
ListenHost = Annotated[str, AfterValidator(listens_at)]
CaFile = Annotated[Path | None, AfterValidator(is_ca_file)]
SiteUrls = Annotated[tuple[str, ...], NoDecode, BeforeValidator(parse_sites)]
DatabaseUrl = Annotated[str, AfterValidator(is_database)]
SmtpUrl = Annotated[str, AfterValidator(is_smtp)]
Sender = Annotated[str, AfterValidator(is_sender)]
WebhookSecret = Annotated[str, AfterValidator(is_webhook_secret)]
VapidKey = Annotated[str, AfterValidator(is_vapid)]
ClamdUrl = Annotated[str, AfterValidator(is_clamd)]
QueueUrl = Annotated[str, AfterValidator(is_queue)]
Encryption = Annotated[str, AfterValidator(is_encryption)]
Issuer = Annotated[str, AfterValidator(is_issuer)]
AdminToken = Annotated[str, AfterValidator(is_admin_token)]
CookieKey = Annotated[str, AfterValidator(is_cookie_key)]
