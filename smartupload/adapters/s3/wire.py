"""How the store is asked what is asked for every file: which answers are good, and which are worth a second try.

It goes over the connections of boto3's own client, with its time-outs, proxies and certificates. Left out is what boto3 does around each
call, which takes several times as long as the call (docs/decisions/0018-signed-without-boto3.md).
"""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.exceptions import ClientError, ConnectionError, HTTPClientError
from botocore.parsers import create_parser
from botocore.response import StreamingBody
from urllib3.exceptions import HTTPError

from smartupload.adapters.s3.answers import BUSY
from smartupload.adapters.s3.signer import Signer

_PASSING = {429, 500, 502, 503, 504}
# At most so long before the second try, as boto3 does it.
_SOON = 0.05
_LATER = 1.0


@dataclass(frozen=True, slots=True)
class Head:
    """What the store says of an object without its bytes."""

    size: int
    etag: str
    checksum: str | None


class Wire:
    """Requests for objects of one bucket. `client`: boto3's for S3, whose connections are used; `check_again` raises when there is no time for a second try.

    They raise what boto3 raises: ClientError, BotoCoreError.
    """

    def __init__(self, client: Any, signer: Signer, check_again: Callable[[], None]) -> None:
        self._session = client._endpoint.http_session
        self._agent = client.meta.config.user_agent
        self._signer = signer
        self._check_again = check_again

    def head(self, key: str) -> Head:
        """What there is of it."""
        told = self._ask("HeadObject", "HEAD", key, {"x-amz-checksum-mode": "ENABLED"}).headers
        size = told.get("content-length", "")
        if not size.isdecimal():
            # Taken for 0 it would be another file than the one that was sent.
            raise HTTPClientError(error="the answer says no length")
        return Head(int(size), told.get("etag", ""), told.get("x-amz-checksum-sha256"))

    def peek(self, key: str, length: int) -> tuple[Head, bytes]:
        """The same and its first bytes, by one request."""
        asked = {"x-amz-checksum-mode": "ENABLED", "range": f"bytes=0-{length - 1}"}
        answer = self._ask("GetObject", "GET", key, asked, stream=True)
        told: Any = answer.headers
        try:
            with contextlib.closing(answer.raw) as body:
                first = body.read(length)
        except HTTPError as error:
            raise HTTPClientError(error=error) from error
        _, _, size = told.get("content-range", "").rpartition("/")
        size = size or told.get("content-length", "")  # a store that knows no spans answers with all of it
        if not size.isdecimal():
            raise HTTPClientError(error="the answer says no length")
        return Head(int(size), told.get("etag", ""), told.get("x-amz-checksum-sha256")), first

    def delete(self, key: str) -> None:
        """Make it go."""
        self._ask("DeleteObject", "DELETE", key, {})

    def read(self, key: str, span: str | None) -> StreamingBody:
        """Its bytes, still to be read: all, or those of a span as the Range header says it."""
        answer = self._ask("GetObject", "GET", key, {"range": span} if span else {}, stream=True)
        length: Any = answer.headers.get("content-length")
        return StreamingBody(answer.raw, length)

    def _ask(
        self, operation: str, method: str, key: str, headers: dict[str, str], *, stream: bool = False
    ) -> AWSResponse:
        """A good answer; with `stream` its body is still to be read."""
        try:
            return self._once(operation, method, key, headers, stream)
        except (ClientError, ConnectionError, HTTPClientError) as error:
            most = _worth_waiting(error)
            if not most:
                raise
        self._check_again()
        time.sleep(random.random() * most)
        return self._once(operation, method, key, headers, stream)

    def _once(self, operation: str, method: str, key: str, headers: dict[str, str], stream: bool) -> AWSResponse:
        # Signed anew each time: it holds for minutes only, and credentials change.
        url, sent = self._signer.request(method, key, headers)
        given: Any = sent | {"user-agent": self._agent}
        answer = self._session.send(AWSPreparedRequest(method, url, given, None, stream))
        if answer.status_code < 300:
            return answer
        try:
            told = {"status_code": answer.status_code, "headers": answer.headers, "body": answer.content}
        except HTTPError as error:
            raise HTTPClientError(error=error) from error
        shape: Any = None  # of an error none is needed
        raise ClientError(create_parser("rest-xml").parse(told, shape), operation)


def _worth_waiting(error: Exception) -> float:
    """For how long at most before it is tried again; 0 when it is not."""
    if not isinstance(error, ClientError):
        return _SOON
    if _code(error) in BUSY:
        return _LATER
    return _SOON if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") in _PASSING else 0


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))
