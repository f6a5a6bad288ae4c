"""In-memory twins of the ports: the same semantics as a real store, and faults on demand."""

from __future__ import annotations

import base64
import functools
import hashlib
import itertools
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

from smartupload.errors import DeliveryFault, MultipartGone, StoreRefused, StoreUnavailable
from smartupload.ports import (
    SINGLE_PUT,
    FinishedPart,
    Mail,
    SignedForm,
    SignedRequest,
    StoredKey,
    StoredObject,
    StoredPart,
    StoredStart,
    Taken,
    Trouble,
)

MIN_PART = 5 * 1024 * 1024


def composite(digests: Sequence[bytes]) -> str:
    """The composite SHA-256 of an object made of parts with these digests."""
    return base64.b64encode(hashlib.sha256(b"".join(digests)).digest()).decode() + f"-{len(digests)}"


@dataclass
class _Multipart:
    key: str
    parts: dict[int, bytes] = field(default_factory=dict)


class MemoryStore:
    """Store in a dictionary. `away = True` makes it unreachable; `put` and `post` are what a browser does with a signature."""

    def __init__(self, lists_digests: bool = False, single_put: bool = True) -> None:
        self.lists_digests = lists_digests
        self.single_put = single_put
        self.away = False
        self.takes_forms = True
        self.takes_single_forms = False
        self.origins = ("https://store.example",)
        self.troubles: Sequence[Trouble] = ()
        self.room: int | None = None
        self.objects: dict[str, tuple[bytes, str]] = {}
        self.multiparts: dict[str, _Multipart] = {}
        self.clean: set[str] = set()
        self.calls: list[str] = []
        self._ids = itertools.count(1)
        self._guard = threading.RLock()

    def good_for(self, seconds: int) -> int:
        """See ports.Store."""
        return seconds

    def put(self, request: SignedRequest, body: bytes) -> int:
        """Send a part; the HTTP status a store would answer."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}
        digest = _sha256(body)
        with self._guard:
            if self.away:
                return 503
            if len(body) != int(query["size"]) or request.headers.get("x-amz-checksum-sha256") != query["sha256"]:
                return 403
            if digest != query["sha256"]:
                return 400
            if query["uploadId"] == SINGLE_PUT:
                self._keep(urlsplit(request.url).path.removeprefix("/"), body)
                return 200
            multipart = self.multiparts.get(query["uploadId"])
            if multipart is None:
                return 404
            multipart.parts[int(query["partNumber"])] = body
            return 200

    def post(self, form: SignedForm, body: bytes) -> int:
        """Send a form; the HTTP status a store would answer."""
        policy = {name: values[0] for name, values in parse_qs(urlsplit(form.url).query).items()}
        digest = _sha256(body)
        with self._guard:
            if self.away:
                return 503
            if form.fields != {"key": policy["key"], "x-amz-checksum-sha256": policy["sha256"]}:
                return 403
            if len(body) != int(policy["size"]) or digest != policy["sha256"]:
                return 400
            self._keep(policy["key"], body)
            return 201

    def _keep(self, key: str, body: bytes) -> None:
        self.objects[key] = (body, _sha256(body))
        self.clean.discard(key)

    def _called(self, name: str) -> None:
        self.calls.append(name)
        if self.away:
            raise StoreUnavailable

    def _multipart(self, key: str, multipart_id: str) -> _Multipart:
        multipart = self.multiparts.get(multipart_id)
        if multipart is None or multipart.key != key:
            raise MultipartGone(multipart_id)
        return multipart

    def open_multipart(self, key: str, content_type: str, parts: int) -> str:
        """See ports.Store."""
        if parts == 1 and self.single_put:
            return SINGLE_PUT
        with self._guard:
            self._called("open_multipart")
            multipart_id = f"m{next(self._ids)}"
            self.multiparts[multipart_id] = _Multipart(key)
            return multipart_id

    def sign_part(
        self, key: str, multipart_id: str, number: int, size: int, sha256: str, expires_in: int
    ) -> SignedRequest:
        """See ports.Store."""
        query = urlencode({"uploadId": multipart_id, "partNumber": number, "size": size, "sha256": sha256})
        return SignedRequest(f"memory://store/{key}?{query}", {"x-amz-checksum-sha256": sha256})

    async def relay_part(
        self, key: str, multipart_id: str, number: int, size: int, sha256: str, body: AsyncIterator[bytes]
    ) -> Taken:
        """See ports.Store."""
        whole = b"".join([piece async for piece in body])
        status = self.put(self.sign_part(key, multipart_id, number, size, sha256, 60), whole)
        if status == 503:
            raise StoreUnavailable
        if status == 404:
            raise MultipartGone(multipart_id)
        if status != 200:
            raise StoreRefused("BadDigest" if status == 400 else "SignatureDoesNotMatch")
        return Taken(f'"{_sha256(whole)[:8]}"', sha256)

    def sign_form(self, key: str, size: int, sha256: str, expires_in: int) -> SignedForm:
        """See ports.Store."""
        policy = urlencode({"key": key, "size": size, "sha256": sha256})
        return SignedForm(f"memory://store/?{policy}", {"key": key, "x-amz-checksum-sha256": sha256})

    def copy_part(self, key: str, multipart_id: str, number: int, source: StoredKey) -> StoredPart:
        """See ports.Store."""
        with self._guard:
            self._called("copy_part")
            parts = {} if multipart_id == SINGLE_PUT else self._multipart(key, multipart_id).parts
            if source.key not in self.objects:
                raise StoreRefused("NoSuchKey", source.key)
            if multipart_id == SINGLE_PUT:
                self._keep(key, self.objects[source.key][0])
            parts[number] = self.objects[source.key][0]
            return self._listed(number, parts[number])

    def list_objects(self, prefix: str) -> list[StoredKey]:
        """See ports.Store."""
        with self._guard:
            self._called("list_objects")
            return [StoredKey(key, len(self.objects[key][0])) for key in sorted(self.objects) if key.startswith(prefix)]

    def list_parts(self, key: str, multipart_id: str, first: int = 1, last: int = 10_000) -> list[StoredPart]:
        """See ports.Store."""
        with self._guard:
            self._called("list_parts")
            if multipart_id == SINGLE_PUT:
                return [self._listed(1, self.objects[key][0])] if key in self.objects and first == 1 else []
            parts = self._multipart(key, multipart_id).parts
            return [self._listed(number, parts[number]) for number in sorted(parts) if first <= number <= last]

    def _listed(self, number: int, body: bytes) -> StoredPart:
        return StoredPart(number, len(body), _etag(body), _sha256(body) if self.lists_digests else None)

    def complete_multipart(self, key: str, multipart_id: str, parts: Sequence[FinishedPart]) -> str | None:
        """See ports.Store."""
        if multipart_id == SINGLE_PUT:
            return None
        with self._guard:
            self._called("complete_multipart")
            multipart = self._multipart(key, multipart_id)
            bodies: list[bytes] = []
            for position, part in enumerate(parts, start=1):
                body = multipart.parts.get(part.number)
                if body is None or _etag(body) != part.etag:
                    raise StoreRefused("InvalidPart", f"part {part.number}")
                if part.sha256 != _sha256(body):
                    raise StoreRefused("InvalidPart", f"checksum of part {part.number}")
                if position < len(parts) and len(body) < MIN_PART:
                    raise StoreRefused("EntityTooSmall", f"part {part.number}")
                bodies.append(body)
            checksum = composite([base64.b64decode(_sha256(body)) for body in bodies])
            self.objects[key] = (b"".join(bodies), checksum)
            del self.multiparts[multipart_id]
            return checksum

    def abort_multipart(self, key: str, multipart_id: str) -> None:
        """See ports.Store."""
        if multipart_id == SINGLE_PUT:
            return
        with self._guard:
            self._called("abort_multipart")
            self.multiparts.pop(multipart_id, None)

    def head(self, key: str) -> StoredObject | None:
        """See ports.Store."""
        with self._guard:
            self._called("head")
            found = self.objects.get(key)
            return StoredObject(len(found[0]), found[1]) if found else None

    def peek(self, key: str, length: int) -> StoredStart | None:
        """See ports.Store."""
        with self._guard:
            self._called("peek")
            found = self.objects.get(key)
            if found is None:
                return None
            body, checksum = found
            return StoredStart(StoredObject(len(body), checksum if self.lists_digests else None), body[:length])

    def delete(self, key: str) -> None:
        """See ports.Store."""
        with self._guard:
            self._called("delete")
            self.objects.pop(key, None)

    def read(self, key: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """See ports.Store."""
        with self._guard:
            self._called("read")
            if key not in self.objects:
                raise StoreRefused("NoSuchKey", key)
            body = self.objects[key][0][start : None if length is None else start + length]
        for at in range(0, len(body), 1024 * 1024):
            yield body[at : at + 1024 * 1024]

    def mark_clean(self, key: str) -> None:
        """See ports.Store."""
        with self._guard:
            self._called("mark_clean")
            if key not in self.objects:
                raise StoreRefused("NoSuchKey", key)
            self.clean.add(key)

    def sign_download(self, key: str, disposition: str, content_type: str, expires_in: int) -> str:
        """See ports.Store."""
        return f"memory://store/{key}?{urlencode({'disposition': disposition, 'type': content_type})}"

    def ping(self) -> None:
        """See ports.Store."""
        with self._guard:
            self._called("ping")


@functools.lru_cache(maxsize=256)
def _sha256(body: bytes) -> str:
    return base64.b64encode(hashlib.sha256(body).digest()).decode()


@functools.lru_cache(maxsize=256)
def _etag(body: bytes) -> str:
    return f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'


class MemoryLive:
    """Live that remembers whom it was told about."""

    def __init__(self) -> None:
        self.owners: list[str] = []

    def changed(self, owner: str) -> None:
        """See ports.Live."""
        self.owners.append(owner)


class MemoryMailer:
    """Mailer that remembers what it was given. `fault` is raised instead, for as long as it is set."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []
        self.fault: DeliveryFault | None = None

    def send(self, mail: Mail) -> None:
        """See ports.Mailer."""
        if self.fault is not None:
            raise self.fault
        self.mails.append(mail)


class ManualClock:
    """Clock that stands still until it is moved."""

    def __init__(self, start: datetime = datetime(2026, 1, 1, tzinfo=UTC)) -> None:
        self.time = start

    def now(self) -> datetime:
        """See ports.Clock."""
        return self.time

    def move(self, seconds: float) -> None:
        """Let time pass."""
        self.time += timedelta(seconds=seconds)
