"""Web Push as it goes out: encrypted for one browser, signed for one push service, and what its answer means."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlsplit

import httpx
from http_ece import ECEException
from py_vapid import Vapid
from pywebpush import WebPusher, WebPushException

from smartupload.adapters import outward
from smartupload.adapters.retry_after import seconds_of
from smartupload.adapters.vapid import public_key
from smartupload.errors import TargetGone, TryAgain, Undeliverable
from smartupload.ports import PushTarget

LIFE = 3 * 24 * 3600
"""Seconds that a push service keeps a push for a browser that is away (TTL)."""
TOKEN_LIFE = 12 * 3600
"""Seconds; RFC 8292 allows 24 hours, and clocks differ."""
TIMEOUT = httpx.Timeout(15, connect=5)
"""Seconds to connect, and between two pieces of the answer."""
MAX_BODY = 4096
"""Bytes that every push service has to take (RFC 8030, section 7.2)."""


class WebPush:
    """Pusher over pywebpush. Thread-safe.

    `private_key` as base64url, `subject` whom the push services may turn to (mailto: or https:). `allowed` says of
    an endpoint whether it may be called; it is asked before every single push, whatever was asked when it was saved.
    """

    def __init__(
        self,
        private_key: str,
        subject: str,
        allowed: Callable[[str], bool],
        may_be_private: Callable[[str], bool] = outward.is_named,
        ca_file: str = "",
    ) -> None:
        self._public_key = public_key(private_key)
        # The subject is ours and not a stranger's; its check here refuses ports and addresses without a dot.
        self._vapid = Vapid.from_string(private_key)
        self._vapid.conf = {"no-strict": True}
        self._subject = subject
        self._allowed = allowed
        self._client = outward.client(TIMEOUT, may_be_private, ca_file=ca_file)

    @property
    def public_key(self) -> str:
        """See ports.Pusher."""
        return self._public_key

    def send(self, target: PushTarget, payload: bytes, topic: str) -> None:
        """See ports.Pusher."""
        if not self._allowed(target.endpoint):
            raise Undeliverable("the endpoint is not at a push service that is listed")
        parts = urlsplit(target.endpoint)
        host = parts.netloc.lower()
        body = _encrypted(target, payload)
        claims = {"sub": self._subject, "aud": f"{parts.scheme}://{host}", "exp": int(time.time()) + TOKEN_LIFE}
        headers = {
            "content-type": "application/octet-stream",
            "content-encoding": "aes128gcm",
            "ttl": str(LIFE),
            "urgency": "high",  # somebody has asked for it and waits
            "topic": topic,
            **self._vapid.sign(claims),
        }
        try:
            with self._client.stream("POST", target.endpoint, content=body, headers=headers) as answer:
                _judge(host, answer)
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            # Only its kind: its text holds the endpoint, and whoever knows that can push.
            raise TryAgain(f"{host} does not answer: {type(error).__name__}") from None

    def close(self) -> None:
        """Give back the connections."""
        self._client.close()


def _encrypted(target: PushTarget, payload: bytes) -> bytes:
    keys = {"p256dh": target.p256dh, "auth": target.auth}
    try:
        body = WebPusher({"endpoint": target.endpoint, "keys": keys}).encode(payload, "aes128gcm")["body"]
    except (WebPushException, ECEException, ValueError, IndexError) as error:
        raise Undeliverable(f"the browser's keys are of no use: {type(error).__name__}") from error
    if len(body) > MAX_BODY:
        raise Undeliverable(f"the push has {len(body)} bytes, push services take {MAX_BODY}")
    return body


def _judge(host: str, answer: httpx.Response) -> None:
    status = answer.status_code
    if 200 <= status < 300:
        return
    if status in (404, 410):
        raise TargetGone(f"{host} answered {status}")
    if status in (408, 425, 429) or status >= 500:
        raise TryAgain(f"{host} answered {status}", seconds_of(answer.headers.get("retry-after")))
    said = next(answer.iter_bytes(300), b"").decode(errors="replace")
    raise Undeliverable(" ".join(f"{host} answered {status} {said}".split()))
