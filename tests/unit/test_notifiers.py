"""Which notifiers the settings open."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import structlog

from smartupload.adapters.eml import EmlFiles
from smartupload.adapters.smtp import Smtp
from smartupload.adapters.sqs import SqsOrSns
from smartupload.adapters.vapid import public_key
from smartupload.adapters.webhook import Webhook
from smartupload.notifiers import Notifiers, open_notifiers
from smartupload.ports import Message
from smartupload.settings import load
from tests.fixtures_push import KEY
from tests.receiver import Receiver, receiver

__all__ = ["receiver"]

STORE = {"s3_endpoint_url": "http://s3.example.org", "s3_access_key_id": "key", "s3_secret_access_key": "secret"}


@pytest.fixture
def opened(tmp_path: Path) -> Any:
    def opened(**settings: str) -> Notifiers:
        given = {f"SMARTUPLOAD_{name.upper()}": value for name, value in settings.items()}
        return open_notifiers(load({"SMARTUPLOAD_DATA_DIR": str(tmp_path), **given}))

    return opened


def test_with_nothing_set_people_are_told_and_programs_are_not(opened: Any, tmp_path: Path) -> None:
    notifiers = opened()
    assert (notifiers.webhook, notifiers.queue) == (None, None)
    assert isinstance(notifiers.mailer, EmlFiles)
    assert notifiers.mailer.folder == tmp_path / "mail"
    assert opened().pusher.public_key == notifiers.pusher.public_key, "the key for pushes is made once"


def test_what_is_set(opened: Any) -> None:
    notifiers = opened(
        webhook_url="https://example.org/hook/",
        webhook_secret="geheim",
        smtp_url="smtps://mail.example.org",
        vapid_private_key=KEY,
    )
    assert isinstance(notifiers.webhook, Webhook)
    assert notifiers.webhook._url == "https://example.org/hook/"
    assert isinstance(notifiers.mailer, Smtp)
    assert notifiers.pusher.public_key == public_key(KEY)


@pytest.mark.parametrize(
    ("settings", "is_said"),
    [
        ({"public_url": "https://files.local"}, True),
        ({"public_url": "https://10.0.0.7"}, True),
        ({"public_url": "https://files.local", "admin_emails": "ops@example.org"}, False),
        ({"public_url": "https://files.example.org"}, False),
        ({}, False),
    ],
)
def test_a_site_without_a_contact_that_apple_takes_is_told_so(
    opened: Any, settings: dict[str, str], is_said: bool
) -> None:
    with structlog.testing.capture_logs() as logged:
        opened(**settings)
    assert any("Safari gets no pushes" in entry["event"] for entry in logged) == is_said


def test_a_site_in_other_letters_is_a_source_of_events(opened: Any, receiver: Receiver) -> None:
    site = "https://bücher.example/"
    notifiers = opened(public_url=site, webhook_url=receiver.url, webhook_secret="geheim", vapid_private_key=KEY)
    notifiers.webhook.send(Message("17", "upload.ready", "u1", "{}"))
    assert receiver.received[0].headers["ce-source"] == "https://xn--bcher-kva.example"


@pytest.mark.parametrize(
    ("settings", "environment", "access_key"),
    [
        (STORE, {}, "key"),
        (STORE, {"AWS_ACCESS_KEY_ID": "aws", "AWS_SECRET_ACCESS_KEY": "x"}, "aws"),
        ({}, {"AWS_ACCESS_KEY_ID": "aws", "AWS_SECRET_ACCESS_KEY": "x"}, "aws"),
    ],
)
def test_credentials_for_the_queue(
    opened: Any,
    monkeypatch: pytest.MonkeyPatch,
    settings: dict[str, str],
    environment: dict[str, str],
    access_key: str,
) -> None:
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    queue = opened(events_queue_url="https://sqs.eu-west-3.amazonaws.com/123456789012/q", **settings).queue
    assert isinstance(queue, SqsOrSns)
    assert queue._client.meta.region_name == "eu-west-3"
    assert queue._client._request_signer._credentials.access_key == access_key
