"""How a scan ends between two pieces when the process stops: a large file would take minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from smartupload.service.context import Scanner


class Interrupted(BaseException):
    """The process stops. No Exception, so that nothing on the way takes it for a fault of the upload."""


class Stoppable:
    """A scanner that asks before each piece whether it may go on; `check` raises Interrupted."""

    def __init__(self, scanner: Scanner, check: Callable[[], None]) -> None:
        self._scanner, self._check = scanner, check

    def scan(self, chunks: Iterable[bytes]) -> str | None:
        """See ports.Scanner."""
        return self._scanner.scan(self._checked(chunks))

    def ping(self) -> None:
        """See ports.Scanner."""
        self._scanner.ping()

    def _checked(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            self._check()
            yield chunk
