"""The outside things the service needs, each as one small protocol that an adapter or an in-memory twin fulfils."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from smartupload.hooks import ArrivedFile, NewFile, ReadyFile

SINGLE_PUT = "single-put"
"""In the place of a multipart upload's id: the file has one part, which is the whole object and sent with one PUT."""


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """A request anybody may make once it is signed: exactly these headers have to be sent. `others`: the same at other hosts of the store."""

    url: str
    headers: Mapping[str, str]
    others: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """What the store said of a part that it has taken. `sha256` is base64, empty where it does not say it."""

    etag: str
    sha256: str


@dataclass(frozen=True, slots=True)
class SignedForm:
    """A form anybody may POST once it is signed: exactly these fields, then the bytes in a last field named `file`."""

    url: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A whole object as the store lists it."""

    key: str
    size: int


@dataclass(frozen=True, slots=True)
class StoredPart:
    """One part as the store lists it. `sha256` is base64, or None where the store does not list it."""

    number: int
    size: int
    etag: str
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class FinishedPart:
    """One part as it is named when a multipart upload is completed. `sha256` is base64."""

    number: int
    etag: str
    sha256: str


@dataclass(frozen=True, slots=True)
class StoredObject:
    """A whole object. `checksum` is the composite SHA-256 (base64, then `-N`), that of all bytes when it was sent with one PUT, or None
    where the store hides it.
    """

    size: int
    checksum: str | None


@dataclass(frozen=True, slots=True)
class StoredStart:
    """A whole object, and its first bytes."""

    object: StoredObject
    first: bytes


@dataclass(frozen=True, slots=True)
class Trouble:
    """What whoever runs the site is to mend at the store: `about` names it in one word, `what` says it, `remedy` is what to type or do.

    `stops`: nobody can upload from a browser until then.
    """

    about: str
    what: str
    remedy: str
    stops: bool = False


class Store(Protocol):
    """An S3 store.

    Every call may raise errors.StoreUnavailable (does not answer, answers 5xx, or refuses our credentials) and
    errors.StoreRefused (refused for good). Sizes are bytes, times are seconds, digests are base64 of SHA-256.
    """

    def open_multipart(self, key: str, content_type: str, parts: int) -> str:
        """Open a multipart upload with SHA-256 part checksums and a composite checksum; returns its id.

        Of one part it may be SINGLE_PUT, and means so to all other calls. Nothing is asked or opened in the store for it, and it is never
        gone.
        """
        ...

    def sign_part(
        self, key: str, multipart_id: str, number: int, size: int, sha256: str, expires_in: int
    ) -> SignedRequest:
        """A PUT for one part number, one length and one digest. Local, asks nobody."""
        ...

    async def relay_part(
        self, key: str, multipart_id: str, number: int, size: int, sha256: str, body: AsyncIterator[bytes]
    ) -> Taken:
        """Pass one part on as it comes, for a browser that does not get through to the store. The store holds it to its length and digest.

        Nothing of it is kept. Raises MultipartGone as well, and StoreRefused for other bytes.
        """
        ...

    def good_for(self, seconds: int) -> int:
        """For how long what is signed now will be good of these seconds: the credentials of a role end before. Local, asks nobody."""
        ...

    @property
    def origins(self) -> Sequence[str]:
        """Where browsers reach it: the address of each of its hosts."""
        ...

    @property
    def takes_forms(self) -> bool:
        """Whether browsers may POST forms and objects be copied into multipart uploads here."""
        ...

    @property
    def takes_single_forms(self) -> bool:
        """Whether browsers may send a file of one part as a form as well: the store is known to hold one to its key, length and digest."""
        ...

    def sign_form(self, key: str, size: int, sha256: str, expires_in: int) -> SignedForm:
        """A form for one object of one length and one digest. Local, asks nobody."""
        ...

    def copy_part(self, key: str, multipart_id: str, number: int, source: StoredKey) -> StoredPart:
        """Make an object a part of a multipart upload; the object stays.

        Raises MultipartGone, and StoreRefused with the code NoSuchKey when there is no such object.
        """
        ...

    def list_objects(self, prefix: str) -> list[StoredKey]:
        """All objects whose key begins so, over all pages."""
        ...

    def list_parts(self, key: str, multipart_id: str, first: int = 1, last: int = 10_000) -> list[StoredPart]:
        """Parts `first` to `last`, over all pages, each number once, ascending. Raises MultipartGone.

        Of a part that was sent more than once it is the latest, as exactly as the store dates them (seconds).
        """
        ...

    def complete_multipart(self, key: str, multipart_id: str, parts: Sequence[FinishedPart]) -> str | None:
        """Make the object of the parts; its composite checksum if the answer says it. Raises MultipartGone."""
        ...

    def abort_multipart(self, key: str, multipart_id: str) -> None:
        """Free the parts. Nothing happens when there are none."""
        ...

    def head(self, key: str) -> StoredObject | None:
        """The object, or None."""
        ...

    def peek(self, key: str, length: int) -> StoredStart | None:
        """The object and its first `length` bytes, asked for together, or None. Of a part of an object a store may say no checksum."""
        ...

    def delete(self, key: str) -> None:
        """Delete the object. Nothing happens when there is none."""
        ...

    def read(self, key: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """The object's bytes from `start`, `length` of them or all, in pieces of 1 MiB at most.

        Raises StoreRefused with the code NoSuchKey when there is no such object, also while it is read.
        """
        ...

    def mark_clean(self, key: str) -> None:
        """Tag the object `smartupload-scan=clean`, so that a policy can shut everything else. Where that cannot be done it is left out."""
        ...

    def sign_download(self, key: str, disposition: str, content_type: str, expires_in: int) -> str:
        """A GET address that answers with this Content-Disposition and Content-Type. Local, asks nobody."""
        ...

    def ping(self) -> None:
        """Ask for the bucket; raises errors.StoreUnavailable with what is wrong."""
        ...

    @property
    def room(self) -> int | None:
        """Bytes that it still takes, where that can be known; None where it says so itself. Local, asks nobody."""
        ...

    @property
    def troubles(self) -> Sequence[Trouble]:
        """What was found wrong with the bucket when it was looked at last. Asks nobody."""
        ...


class Scanner(Protocol):
    """A virus scanner."""

    def scan(self, chunks: Iterable[bytes]) -> str | None:
        """The name of what was found in these bytes, or None when they are clean.

        Raises errors.ScannerUnavailable (try again later), and errors.NotScannable when this content will never
        go through (for example larger than the scanner takes).
        """
        ...

    def ping(self) -> None:
        """Raises errors.ScannerUnavailable with what is wrong."""
        ...


class Finisher(Protocol):
    """Runs the finishing of uploads, durably."""

    def start(self, upload_id: str, epoch: int) -> None:
        """Have this upload finished, once however often it is called. Never raises; what is lost here is swept up."""
        ...

    def wait(self, upload_id: str, epoch: int, seconds: float) -> None:
        """Return when it is finished, or after so many seconds."""
        ...

    def trouble(self) -> str:
        """What keeps uploads from being finished, in words; empty when nothing does. Never raises."""
        ...


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one address, as text and as HTML. `headers` are further ones (RFC 8058)."""

    to: str
    subject: str
    text: str
    html: str
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


