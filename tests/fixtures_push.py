"""A push service on this machine, and the browsers that subscribe there: what arrives is checked and decrypted."""

from __future__ import annotations

import base64
import json
import secrets
import threading
import time
from collections.abc import Generator
from dataclasses import dataclass, field
from http.server import ThreadingHTTPServer
from typing import Any

import http_ece
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from smartupload.ports import PushTarget
from tests.receiver import answering

KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY"
"""A private VAPID key: base64url of 32 bytes."""
HOURS = 3600


def encoded(raw: bytes) -> str:
    """Base64url as browsers write it."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """And back."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def point(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The public half, uncompressed."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


@dataclass(frozen=True)
class Pushed:
    """One push as the browser gets it, with the headers that the push service saw and the claims of its token."""

    path: str
    payload: bytes
    headers: dict[str, str]
    claims: dict[str, Any]

    @property
    def said(self) -> dict[str, Any]:
        """The payload, which is JSON."""
        return json.loads(self.payload)


@dataclass
class Subscribed:
    """One browser's subscription."""

    endpoint: str
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    @property
    def target(self) -> PushTarget:
        """As the pusher takes it."""
        return PushTarget(self.endpoint, encoded(point(self.private)), encoded(self.auth))

    @property
    def document(self) -> dict[str, Any]:
        """As the browser's `toJSON()` writes it."""
        target = self.target
        return {"endpoint": target.endpoint, "keys": {"p256dh": target.p256dh, "auth": target.auth}}


class PushService:
    """Takes pushes for its subscriptions. `answers` are given one after the other, then 201.

    What is not as RFC 8291 and RFC 8292 want it is answered with 400 or 403, and noted in `faults`.
    """

    def __init__(self) -> None:
        self.answers: list[tuple[int, dict[str, str]]] = []
        self.pushed: list[Pushed] = []
        self.faults: list[str] = []
        self.asked: list[str] = []
        """The paths of all requests, also of those that were not taken."""
        self._subscribed: dict[str, Subscribed] = {}
        self._changed = threading.Condition()
        self._server = _Server(("127.0.0.1", 0), answering(self.take))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    @property
    def place(self) -> str:
        """Host and port, as they have to be listed."""
        return f"127.0.0.1:{self._server.server_address[1]}"

    @property
    def origin(self) -> str:
        """Its address."""
        return f"http://{self.place}"

    def subscribes(self) -> Subscribed:
        """A new browser."""
        path = f"/push/{secrets.token_urlsafe(24)}"
        self._subscribed[path] = Subscribed(self.origin + path)
        return self._subscribed[path]

    def answers_next(self, status: int, **headers: str) -> None:
        """The next request that is as it should be gets this instead of 201."""
        self.answers.append((status, {name.replace("_", "-"): value for name, value in headers.items()}))

    def wait_for(self, count: int, seconds: float = 60) -> list[Pushed]:
        """All that was pushed, once it is so many."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.pushed) >= count, seconds), (self.pushed, self.faults)
            return list(self.pushed)

    def close(self) -> None:
        """Stop."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def take(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str]]:
        """Status and headers of the answer to one request."""
        with self._changed:
            self.asked.append(path)
            subscribed = self._subscribed.get(path)
            if subscribed is None:
                return 404, {}
            try:
                pushed = Pushed(path, _opened(subscribed, headers, body), headers, _claims(headers, self.origin))
            except (AssertionError, ValueError, InvalidSignature, http_ece.ECEException) as fault:
                self.faults.append(repr(fault))
                return 400, {}
            if self.answers:
                return self.answers.pop(0)
            self.pushed.append(pushed)
            self._changed.notify_all()
            return 201, {"location": f"{self.origin}/message/{len(self.pushed)}"}


def _opened(subscribed: Subscribed, headers: dict[str, str], body: bytes) -> bytes:
    assert headers.get("content-encoding") == "aes128gcm", headers
    assert headers.get("ttl", "").isdigit(), headers
    assert len(body) <= 4096, len(body)
    return http_ece.decrypt(body, private_key=subscribed.private, auth_secret=subscribed.auth, version="aes128gcm")


def _claims(headers: dict[str, str], origin: str) -> dict[str, Any]:
    """The claims of a token that is signed with the key it names; for this service, and not good for ever."""
    scheme, _, given = headers.get("authorization", "").partition(" ")
    assert scheme == "vapid", headers
    fields = dict(pair.strip().split("=", 1) for pair in given.split(","))
    head, claims, signature = fields["t"].split(".")
    assert json.loads(decoded(head))["alg"] == "ES256"
    raw = decoded(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(fields["k"]))
    key.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))
    found = json.loads(decoded(claims)) | {"k": fields["k"]}
    assert found["aud"] == origin, found
    assert time.time() < found["exp"] <= time.time() + 24 * HOURS, found
    assert found["sub"].startswith(("mailto:", "https://")), found
    return found


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is no error."""


@pytest.fixture
def push_service() -> Generator[PushService]:
    """One that is up; what it was sent has to have been right."""
    service = PushService()
    yield service
    service.close()
    assert service.faults == []
