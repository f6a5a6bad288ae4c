"""Publisher over HTTP: how an event is posted and signed, and which answers mean that it has to be sent again."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from datetime import UTC, datetime

import httpx
import standardwebhooks

from smartupload.adapters import outward
from smartupload.adapters.retry_after import seconds_of
from smartupload.errors import TryAgain, Undeliverable
from smartupload.ports import Message

_TIMEOUT = httpx.Timeout(15, connect=5)


class Webhook:
    """Posts to one address, signed as Standard Webhooks says, and with the attributes of a CloudEvent (HTTP binding 1.0, binary mode).

    Any 2xx is a success, and its body is not read. 410 says that nobody wants this event, which is then a dead letter at
    once. Everything else is tried again, other 4xx and redirects too: a receiver that was deployed wrongly answers them
    for an hour, and then wants what it missed.
    """

    def __init__(
        self,
        url: str,
        secret: str,
        *,
        key: bytes,
        source: str,
        may_be_private: Callable[[str], bool] = outward.is_named,
        ca_file: str = "",
    ) -> None:
        """`key` is what the secret stands for (settings.Settings.webhook_key), `source` whose events they are."""
        self._url = url
        self._secret = secret
        self._signer = standardwebhooks.Webhook(key)
        self._source = source
        self._client = outward.client(_TIMEOUT, may_be_private, ca_file=ca_file)

    def send(self, message: Message) -> None:
        """See ports.Publisher."""
        body = message.body.encode()
        at = datetime.now(UTC)
        moment = int(at.timestamp())
        headers = {
            "content-type": "application/json",
            "user-agent": "smartupload",
            "webhook-id": message.id,
            "webhook-timestamp": str(moment),
            "webhook-signature": self._signer.sign(message.id, at, message.body),
            "ce-specversion": "1.0",
            "ce-id": message.id,
            "ce-source": self._source,
            "ce-type": message.kind,
            "ce-subject": message.group,
            "smartupload-event-id": message.id,
            "smartupload-event-kind": message.kind,
            "smartupload-signature": signature(self._secret, body, moment),
        }
        try:
            with self._client.stream("POST", self._url, content=body, headers=headers) as answer:
                status, after = answer.status_code, answer.headers.get("retry-after")
        except httpx.HTTPError as error:
            raise TryAgain(f"no answer: {type(error).__name__} {error}".strip()) from error
        if 200 <= status < 300:
            return
        if status == 410:
            raise Undeliverable("it answered 410: it does not want this any more")
        raise TryAgain(f"it answered {status}", seconds_of(after))


def signature(secret: str, body: bytes, at: int) -> str:
    """`t=<at>,v1=<hex>`: HMAC-SHA256 of the moment (Unix seconds), a dot and the body. For receivers that were written for it."""
    digest = hmac.new(secret.encode(), str(at).encode() + b"." + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"
