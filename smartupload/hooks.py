"""What an app can have a say in: the hooks of `SmartUpload(hooks=…)`, as protocols. docs/library.md says what each failure means.

A hook is an object with `version = 1` and one or more of the methods below, each of them `def` or `async def`. It is called
by a `name`, that of its class unless it has one of its own.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NoReturn, Protocol

VERSION = 1
"""Of these protocols: it grows when one of them changes so that an older hook would be misunderstood."""


class _Unchanging(dict[str, str]):
    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("what was said of a file cannot be changed: dict(metadata) is a copy that can")

    __setitem__: Any = _refuse
    __delitem__: Any = _refuse
    __ior__: Any = _refuse
    clear: Any = _refuse
    pop: Any = _refuse
    popitem: Any = _refuse
    setdefault: Any = _refuse
    update: Any = _refuse


class Metadata(_Unchanging):
    """Texts by name that nobody can change: a dict for JSON, pickle, copies and comparisons, and hashable as the file is that has it."""

    def __hash__(self) -> int:  # pyright: ignore[reportIncompatibleVariableOverride]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[type[Metadata], tuple[dict[str, str]]]:
        return Metadata, (dict(self),)


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that is about to be sent, which has passed our own checks. `type` is what the browser says; `size` in bytes.

    `metadata`: what the page or program says of it, texts by name that anybody can have written. `uploader`: which uploader of
    the page took it, empty for the one without a name.
    """

    owner: str
    name: str
    size: int
    type: str
    last_modified: datetime | None
    metadata: Mapping[str, str] = field(default_factory=Metadata)
    uploader: str = ""


@dataclass(frozen=True, slots=True)
class ArrivedFile:
    """A file that is whole and not published yet. `type` is what its first bytes show, else what the browser says.

    `read` gives its bytes in pieces of 1 MiB at most, once for each call. `metadata`, `uploader`: as of NewFile.
    """

    upload_id: str
    owner: str
    name: str
    size: int
    type: str
    bucket: str
    key: str
    read: Callable[[], Iterator[bytes]]
    metadata: Mapping[str, str] = field(default_factory=Metadata)
    uploader: str = ""


@dataclass(frozen=True, slots=True)
class ReadyFile:
    """A file that may be downloaded from now on. `event_id` is the same each time that the same is told.

    `metadata`, `uploader`: as of NewFile.
    """

    event_id: str
    upload_id: str
    owner: str
    name: str
    size: int
    type: str
    bucket: str
    key: str
    checksum: str | None
    share_url: str
    metadata: Mapping[str, str] = field(default_factory=Metadata)
    uploader: str = ""


class FileName(Protocol):
    """What the file is called here."""

    version: int

    def file_name(self, file: NewFile) -> str | Awaitable[str | None] | None:
        """Another name, which is cleaned as every name is; None for the name that it has."""
        ...


class MayUpload(Protocol):
    """Whether this person may upload this file."""

    version: int

    def may_upload(self, file: NewFile) -> str | Awaitable[str | None] | None:
        """None for yes; else the sentence that the person reads on the card."""
        ...


class Folder(Protocol):
    """Where the file lies in the bucket."""

    version: int

    def folder(self, file: NewFile) -> str | Awaitable[str | None] | None:
        """Such as `customers/42`: the key is `uploads/customers/42/<upload>/<epoch>` then. None for `uploads/<upload>/<epoch>`."""
        ...


class Finish(Protocol):
    """A step of finishing, after the scan and before the file is published."""

    version: int

    def finish(self, file: ArrivedFile) -> str | Awaitable[str | None] | None:
        """None to go on; else the file is blocked, and this is the sentence that its owner reads. It may be called again."""
        ...


class OnReady(Protocol):
    """What happens once a file is ready."""

    version: int

    def on_ready(self, file: ReadyFile) -> Awaitable[None] | None:
        """At least once for each file, whatever happens to the process; told apart by `event_id`."""
        ...


Hook = FileName | MayUpload | Folder | Finish | OnReady
METHODS = ("file_name", "may_upload", "folder", "finish", "on_ready")


def checked(hooks: Iterable[object]) -> tuple[object, ...]:
    """The hooks, each with something that is called. Raises TypeError with what to write."""
    found = tuple(hooks)
    names: set[str] = set()
    for hook in found:
        name = name_of(hook)
        if isinstance(hook, type):
            raise TypeError(f"{name} is a class: hand over an object, {name}()")
        if getattr(hook, "version", None) != VERSION:
            raise TypeError(f"{name} does not say for which version of the hooks it was written: `version = {VERSION}`")
        methods = [method for method in METHODS if hasattr(hook, method)]
        if not methods:
            raise TypeError(f"{name} has no method that is called: {', '.join(METHODS)}")
        for method in methods:
            if not callable(getattr(hook, method)):
                raise TypeError(f"{name}.{method} is no method")
        if name in names:
            raise TypeError(f"two hooks are called {name}: give them different texts as `name`")
        if not name.isprintable():
            raise TypeError(f"{name!r} is no name for a hook: write it in one line")
        names.add(name)
    return found


def name_of(hook: object) -> str:
    """What it is called in the log, and in what is still to be told to it."""
    if isinstance(hook, type):
        return hook.__name__
    name = getattr(hook, "name", "")
    return name if isinstance(name, str) and name else type(hook).__name__
