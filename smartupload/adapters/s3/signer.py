"""How a request is signed (Signature Version 4): as an address, as headers or as a form, good for exactly this request.

boto3 signs as well, and takes tens of times as long (docs/decisions/0018-signed-without-boto3.md). So it is asked once what it makes of the
endpoint, and the rest stands here: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html, for headers
.../sigv4-auth-using-authorization-header.html, for forms .../sigv4-HTTPPOSTConstructPolicy.html.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import SplitResult, parse_qs, quote, urlsplit

from botocore.exceptions import NoCredentialsError

_ALGORITHM = "AWS4-HMAC-SHA256"
_EVER = 604_800
"""No address is good for longer."""
_NO_BODY = hashlib.sha256(b"").hexdigest()


class _Place(NamedTuple):
    """Where the bucket is: its address and the path of it, the host that a browser will say, and the region."""

    url: str
    path: str
    host: str
    region: str


class _Now(NamedTuple):
    """What every signature of this moment is made with."""

    at: datetime
    stamp: str
    scope: str
    credential: str
    secret_key: str
    token: str | None
    left: float
    """Seconds until the credentials are void, and with them what they have signed."""


class Signer:
    """Signs for one bucket at one endpoint. `client`: boto3's for S3 there. `credentials`: botocore's; they may be others every hour."""

    def __init__(self, client: Any, credentials: Any, bucket: str) -> None:
        self._client = client
        self._credentials = credentials
        self._bucket = bucket
        self._kept: tuple[tuple[str, str], bytes] = (("", ""), b"")

    def address(
        self, method: str, key: str, query: Mapping[str, str], headers: Mapping[str, str], expires_in: int
    ) -> str:
        """An address of an object that does this one thing, for who sends these headers (named in lower case) with it."""
        place, now = self._place, self._now()
        signed = {"host": place.host, **headers}
        asked = [
            *query.items(),
            ("X-Amz-Algorithm", _ALGORITHM),
            ("X-Amz-Credential", now.credential),
            ("X-Amz-Date", now.stamp),
            ("X-Amz-Expires", str(_within(expires_in, now.left))),
            ("X-Amz-SignedHeaders", ";".join(sorted(signed))),
        ]
        if now.token:
            asked.append(("X-Amz-Security-Token", now.token))
        pairs = [(name, quote(value, safe="")) for name, value in asked]
        path = quote(key, safe="/")
        # Nobody knows the bytes yet; their digest is among the headers.
        signature = self._of_request(now, method, path, sorted(pairs), signed, "UNSIGNED-PAYLOAD")
        return f"{place.url}/{path}?{_joined(pairs)}&X-Amz-Signature={signature}"

    def request(self, method: str, key: str, headers: Mapping[str, str]) -> tuple[str, dict[str, str]]:
        """The address of an object, and the headers (named in lower case) for a request that is sent at once and has no body."""
        place, now = self._place, self._now()
        sent = {**headers, "x-amz-content-sha256": _NO_BODY, "x-amz-date": now.stamp}
        if now.token:
            sent["x-amz-security-token"] = now.token
        signed = {"host": place.host, **sent}
        path = quote(key, safe="/")
        signature = self._of_request(now, method, path, [], signed, _NO_BODY)
        sent["authorization"] = (
            f"{_ALGORITHM} Credential={now.credential}, SignedHeaders={';'.join(sorted(signed))}, Signature={signature}"
        )
        return f"{place.url}/{path}", sent

    def form(
        self, key: str, fields: Mapping[str, str], conditions: Sequence[Any], expires_in: int
    ) -> tuple[str, dict[str, str]]:
        """The address of the bucket and the fields of a form that makes this object. All fields are signed, with further `conditions`."""
        place, now = self._place, self._now()
        signing = {
            "x-amz-algorithm": _ALGORITHM,
            "x-amz-credential": now.credential,
            "x-amz-date": now.stamp,
        }
        if now.token:
            signing["x-amz-security-token"] = now.token
        named = [{name: value} for name, value in fields.items()]
        named += [{"bucket": self._bucket}, {"key": key}]
        named += [{name: value} for name, value in signing.items()]
        until = (now.at + timedelta(seconds=_within(expires_in, now.left))).strftime("%Y-%m-%dT%H:%M:%SZ")
        policy = json.dumps({"expiration": until, "conditions": [*conditions, *named]})
        encoded = base64.b64encode(policy.encode()).decode()
        signature = self._signature(now, encoded)
        # A bucket that stands in the name of the host has no path of its own.
        url = place.url if place.path.endswith(f"/{self._bucket}") else f"{place.url}/"
        return url, {**fields, "key": key, **signing, "policy": encoded, "x-amz-signature": signature}

    @cached_property
    def _place(self) -> _Place:
        """Not before the first signature: boto3 tells it with one of its own, so there have to be credentials."""
        told = self._client.generate_presigned_url("get_object", Params={"Bucket": self._bucket, "Key": "k"})
        parts = urlsplit(told)
        region = parse_qs(parts.query)["X-Amz-Credential"][0].split("/")[-3]
        url, path = told.partition("?")[0].removesuffix("/k"), parts.path.removesuffix("/k")
        return _Place(url, path, _host(parts), region)

    def seconds_left(self) -> int:
        """For how long what is signed now is good at most."""
        return _within(_EVER, self._taken()[1])

    def _now(self) -> _Now:
        at = clock()
        (key, secret, token), left = self._taken()
        stamp = at.strftime("%Y%m%dT%H%M%SZ")
        scope = f"{stamp[:8]}/{self._place.region}/s3/aws4_request"
        return _Now(at, stamp, scope, f"{key}/{scope}", secret, token, left)

    def _taken(self) -> tuple[Sequence[Any], float]:
        """Key, secret and token, and for how many seconds they are good. All of one moment: they may be exchanged while this runs."""
        if self._credentials is None:
            raise NoCredentialsError
        while True:
            before = _until(self._credentials)
            taken = self._credentials.get_frozen_credentials()[:3]
            until = _until(self._credentials)
            if until == before:
                return taken, math.inf if until is None else (until - datetime.now(UTC)).total_seconds()

    def _of_request(
        self,
        now: _Now,
        method: str,
        path: str,
        query: Sequence[tuple[str, str]],
        headers: Mapping[str, str],
        payload: str,
    ) -> str:
        names = sorted(headers)
        lines = [f"{name}:{' '.join(headers[name].split())}" for name in names]
        canonical = "\n".join(
            [method, f"{self._place.path}/{path}", _joined(query), *lines, "", ";".join(names), payload]
        )
        digest = hashlib.sha256(canonical.encode()).hexdigest()
        return self._signature(now, f"{_ALGORITHM}\n{now.stamp}\n{now.scope}\n{digest}")

    def _signature(self, now: _Now, text: str) -> str:
        """The key is one for all of a day, until the secret is another."""
        made_of, key = self._kept
        if made_of != (now.secret_key, now.scope):
            key = f"AWS4{now.secret_key}".encode()
            for step in now.scope.split("/"):
                key = hmac.digest(key, step.encode(), "sha256")
            self._kept = (now.secret_key, now.scope), key
        return hmac.digest(key, text.encode(), "sha256").hex()


def _until(credentials: Any) -> datetime | None:
    """When they are void; None for those that stay. botocore has no public name for it."""
    return getattr(credentials, "_expiry_time", None)


def _within(seconds: int, left: float) -> int:
    return seconds if left >= seconds else max(1, int(left))


def clock() -> datetime:
    """What time it is, for signatures."""
    return datetime.now(UTC)


def _host(parts: SplitResult) -> str:
    """As a browser will name it: without the port that goes without saying."""
    name = parts.hostname or ""
    name = f"[{name}]" if ":" in name else name
    usual = {"http": 80, "https": 443}[parts.scheme]
    return name if parts.port in (None, usual) else f"{name}:{parts.port}"


def _joined(pairs: Sequence[tuple[str, str]]) -> str:
    return "&".join([f"{name}={value}" for name, value in pairs])
