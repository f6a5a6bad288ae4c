"""Whether a store may be sent whole objects by browsers, each with one PUT: the store itself is asked, and not its name.

It has to refuse bytes of another digest than the signed one, and pages have to be let send the headers that ask for encryption.
See docs/decisions/0017-single-put.md.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.exceptions import BotoCoreError

from smartupload.adapters.s3.answers import BUSY, OPERATOR, log
from smartupload.adapters.s3.preflight import Unclear, lets_send, sender
from smartupload.adapters.s3.signer import Signer

_AGAIN, _LONGEST = 60.0, 3600.0
"""Seconds until a store that gave no clear answer is asked once more, doubled each time."""
_DIGEST = {"BadDigest", "InvalidDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch"}
"""By which codes stores say that bytes are not the signed ones; the browser's half knows the same (client/core/ports/errors.js)."""
_PASSING = {401, 403, 404, 408, 409, 429}
"""What may be otherwise later: the bucket is made or the keys are set later, or something was just in the way."""
_CODE = re.compile(rb"<Code>([A-Za-z0-9]+)</Code>")


class SinglePuts:
    """What is known of one store. `known`: what it is told of it; None has it asked. `now`: seconds, from any moment on."""

    def __init__(
        self, ask: Callable[[], bool | None], known: bool | None, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._ask, self._now = ask, now
        self._known = known
        self._lock = threading.Lock()
        self._asking: threading.Thread | None = None
        self._due, self._pause = now(), _AGAIN

    def taken(self) -> bool:
        """Whether it takes them, as far as that is known. Nobody waits for the answer: the store is asked in a thread of its own."""
        if self._known is None:
            with self._lock:
                is_asked = self._asking is not None and self._asking.is_alive()
                if not is_asked and self._now() >= self._due:
                    # A daemon, since a store that is silent keeps no process from ending.
                    self._asking = threading.Thread(target=self._find_out, name="single-puts", daemon=True)
                    self._asking.start()
        return bool(self._known)

    def _find_out(self) -> None:
        known = None
        try:
            known = self._ask()
        except Exception:
            log.exception("the store could not be asked about single PUTs; it is asked again")
        with self._lock:
            self._known = known
            self._due, self._pause = self._now() + self._pause, min(2 * self._pause, _LONGEST)


class Question:
    """Asks a store by its `signer`, at the address that browsers use; their pages come from `origin`. `client`: boto3's for it.

    `encrypting`: headers that go with every object.
    """

    def __init__(self, client: Any, signer: Signer, encrypting: Mapping[str, str], origin: str) -> None:
        self._client = client
        self._session = client._endpoint.http_session
        self._signer = signer
        self._encrypting = encrypting
        self._origin = origin
        self._address = client.meta.endpoint_url

    def __call__(self) -> bool | None:
        """Whether it does; None when it gave no clear answer. What it writes for that is deleted again."""
        key = f"uploads/question-{secrets.token_hex(8)}"
        try:
            why = self._why_not(key)
        except (BotoCoreError, Unclear) as error:
            log.info(
                "the store gave no clear answer about single PUTs; files of one part are multipart uploads for now",
                address=self._address,
                cause=str(error),
            )
            return None
        if why:
            log.info("files of one part stay multipart uploads", address=self._address, why=why)
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
            right = self._send("PUT", url, sent, body)
            if right.status_code >= 300:
                if not _is_refusal(right):
                    raise _unclear("the right bytes", right)
                return "it refuses them"
            return self._why_not_others(key, url, sent, body)
        finally:
            self._send("DELETE", self._signer.address("DELETE", key, {}, {}, 300), {})

    def _why_not_others(self, key: str, url: str, sent: Mapping[str, str], body: bytes) -> str:
        """The same for other bytes of the same length, with the right ones there. Only a refusal for their digest says anything."""
        other = self._send("PUT", url, sent, bytes(len(body)))
        if other.status_code < 300:
            return "it takes bytes of another digest than the signed one"
        if not 400 <= other.status_code < 500 or _code(other) not in _DIGEST:
            raise _unclear("other bytes", other)
        left = self._send("GET", self._signer.address("GET", key, {}, {}, 300), {})
        if left.status_code not in (200, 404):
            raise _unclear("what is left", left)
        return "" if left.content == body else "what it refuses does not leave the object as it was"

    def _lets_send(self, url: str, sent: Mapping[str, str]) -> bool:
        return lets_send(sender(self._client), url, self._origin, sorted(sent))

    def _send(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None = None) -> AWSResponse:
        given: Any = dict(headers)
        answer = self._session.send(AWSPreparedRequest(method, url, given, body, False))
        answer.content  # noqa: B018 - read, so that the connection is free again
        return answer


def asked(questions: Sequence[Question]) -> bool | None:
    """Whether it does at all hosts that browsers use; None when one gave no clear answer, and none a clear no."""
    unclear = False
    for question in questions:
        answer = question()
        if answer is False:
            return False
        unclear = unclear or answer is None
    return None if unclear else True


def _unclear(asked: str, answer: AWSResponse) -> Unclear:
    return Unclear(f"to {asked}: status {answer.status_code} {_code(answer)}".rstrip())


def _is_refusal(answer: AWSResponse) -> bool:
    """Whether it is one for good."""
    status = answer.status_code
    return 400 <= status < 500 and status not in _PASSING and _code(answer) not in BUSY | OPERATOR


def _code(answer: AWSResponse) -> str:
    found = _CODE.search(answer.content)
    return found[1].decode() if found else ""