class Mailer(Protocol):
    """Sends mail."""

    def send(self, mail: Mail) -> None:
        """Raises errors.TryAgain or errors.Undeliverable."""
        ...


@dataclass(frozen=True, slots=True)
class PushTarget:
    """A browser's push subscription: its address, and its keys as base64url."""

    endpoint: str
    p256dh: str
    auth: str


class Pusher(Protocol):
    """Sends Web Pushes (RFC 8030, 8291, 8292)."""

    @property
    def public_key(self) -> str:
        """The application server key, as base64url, that browsers subscribe with."""
        ...

    def send(self, target: PushTarget, payload: bytes, topic: str) -> None:
        """A later push with the same topic (32 base64url characters at most) replaces one that still waits.

        Raises errors.TargetGone (404, 410), errors.TryAgain (429, 5xx, no answer), errors.Undeliverable.
        """
        ...


@dataclass(frozen=True, slots=True)
class Message:
    """An event as consumers get it. `body` is JSON, `group` the upload: messages of one group are in order."""

    id: str
    kind: str
    group: str
    body: str


class Publisher(Protocol):
    """Hands events to programs: a webhook, a queue."""

    def send(self, message: Message) -> None:
        """Raises errors.TryAgain or errors.Undeliverable."""
        ...


class Hooks(Protocol):
    """The hooks of the app around, called. Every call blocks for a limited time, and raises errors.HookFault when there is no answer."""

    @property
    def is_asked_first(self) -> bool:
        """Whether any of the next three says anything."""
        ...

    def file_name(self, file: NewFile) -> str | None:
        """What the file is to be called, None for the name it has."""
        ...

    def may_upload(self, file: NewFile) -> str | None:
        """Why this person may not upload this file, in a sentence; None when they may."""
        ...

    def folder(self, file: NewFile) -> str | None:
        """Below which folder the object lies: names of safe characters with slashes between. None for none."""
        ...

    @property
    def judges(self) -> Sequence[str]:
        """Whom `finish` asks, by name."""
        ...

    def finish(self, file: ArrivedFile) -> str | None:
        """Why the file is not to be published, in a sentence; None when it is."""
        ...

    @property
    def listeners(self) -> Sequence[str]:
        """Who is told of ready files, by name."""
        ...

    def on_ready(self, listener: str, file: ReadyFile) -> None:
        """Tell this one. Raises LookupError when there is none of this name."""
        ...


