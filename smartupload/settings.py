"""What can be set from outside: environment variables with the prefix SMARTUPLOAD_, checked before anything starts."""

from __future__ import annotations

import base64
import binascii
import difflib
import os
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

PREFIX = "SMARTUPLOAD_"

# Read by parts of the product that are not switched on in this version; known, so not a typing mistake.
RESERVED = frozenset("REDIS_URL OIDC_ISSUER OIDC_AUDIENCE".split())

_UNITS = {"": 1, "b": 1} | {
    letter + suffix: base**power
    for power, letter in enumerate("kmgt", start=1)
    for suffix, base in (("", 1000), ("b", 1000), ("ib", 1024), ("i", 1024))
}
_SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([a-z]*)", re.IGNORECASE)


class WrongSetting(Exception):
    """A setting is unknown or its value is wrong; the message is one line for a person."""


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


# Where the browsers' own push services are (Chrome and Edge, Firefox, Safari, Edge on Windows).
PUSH_HOSTS = (
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    "*.push.apple.com",
    "*.notify.windows.com",
)

_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551

ByteSize = Annotated[int | None, BeforeValidator(parse_size)]


class Settings(BaseSettings):
    """All settings of design section 4 that this version reads. Build it with `load`, which words its errors."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore", env_ignore_empty=True)

    port: int = Field(default=3000, ge=1, le=65535)
    data_dir: Path = Path("data")
    public_url: str = ""
    database_url: str = ""
    s3_endpoint_url: str = ""
    s3_public_endpoint_url: str = ""
    s3_bucket: str = Field(default="smartupload", min_length=3, max_length=63, pattern=r"^[a-z0-9][a-z0-9.-]+[a-z0-9]$")
    s3_region: str = "us-east-1"
    s3_access_key_id: str = ""
    s3_secret_access_key: str = Field(default="", repr=False)
    max_file_size: ByteSize = None
    allowed_types: Annotated[tuple[str, ...], NoDecode, BeforeValidator(parse_types)] = ()
    owner_quota: ByteSize = None
    wait_threshold_seconds: int = Field(default=45, ge=0)
    abandon_after_days: int = Field(default=7, ge=1)
    smtp_url: str = Field(default="", repr=False)
    mail_from: str = ""
    mail_gather_seconds: int = Field(default=60, ge=0, le=3600)
    admin_emails: Annotated[tuple[str, ...], NoDecode, BeforeValidator(parse_emails)] = ()
    vapid_private_key: str = Field(default="", repr=False)
    push_hosts: Annotated[tuple[str, ...], NoDecode, BeforeValidator(parse_hosts)] = PUSH_HOSTS
    scan: Literal["", "off", "required"] = ""
    clamd_url: str = ""
    keep_blocked: bool = False
    s3_encryption: str = ""
    finishing: Literal["web", "worker"] = "web"
    webhook_url: str = ""
    webhook_secret: str = Field(default="", repr=False)
    events_queue_url: str = ""
    url_expires_seconds: int = Field(default=3600, ge=1, le=604800)
    log_format: Literal["console", "json"] = "console"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        **_: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what `load` hands in, which has read the environment and worded its mistakes."""
        return (init_settings,)

    @field_validator("public_url", "s3_endpoint_url", "s3_public_endpoint_url", "webhook_url")
    @classmethod
    def _is_http(cls, value: str, info: ValidationInfo) -> str:
        if info.field_name != "webhook_url":  # which others have to find as it was written
            value = value.rstrip("/")
        if value:
            parts = urlsplit(value)
            if parts.scheme not in ("http", "https") or not parts.hostname:
                raise ValueError("is not an address; write it like https://files.example.org")
        return value

    @field_validator("database_url")
    @classmethod
    def _is_database(cls, value: str) -> str:
        if value and not re.match(r"(sqlite|postgres(ql)?(\+psycopg)?)://", value):
            raise ValueError(
                "is not a database this app can use; write sqlite:///file.sqlite or postgresql://user@host/name"
            )
        return re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", value)

    @field_validator("smtp_url")
    @classmethod
    def _is_smtp(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.port == 0):
            raise ValueError("is not a mail server; write it like smtp://user:password@mail.example.org:587")
        if parts.query not in ("", "tls=on", "tls=off"):
            raise ValueError("may end with ?tls=on or ?tls=off, and with nothing else")
        return value

    @field_validator("mail_from")
    @classmethod
    def _is_sender(cls, value: str) -> str:
        if value and not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+|[^<>\r\n]*<[^@\s<>]+@[^@\s<>]+>", value):
            raise ValueError("is not a sender; write it like files@example.org or Files <files@example.org>")
        return value

    @field_validator("vapid_private_key")
    @classmethod
    def _is_vapid(cls, value: str) -> str:
        try:
            raw = base64.b64decode(value.rstrip("=") + "=", altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            raw = b""
        if value and not (len(raw) == 32 and 0 < int.from_bytes(raw, "big") < _P256_ORDER):
            raise ValueError("is not a VAPID key; write base64url of the 32 bytes of a P-256 private key, or nothing")
        return value

    @field_validator("clamd_url")
    @classmethod
    def _is_clamd(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and not ((parts.scheme == "unix" and parts.path) or (parts.scheme == "tcp" and parts.hostname)):
            raise ValueError("is not a clamd; write it like tcp://localhost:3310 or unix:///run/clamav/clamd.ctl")
        return value

    @field_validator("events_queue_url")
    @classmethod
    def _is_queue(cls, value: str) -> str:
        if value and not re.match(r"https?://|arn:aws[\w-]*:sns:", value):
            raise ValueError("is no queue; write the address of an SQS queue, or the ARN of an SNS topic")
        return value

    @field_validator("s3_encryption")
    @classmethod
    def _is_encryption(cls, value: str) -> str:
        if not re.fullmatch(r"(off|AES256|aws:kms(:\S+)?)?", value):
            raise ValueError("is not known; write AES256, aws:kms, aws:kms:KEY, or off")
        return value

    @model_validator(mode="after")
    def _belongs_together(self) -> Settings:
        keys = {"S3_ACCESS_KEY_ID": self.s3_access_key_id, "S3_SECRET_ACCESS_KEY": self.s3_secret_access_key}
        if self.s3_endpoint_url:
            for name, value in keys.items():
                if not value:
                    raise ValueError(f"{PREFIX}{name} is missing: {PREFIX}S3_ENDPOINT_URL needs credentials")
        else:
            for name, value in keys.items():
                if value:
                    raise ValueError(f"{PREFIX}S3_ENDPOINT_URL is missing: {PREFIX}{name} belongs to it")
        if self.scan == "required" and not self.clamd_url:
            raise ValueError(f"{PREFIX}CLAMD_URL is missing: {PREFIX}SCAN=required needs a scanner")
        if self.webhook_url and not self.webhook_secret:
            raise ValueError(f"{PREFIX}WEBHOOK_SECRET is missing: what goes to {PREFIX}WEBHOOK_URL is signed with it")
        return self

    @property
    def scans(self) -> bool:
        """Whether nothing is published unscanned: said so, or a clamd is named and nobody said off."""
        return self.scan == "required" or (self.scan == "" and bool(self.clamd_url))

    @property
    def encryption(self) -> str:
        """What every object asks the store for: `AES256`, `aws:kms`, `aws:kms:KEY`, or `off`."""
        return self.s3_encryption or "AES256"

    @property
    def embedded_store(self) -> bool:
        """Whether the app runs its own store (no S3_ENDPOINT_URL given)."""
        return not self.s3_endpoint_url

    @cached_property
    def site_url(self) -> str:
        """The address people use, without a slash at its end."""
        return self.public_url or f"http://localhost:{self.port}"

    @cached_property
    def origins(self) -> tuple[str, ...]:
        """Origins that are this site: the public one and the two local ones."""
        parts = urlsplit(self.site_url)
        local = (f"http://localhost:{self.port}", f"http://127.0.0.1:{self.port}")
        return tuple(dict.fromkeys((f"{parts.scheme}://{parts.netloc}", *local)))

    @property
    def listen_host(self) -> str:
        """Loopback only with the embedded store, which browsers elsewhere could not reach anyway."""
        return "127.0.0.1" if self.embedded_store else "0.0.0.0"  # noqa: S104

    @property
    def database(self) -> str:
        """The SQLAlchemy URL."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'smartupload.sqlite').resolve()}"

    @property
    def workflow_database(self) -> str:
        """The SQLAlchemy URL of what the durable workflows keep: beside the SQLite file, or in the same PostgreSQL."""
        if self.database.startswith("sqlite"):
            path, dot, suffix = self.database.rpartition(".")
            return f"{path}-workflows.{suffix}" if dot and "/" not in suffix else f"{self.database}-workflows"
        return self.database

    @property
    def sender(self) -> str:
        """The address that mails come from."""
        return self.mail_from or f"smartupload@{urlsplit(self.site_url).hostname}"


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment; raises WrongSetting with one line that names the variable and what to write."""
    given = os.environ if environ is None else environ
    known = {name.upper() for name in Settings.model_fields} | RESERVED
    for variable in sorted(given):
        if variable.upper().startswith(PREFIX) and variable[len(PREFIX) :].upper() not in known:
            close = difflib.get_close_matches(variable[len(PREFIX) :].upper(), sorted(known), n=1, cutoff=0.6)
            hint = f" Did you mean {PREFIX}{close[0]}?" if close else " The settings are listed in docs/operating.md."
            raise WrongSetting(f"{variable} is not a setting.{hint}")
    values = {name: given[key] for name in Settings.model_fields if given.get(key := PREFIX + name.upper(), "") != ""}
    try:
        return Settings.model_validate(values)
    except ValidationError as wrong:
        raise WrongSetting(_one_line(wrong, values)) from None


def _one_line(wrong: ValidationError, values: dict[str, Any]) -> str:
    first = wrong.errors()[0]
    message = first["msg"].removeprefix("Value error, ")
    if not first["loc"]:
        return message + "."
    name = str(first["loc"][0])
    shown = f"={values.get(name, '')!r}" if Settings.model_fields[name].repr else ""
    verb = "" if message.startswith(("is ", "holds ")) else "is wrong: "
    return f"{PREFIX}{name.upper()}{shown} {verb}{message[0].lower() + message[1:]}."
