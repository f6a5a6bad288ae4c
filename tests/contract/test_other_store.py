"""The service over stores that answer as the embedded one never does: moto says a composite checksum without its number of parts, Ceph none."""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from pathlib import Path

import httpx
import pytest

from smartupload.adapters.clock import SystemClock
from smartupload.adapters.memory import MemoryLive
from smartupload.adapters.s3.store import S3Store
from smartupload.errors import PartsMissing
from smartupload.models import READY
from smartupload.ports import SignedRequest
from smartupload.service.context import Context
from smartupload.service.presentation.views import UploadView
from smartupload.service.uploads import library
from smartupload.settings import load
from tests.fixtures_database import database_at
from tests.fixtures_store import MIB, send
from tests.inline import with_inline
from tests.unit.person import Person


@pytest.fixture(params=["moto", "over_ceph"])
def person(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[Person]:
    """Somebody who uploads to one of them."""
    store: S3Store = request.getfixturevalue(request.param)
    db = database_at(f"sqlite:///{tmp_path}/test.sqlite")
    yield Person(with_inline(Context(load({}), db, store, MemoryLive(), SystemClock())))
    db.close()


def put(person: Person, upload: UploadView, bodies: list[bytes]) -> None:
    signed = person.signs(upload, person.claims(bodies))
    for part in signed.parts:
        if not part.confirmed:
            assert send(person.ctx.store, SignedRequest(part.url, part.headers or {}), bodies[part.number - 1]) == 200


def test_a_file_is_ready_where_the_checksum_is_none_or_has_no_number_of_parts(person: Person) -> None:
    upload = person.creates("other.bin", 17 * MIB)
    bodies = person.cut(upload)
    put(person, upload, bodies)
    assert person.completes(upload).state == READY
    answer = httpx.get(library.download_url(person.ctx, person.owner, upload.id), timeout=30)
    assert hashlib.sha256(answer.content).digest() == hashlib.sha256(b"".join(bodies)).digest()


def test_parts_that_it_lists_with_their_digest_are_not_sent_again(person: Person) -> None:
    upload = person.creates("other.bin", 17 * MIB)
    bodies = person.cut(upload)
    put(person, upload, bodies[:2])
    with pytest.raises(PartsMissing) as missing:
        person.completes(upload)
    assert missing.value.extra["missing"] == [3]
    again = person.signs(upload, person.claims(bodies))
    assert [part.confirmed for part in again.parts] == [True, True, False]
