"""What the suites of the server half share: a real store on free ports, and a browser's side of an upload."""

from __future__ import annotations

import base64
import functools
import hashlib
import random
from collections.abc import Generator
from typing import Any

import httpx
import pytest
from botocore.awsrequest import AWSResponse

from smartupload.adapters.s3.store import S3Store
from smartupload.devstack import DevStack
from smartupload.ports import SignedForm, SignedRequest
from smartupload.settings import load

MIB = 1024 * 1024


@functools.lru_cache(maxsize=4)
def noise(size: int, seed: int = 0) -> bytes:
    """Bytes that neither repeat nor compress, the same for the same seed. Few are kept: they may be large."""
    return random.Random(seed).randbytes(size)


@functools.lru_cache(maxsize=16)
def sha256(body: bytes) -> str:
    """Base64 of the SHA-256, as the API takes it. What is kept for it are the bytes themselves, so they are few."""
    return base64.b64encode(hashlib.sha256(body).digest()).decode()


def composite(bodies: list[bytes]) -> str:
    """The composite checksum of an object made of these parts, worked out apart from the code under test."""
    joined = b"".join(hashlib.sha256(body).digest() for body in bodies)
    return base64.b64encode(hashlib.sha256(joined).digest()).decode() + f"-{len(bodies)}"


def send(store: Any, request: SignedRequest, body: bytes, headers: dict[str, str] | None = None) -> int:
    """What a browser does with a signed request; the status of the answer."""
    used = dict(request.headers) if headers is None else headers
    if request.url.startswith("memory:"):
        return store.put(SignedRequest(request.url, used), body)
    return httpx.put(request.url, content=body, headers=used, timeout=30).status_code


def post(store: Any, form: SignedForm, body: bytes) -> int:
    """What a browser does with a signed form; the status of the answer."""
    if form.url.startswith("memory:"):
        return store.post(form, body)
    files = {"file": ("blob", body, "application/octet-stream")}
    return httpx.post(form.url, data=dict(form.fields), files=files, timeout=30).status_code


class _Body:
    """What a connection reads an answer from."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def stream(self, **_: Any) -> list[bytes]:
        """See urllib3."""
        return [self.content]


def aws_answer(url: str, status: int = 200, code: str = "") -> AWSResponse:
    """An answer in the place of a store's, for boto3's `before-send`: an empty one, or an error with this code."""
    error = f"<Error><Code>{code}</Code><Message>no</Message></Error>" if code else ""
    headers: Any = {}
    return AWSResponse(url, status, headers, _Body(error.encode()))


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Generator[DevStack]:
    """The embedded store, on free ports with a data folder of its own. It knows its buckets by path, and below `localhost`."""
    given = {"DATA_DIR": str(tmp_path_factory.mktemp("stack")), "S3_ADDRESSING": "host"}
    running = DevStack(load({f"SMARTUPLOAD_{name}": value for name, value in given.items()}))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def seaweed(stack: DevStack) -> S3Store:
    """The port over it."""
    assert stack.store is not None
    return stack.store


def s3_store(endpoint_url: str, **changes: Any) -> S3Store:
    """A store at an address, with credentials that a stand-in takes."""
    given: dict[str, Any] = {
        "endpoint_url": endpoint_url,
        "bucket": "smartupload",
        "region": "us-east-1",
        "access_key_id": "key",
        "secret_access_key": "secret",
    }
    return S3Store(**(given | changes))