class Live(Protocol):
    """Tells whoever shows an owner's files that they changed."""

    def changed(self, owner: str) -> None:
        """Called after every durable change, from any thread. Never blocks, never raises."""
        ...


class Subscription(Protocol):
    """Hears of one owner's changes, in one event loop. As a context manager it ends with its block."""

    @property
    def ended(self) -> bool:
        """It hears nothing more: its owner has too many, or the server stops."""
        ...

    @property
    def crowded(self) -> bool:
        """It has ended because its owner has too many."""
        ...

    def end(self) -> None:
        """Hear nothing more; whoever waits comes back at once."""
        ...

    def wake(self) -> None:
        """As at a change. From any thread."""
        ...

    async def wait(self, seconds: float) -> bool:
        """True at a change since the last call, or at the end; False after so many seconds."""
        ...

    def __enter__(self) -> Subscription: ...

    def __exit__(self, kind: Any, error: Any, trace: Any, /) -> None: ...


class Streams(Protocol):
    """Who is subscribed to which owner's changes."""

    def subscribe(self, owner: str) -> Subscription:
        """A new subscription; of nobody, the empty text, it hears of the end only. With too many for one owner the oldest ends."""
        ...

    def visit(self, owner: str) -> None:
        """Somebody with a link looks at a file of this owner, now and for a while. From any thread."""
        ...


class Limiter(Protocol):
    """Counts what is done, by who does it."""

    @property
    def is_remote(self) -> bool:
        """Whether a call may wait for somebody outside, so that it needs a thread."""
        ...

    def take(self, kind: str, who: str, cost: int, most: int, seconds: int) -> float:
        """Do it so many times: 0 when that is within `most` in `seconds`, else nothing is counted, and it is worth another try after so long. Never raises."""
        ...


class Clock(Protocol):
    """What time it is."""

    def now(self) -> datetime:
        """Now, with the UTC time zone."""
        ...


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Whom an identity provider says somebody is. `email` only where it has checked it; `sid`: its own session, empty where it has no name for it."""

    issuer: str
    subject: str
    sid: str = ""
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class SignedOut:
    """Whose sessions an identity provider ends: the one `sid`, or where that is empty all of `subject` that began until `before`."""

    issuer: str
    subject: str
    sid: str
    before: datetime


@dataclass(frozen=True, slots=True)
class SignIn:
    """What one attempt to sign in is known by. All of it stays with the browser that began it, but for what `address` tells of it."""

    state: str
    nonce: str
    verifier: str
    back: str
    """Where the provider sends the browser."""


class IdentityProvider(Protocol):
    """Somebody who signs people in. Raises errors.ProviderFault."""

    async def address(self, attempt: SignIn) -> str:
        """Where the browser goes to sign in."""
        ...

    async def signed_in(self, attempt: SignIn, code: str) -> SignedIn:
        """Who came back with this code."""
        ...

    async def signed_out(self, token: str) -> SignedOut:
        """Whom it says to sign out (OpenID Connect Back-Channel Logout)."""
        ...

    async def farewell(self, back: str) -> str:
        """Where the browser goes to sign out there, too, and then `back`; empty where it has no such place."""
        ...
