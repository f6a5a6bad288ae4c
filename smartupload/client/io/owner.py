"""Whose uploads these are: the owner's cookie, kept beside the journal for this user only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from smartupload.client.io import state
from smartupload.client.io.state import LockedFile, digest_of

_COOKIE = "smartupload_owner"
# Behind https it has a prefix (RFC 6265bis); a server takes it under either name.
_PAIR = re.compile(rf"\s*(?:__Host-)?{_COOKIE}=([A-Za-z0-9]+)")


class Owner:
    """The owner that this state directory has at one server. `cookie` is what goes into a Cookie header, empty before it is known."""

    def __init__(self, state_dir: Path, url: str) -> None:
        self._path = state_dir / "owners" / digest_of(url)
        self.cookie = ""

    def meet(self, ask: Callable[[], Iterable[str]]) -> None:
        """Take the cookie that is kept, else the one that `ask` gets: the answer's Set-Cookie headers. One process asks at a time."""
        self._take(lambda _: True, ask)

    def renew(self, set_cookies: Iterable[str]) -> None:
        """The server gives another one in place of what it was shown: its form has changed, or it knows nobody by it any more."""
        given, shown = list(set_cookies), self.cookie
        if _secret_in(given):
            # Another process may have been given one meanwhile: all of them are the same owner.
            self._take(lambda kept: _pair(kept) != shown, lambda: given)

    def _take(self, stays: Callable[[str], bool], ask: Callable[[], Iterable[str]]) -> None:
        with state.usable(self._path):
            state.make_folder(self._path.parent)
            file = LockedFile(self._path)
            file.take(wait=True)
            try:
                kept = file.read()
                # One that was cut off would be nobody's.
                if not kept.endswith("\n") or not stays(kept):
                    kept = _secret_in(ask()) + "\n"
                    file.write(kept)
            finally:
                file.close()
        # A server that knows its callers by other headers gives none.
        self.cookie = _pair(kept)


class TokenOwner(Owner):
    """Whoever made the token that goes with every call: there is no cookie then, and nothing to be kept."""

    def __init__(self) -> None:
        self.cookie = ""

    def meet(self, ask: Callable[[], Iterable[str]]) -> None:
        """Nobody has to be met."""

    def renew(self, set_cookies: Iterable[str]) -> None:
        """Nor again."""


def _pair(kept: str) -> str:
    secret = kept.strip()
    return f"{_COOKIE}={secret}" if secret else ""


def _secret_in(set_cookies: Iterable[str]) -> str:
    for line in set_cookies:
        if found := _PAIR.match(line):
            return found[1]
    return ""
