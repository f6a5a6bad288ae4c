"""Whether a store may be sent whole objects by browsers, each with one PUT: the store itself is asked, and not its name.

It has to refuse bytes of another digest than the signed one, and pages have to be let send the headers that ask for encryption.
See docs/decisions/0017-single-put.md.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.exceptions import BotoCoreError

from smartupload.adapters.s3.answers import log
from smartupload.adapters.s3.signer import Signer

_AGAIN = 60.0
"""Seconds until a store that gave no clear answer is asked once more."""


class SinglePuts:
    """What is known of one store. `known`: what it is told of it; None has it asked."""

    def __init__(self, ask: Callable[[], bool | None], known: bool | None) -> None:
        self._ask = ask
        self._known = known
        self._asked_at = -_AGAIN
        self._lock = threading.Lock()

    def taken(self) -> bool:
        """Whether it takes them; not as long as that is being found out, for which nobody else waits."""
        if self._known is None and self._lock.acquire(blocking=False):
            try:
                if self._known is None and time.monotonic() - self._asked_at >= _AGAIN:
                    self._known = self._ask()
                    self._asked_at = time.monotonic()
            finally:
                self._lock.release()
        return bool(self._known)


class Question:
    """Asks a store by its `signer`, at the address that browsers use; their pages come from `origin`. `client`: boto3's for it.

    `encrypting`: headers that go with every object.
    """

    def __init__(self, client: Any, signer: Signer, encrypting: Mapping[str, str], origin: str) -> None:
        self._session = client._endpoint.http_session
        self._signer = signer
        self._encrypting = encrypting
        self._origin = origin

    def __call__(self) -> bool | None:
        """Whether it does; None when it gave no clear answer. What it writes for that is deleted again."""
        key = f"uploads/question-{secrets.token_hex(8)}"
        try:
            why = self._why_not(key)
        except (BotoCoreError, _Unclear) as error:
            log.info(
                "the store gave no clear answer about single PUTs; files of one part are multipart uploads for now",
                cause=str(error),
            )
            return None
        if why:
            log.info("files of one part stay multipart uploads", why=why)
        return not why

    def _why_not(self, key: str) -> str:
        body = secrets.token_bytes(64)
        digest = {"x-amz-checksum-sha256": base64.b64encode(hashlib.sha256(body).digest()).decode()}
        sent = digest | dict(self._encrypting)
        url = self._signer.address("PUT", key, {}, sent | {"content-length": str(len(body))}, 300)
        # Multipart uploads send the digest as well; only what asks for encryption is more than pages are known to send.
        if self._encrypting and not self._lets_send(url, sent):
            return "its CORS rules do not let pages send the headers that ask for encryption"
        try:
            if _clear(self._send("PUT", url, sent, bytes(len(body)))) < 400:
                return "it takes bytes of another digest than the signed one"
            if _clear(self._send("PUT", url, sent, body)) >= 300:
                return "it refuses them"
        finally:
            self._send("DELETE", self._signer.address("DELETE", key, {}, {}, 300), {})
        return ""

    def _lets_send(self, url: str, sent: Mapping[str, str]) -> bool:
        """What a browser asks before it sends this: https://fetch.spec.whatwg.org/#cors-preflight-fetch."""
        names = sorted(sent)
        asked = {"Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": ",".join(names)}
        answer = self._send("OPTIONS", url, {"Origin": self._origin} | asked)
        told: Any = answer.headers

        def listed(name: str) -> set[str]:
            return {item.strip().lower() for item in str(told.get(name, "")).split(",")}

        headers = listed("access-control-allow-headers")
        return (
            _clear(answer) < 300
            and bool(listed("access-control-allow-origin") & {"*", self._origin.lower()})
            and bool(listed("access-control-allow-methods") & {"*", "put"})
            and ("*" in headers or headers.issuperset(names))
        )

    def _send(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None = None) -> AWSResponse:
        answer = self._session.send(AWSPreparedRequest(method, url, dict(headers), body, False))
        answer.content  # noqa: B018 - read, so that the connection is free again
        return answer


class _Unclear(Exception):
    """The store is away, or busy."""


def _clear(answer: AWSResponse) -> int:
    if answer.status_code >= 500 or answer.status_code == 429:
        raise _Unclear(f"status {answer.status_code}")
    return answer.status_code
