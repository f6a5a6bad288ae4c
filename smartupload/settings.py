"""What can be set from outside: environment variables with the prefix SMARTUPLOAD_, checked before anything starts."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, cast
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from smartupload.setting_types import (
    AdminToken,
    ByteSize,
    CaFile,
    ClamdUrl,
    CookieKey,
    DatabaseUrl,
    Emails,
    Encryption,
    Factor,
    Hosts,
    HttpUrl,
    Issuer,
    ListenHost,
    Networks,
    PublicUrl,
    QueueUrl,
    RedisUrl,
    Sender,
    SiteUrls,
    SmtpUrl,
    StoreUrl,
    Types,
    VapidKey,
    WebhookSecret,
    local_sites,
    parse_hosts,
    webhook_key,
)

PREFIX = "SMARTUPLOAD_"


class WrongSetting(Exception):
    """A setting is unknown or its value is wrong; the message is one line for a person."""


# Where the browsers' own push services are.
PUSH_HOSTS = (
    "fcm.googleapis.com",  # Chrome, Edge on telephones, Brave, Opera, Vivaldi, Samsung Internet
    "jmt17.google.com",  # Chromium as Linux distributions build it, without Google's keys
    "*.push.services.mozilla.com",  # Firefox: updates.push.services.mozilla.com
    "*.push.apple.com",  # Safari, and apps on the home screen: web.push.apple.com
    "*.notify.windows.com",  # Edge on computers: wns2-….notify.windows.com
)
BROWSERS = "browsers"
"""In the setting: all of these, besides others."""


def _push_hosts(value: object) -> object:
    found = parse_hosts(value)
    if not isinstance(found, tuple):
        return found
    named = cast("tuple[str, ...]", found)
    return tuple(dict.fromkeys(host for entry in named for host in (PUSH_HOSTS if entry == BROWSERS else (entry,))))


PushHosts = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_push_hosts)]


class Settings(BaseSettings):
    """All settings, as docs/operating.md lists them. Build it with `load`, which words its errors."""

    # A space or a line end around a value came from a file or a paste: no setting means it.
    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="ignore", env_ignore_empty=True, str_strip_whitespace=True
    )

    port: int = Field(default=3000, ge=1, le=65535)
    data_dir: Path = Path("data")
    public_url: PublicUrl = ""
    host: ListenHost = ""
    ca_file: CaFile = None
    database_url: DatabaseUrl = ""
    s3_endpoint_url: StoreUrl = ""
    s3_public_endpoint_url: SiteUrls = ()
    s3_bucket: str = Field(default="smartupload", min_length=3, max_length=63, pattern=r"^[a-z0-9][a-z0-9.-]+[a-z0-9]$")
    s3_region: str = "us-east-1"
    s3_access_key_id: str = ""
    s3_secret_access_key: str = Field(default="", repr=False)
    s3_addressing: Literal["auto", "host", "path"] = "auto"
    relay: Literal["on", "off"] = "off"
    max_file_size: ByteSize = None
    allowed_types: Types = ()
    owner_quota: ByteSize = None
    site_quota: ByteSize = None
    open_uploads: int = Field(default=2000, ge=1)
    rates: Factor = 1.0
    connections: int = Field(default=1000, ge=1)
    header_seconds: float = Field(default=20, ge=0.1, le=3600)
    redis_url: RedisUrl = Field(default="", repr=False)
    trusted_proxies: Networks = ()
    wait_threshold_seconds: int = Field(default=45, ge=0)
    ask_on_metered_mb: int = Field(default=50, ge=0)
    abandon_after_days: int = Field(default=7, ge=1)
    smtp_url: SmtpUrl = Field(default="", repr=False)
    mail_from: Sender = ""
    mail_gather_seconds: int = Field(default=60, ge=0, le=3600)
    admin_emails: Emails = ()
    vapid_private_key: VapidKey = Field(default="", repr=False)
    push_hosts: PushHosts = PUSH_HOSTS
    scan: Literal["", "off", "required"] = ""
    clamd_url: ClamdUrl = ""
    keep_blocked: bool = False
    s3_encryption: Encryption = ""
    finishing: Literal["web", "worker"] = "web"
    private_hosts: Hosts = ()
    webhook_url: HttpUrl = ""
    webhook_secret: WebhookSecret = Field(default="", repr=False)
    events_queue_url: QueueUrl = ""
    admin_token: AdminToken = Field(default="", repr=False)
    keep_ended_days: int = Field(default=30, ge=1)
    audit_days: int = Field(default=90, ge=1)
    url_expires_seconds: int = Field(default=3600, ge=1, le=604800)
    access: Literal["open", "login", "invite"] = "open"
    oidc_issuer: Issuer = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = Field(default="", repr=False)
    oidc_audience: str = ""
    session_seconds: int = Field(default=7 * 24 * 3600, ge=60, le=400 * 24 * 3600)
    cookie_key: CookieKey = Field(default="", repr=False)
    log_format: Literal["console", "json"] = "console"
    examples: Literal["on", "off"] = "off"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        **_: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what `load` hands in, which has read the environment and worded its mistakes."""
        return (init_settings,)

    @model_validator(mode="after")
    def _belongs_together(self) -> Settings:
        keys = {"S3_ACCESS_KEY_ID": self.s3_access_key_id, "S3_SECRET_ACCESS_KEY": self.s3_secret_access_key}
        for name, value in keys.items():
            if value and not self.s3_endpoint_url:
                raise ValueError(f"{PREFIX}S3_ENDPOINT_URL is missing: {PREFIX}{name} belongs to it")
        for name, value in keys.items():
            if not value and any(keys.values()):
                raise ValueError(f"{PREFIX}{name} is missing: write both keys, or none for those of the environment")
        if self.s3_addressing == "host" and "." in self.s3_bucket and self.s3_endpoint_url.startswith("https:"):
            raise ValueError(
                f"{PREFIX}S3_ADDRESSING=host needs a bucket without a dot: no certificate names {self.s3_bucket!r} before a host"
            )
        if self.scan == "required" and not self.clamd_url:
            raise ValueError(f"{PREFIX}CLAMD_URL is missing: {PREFIX}SCAN=required needs a scanner")
        if self.webhook_url and not self.webhook_secret:
            raise ValueError(f"{PREFIX}WEBHOOK_SECRET is missing: what goes to {PREFIX}WEBHOOK_URL is signed with it")
        return self

    @model_validator(mode="after")
    def _does_something(self) -> Settings:
        """One that nobody would read is a mistake, and is said to be one."""
        without = {
            "webhook_secret": (bool(self.webhook_url), "WEBHOOK_URL is missing"),
            "session_seconds": (bool(self.oidc_issuer), "OIDC_ISSUER is missing"),
            "clamd_url": (self.scan != "off", "SCAN=off scans nothing"),
            "redis_url": (self.rates is not None, "RATES=off counts nothing"),
        }
        for name, (is_read, why) in without.items():
            if name in self.model_fields_set and getattr(self, name) and not is_read:
                raise ValueError(f"{PREFIX}{why}: {PREFIX}{name.upper()} does nothing with that, so leave it out")
        return self

    @model_validator(mode="after")
    def _says_who_may_come(self) -> Settings:
        if self.oidc_issuer:
            if not self.oidc_client_id:
                raise ValueError(f"{PREFIX}OIDC_CLIENT_ID is missing: {PREFIX}OIDC_ISSUER knows this site by it")
            return self
        if self.access != "open":
            raise ValueError(
                f"{PREFIX}OIDC_ISSUER is missing: {PREFIX}ACCESS={self.access} needs somebody who signs people in"
            )
        for name in ("oidc_client_id", "oidc_client_secret", "oidc_audience"):
            if getattr(self, name):
                raise ValueError(f"{PREFIX}OIDC_ISSUER is missing: {PREFIX}{name.upper()} belongs to it")
        return self

    @property
    def scans(self) -> bool:
        """Whether nothing is published unscanned: said so, or a clamd is named and nobody said off."""
        return self.scan == "required" or (self.scan == "" and bool(self.clamd_url))

    @property
    def webhook_key(self) -> bytes:
        """What the webhook's secret stands for."""
        return webhook_key(self.webhook_secret)

    @property
    def encryption(self) -> str:
        """What every object asks the store for: `AES256`, `aws:kms`, `aws:kms:KEY`, or `off`."""
        return self.s3_encryption or "AES256"

    @property
    def second_net_days(self) -> int:
        """After how many days the store itself lets go of what is unfinished: it counts from the beginning of an upload, so a slow one has time left."""
        return self.abandon_after_days + 30

    @property
    def embedded_store(self) -> bool:
        """Whether the app runs its own store (no S3_ENDPOINT_URL given)."""
        return not self.s3_endpoint_url

    @property
    def site_url(self) -> str:
        """The address people use, without a slash at its end."""
        return self.public_url or local_sites(self.host, self.port)[0]

    @property
    def origins(self) -> tuple[str, ...]:
        """Origins that are this site: the public one and those of this machine."""
        parts = urlsplit(self.site_url)
        return tuple(dict.fromkeys((f"{parts.scheme}://{parts.netloc}", *local_sites(self.host, self.port))))

    @property
    def mixed(self) -> str:
        """Why browsers would send nothing, where that can be told from the addresses alone; else empty."""
        stores = self.s3_public_endpoint_url or (self.s3_endpoint_url or "http://127.0.0.1",)
        plain = [one for one in stores if one.startswith("http:")]
        if not self.site_url.startswith("https:") or not plain:
            return ""
        where = "that of this app" if self.embedded_store and not self.s3_public_endpoint_url else f"at {plain[0]}"
        return (
            f"pages are at {self.site_url} and the store is {where}, without TLS: browsers refuse to send there. "
            f"Set {PREFIX}S3_PUBLIC_ENDPOINT_URL to an https address of the store"
        )

    def at_port(self, port: int) -> Settings:
        """The same for a site at another port; one that has an address of its own (`public_url`) stays there."""
        return self.model_copy(update={"port": port})

    @property
    def listen_host(self) -> str:
        """Where it listens: loopback only with the embedded store, which browsers elsewhere could not reach anyway."""
        return self.host or ("127.0.0.1" if self.embedded_store else "0.0.0.0")  # noqa: S104

    @property
    def trusted_file(self) -> str:
        """The certificates of an authority of one's own; empty for none."""
        return str(self.ca_file or "")

    @property
    def database(self) -> str:
        """The SQLAlchemy URL."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'smartupload.sqlite').resolve()}"

    @property
    def sender(self) -> str:
        """The address that mails come from."""
        return self.mail_from or f"smartupload@{urlsplit(self.site_url).hostname}"


_OF_PROGRAMS = {"TOKEN"}
"""What `smartupload put` reads, in an environment that may be the server's as well."""


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment; raises WrongSetting with one line that names the variable and what to write."""
    given = os.environ if environ is None else environ
    known = {name.upper() for name in Settings.model_fields}
    for variable in sorted(given):
        if variable.upper().startswith(PREFIX) and variable[len(PREFIX) :].upper() not in known | _OF_PROGRAMS:
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
    given = str(values.get(name, ""))
    # An address with somebody's name in it may have a password, too.
    is_shown = Settings.model_fields[name].repr and not ("://" in given and "@" in given)
    shown = f"={given!r}" if is_shown else ""
    verb = "" if message.startswith(("is ", "holds ", "begins ", "has ", "cannot ")) else "is wrong: "
    return f"{PREFIX}{name.upper()}{shown} {verb}{message[0].lower() + message[1:]}."
