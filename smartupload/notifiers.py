"""The notifiers: what the settings name for webhooks, queues, pushes and mails."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import structlog

from smartupload.adapters import outward, trust, vapid
from smartupload.adapters.eml import EmlFiles
from smartupload.adapters.smtp import Smtp
from smartupload.adapters.sqs import SqsOrSns
from smartupload.adapters.webhook import Webhook
from smartupload.adapters.webpush import WebPush
from smartupload.ports import Mailer, Publisher, Pusher
from smartupload.service.notify import endpoints
from smartupload.settings import Settings

log = structlog.get_logger("smartupload")
_HERE = ("localhost", "127.0.0.1", "::1")
"""A site that is tried out on this machine."""

# With one of these boto3 finds credentials that were meant for AWS, which the store's keys need not be.
_AWS = (
    "AWS_ACCESS_KEY_ID",
    "AWS_PROFILE",
    "AWS_ROLE_ARN",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
)


@dataclass(frozen=True)
class Notifiers:
    """As service.context.Context has them; None is not set up."""

    webhook: Publisher | None
    queue: Publisher | None
    pusher: Pusher
    mailer: Mailer


def open_notifiers(settings: Settings) -> Notifiers:
    """All of them. Asks nobody; makes the key for pushes on the first start."""
    return Notifiers(_webhook(settings), _queue(settings), _pusher(settings), _mailer(settings))


def _webhook(settings: Settings) -> Publisher | None:
    if not settings.webhook_url:
        return None
    return Webhook(
        settings.webhook_url,
        settings.webhook_secret,
        key=settings.webhook_key,
        source=settings.site_url,
        may_be_private=_may_be_private(settings, outward.is_named),
        ca_file=settings.trusted_file,
    )


def _queue(settings: Settings) -> Publisher | None:
    if not settings.events_queue_url:
        return None
    keys = {"access_key_id": settings.s3_access_key_id, "secret_access_key": settings.s3_secret_access_key}
    if any(name in os.environ for name in _AWS):
        keys = {}
    return SqsOrSns(settings.events_queue_url, region=settings.s3_region, ca_file=settings.trusted_file, **keys)


def _pusher(settings: Settings) -> Pusher:
    key = vapid.private_key(settings.vapid_private_key, settings.data_dir)
    subject = vapid.subject(settings.site_url, (*settings.admin_emails, settings.sender))
    if subject == vapid.NOBODY and urlsplit(settings.site_url).hostname not in _HERE:
        log.warning(
            "Safari gets no pushes from this site: Apple wants to know whom to write to. "
            "Set SMARTUPLOAD_ADMIN_EMAILS to an address that others can reach.",
            site=settings.site_url,
        )
    listed = {entry.partition(":")[0] for entry in settings.push_hosts}
    # People give endpoints: one that could be no public name says nothing, unless the operator has listed it as it is.
    may = _may_be_private(settings, lambda host: host in listed and outward.is_named(host))
    return WebPush(key, subject, endpoints.rule(settings.push_hosts), may, settings.trusted_file)


def _may_be_private(settings: Settings, is_said: Callable[[str], bool]) -> Callable[[str], bool]:
    """Whether the operator has said of a host that it is private: by how it is written, or in the setting for that."""
    return lambda host: (
        is_said(host.lower()) or any(endpoints.is_at(entry, host.lower()) for entry in settings.private_hosts)
    )


def _mailer(settings: Settings) -> Mailer:
    if settings.smtp_url:
        return Smtp(settings.smtp_url, settings.sender, trust.of_machine(settings.trusted_file))
    return EmlFiles(mail_folder(settings), settings.sender)


def mail_folder(settings: Settings) -> Path:
    """Where mails are files, without a mail server."""
    return settings.data_dir / "mail"
