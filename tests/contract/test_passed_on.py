"""A part that is passed on to the store as it comes: what is signed for a browser holds for it, too."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from typing import Any

import pytest

from smartupload.errors import MultipartGone, StoreRefused, StoreUnavailable
from smartupload.ports import SINGLE_PUT, Taken
from tests.fixtures_store import MIB, noise, s3_store, sha256

BODY = noise(3 * MIB, 7)


async def in_pieces(body: bytes, breaks_at: int = -1) -> AsyncIterator[bytes]:
    for at in range(0, len(body), 64 * 1024):
        if 0 <= breaks_at <= at:
            raise EOFError
        yield body[at : at + 64 * 1024]


def passed(store: Any, key: str, multipart_id: str, pieces: AsyncIterator[bytes], body: bytes = BODY) -> Taken:
    return asyncio.run(store.relay_part(key, multipart_id, 1, len(body), sha256(body), pieces))


@pytest.fixture
def key() -> str:
    return f"uploads/{secrets.token_hex(8)}/1"


def test_it_is_there_as_it_came(store: Any, key: str) -> None:
    multipart_id = store.open_multipart(key, "text/plain", 2)
    assert passed(store, key, multipart_id, in_pieces(BODY)).etag
    (part,) = store.list_parts(key, multipart_id)
    assert (part.number, part.size) == (1, len(BODY))
    store.abort_multipart(key, multipart_id)


def test_a_file_of_one_part_is_the_object(store: Any, key: str) -> None:
    passed(store, key, SINGLE_PUT, in_pieces(BODY))
    assert b"".join(store.read(key)) == BODY


def test_other_bytes_are_refused_and_half_of_them_are_nothing(store: Any, key: str) -> None:
    multipart_id = store.open_multipart(key, "text/plain", 2)
    with pytest.raises(StoreRefused):
        passed(store, key, multipart_id, in_pieces(noise(len(BODY), 8)))
    with pytest.raises(EOFError):
        passed(store, key, multipart_id, in_pieces(BODY, len(BODY) // 2))
    assert store.list_parts(key, multipart_id) == []
    store.abort_multipart(key, multipart_id)
    with pytest.raises(MultipartGone):
        passed(store, key, multipart_id, in_pieces(BODY))


def test_a_store_that_does_not_answer() -> None:
    with pytest.raises(StoreUnavailable):
        passed(s3_store("http://127.0.0.1:9"), "uploads/a/1", SINGLE_PUT, in_pieces(BODY))
