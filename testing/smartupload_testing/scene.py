"""One scenario under way: a person with a browser, on a line of their own, at a site that stays as it is; what was theirs is gone afterwards."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

import pytest

from smartupload_testing.browser.person import Person
from smartupload_testing.files import MIB, Original, make_file
from smartupload_testing.line.forward import ForwardLine
from smartupload_testing.site import GONE, Site
from smartupload_testing.trust import flags_for
from smartupload_testing.wait import wait_for

T = TypeVar("T")
PACE = 12 * MIB
"""Bytes a second of a line on which something is to happen in the middle."""
SLOWEST = MIB / 2
"""What a site is thought to take at least, in bytes a second."""
SAFE = ("return", "continues")
"""What a card says of leaving when one may leave."""


# Where pytest keeps the scene of a test.
SCENE: pytest.StashKey[Scene] = pytest.StashKey()


@dataclass(frozen=True)
class Run:
    """What all scenarios of one run have in common. `name` stands in the name of every file that is sent."""

    name: str
    seed: int
    size: int
    patience: float


class Scene:
    """`person` is there from the beginning, with a browser on a blank page."""

    def __init__(
        self, site: Site, run: Run, name: str, folder: Path, sign_in: Callable[[Person], None] | None = None
    ) -> None:
        self.site = site
        """The site, over its public HTTP API."""
        self.run = run
        """What all scenarios of the run have in common: `size` of the files, `patience`, `seed`."""
        self.name = name
        self.folder = folder
        """For files of the scenario's own."""
        self.line = ForwardLine()
        """What the person's browser goes over."""
        self.files: list[Original] = []
        """Those that `file` has made."""
        self.people: list[Person] = []
        self._sign_in = sign_in
        self._before = 0
        # Every owner that the person's browser has been: a browser that loses its cookie is another one afterwards.
        self._owners: list[dict[str, str]] = []
        self.person = self.somebody()
        """Somebody with a browser, on a blank page."""

    def somebody(self) -> Person:
        """One more person, with a browser of their own."""
        flags = (*self.line.flags, *flags_for(self.site.trust))
        profile = self.folder / f"profile-{len(self.people)}"
        one = Person(self.site.url, profile, *flags, patience=self.run.patience, sign_in=self._sign_in)
        self.people.append(one)
        return one

    def file(self, share: float = 1) -> Original:
        """A file of its own, that nobody has ever sent; `share`: of the size that was asked for."""
        number = len(self.files) + 1
        path = self.folder / f"{self.run.name}-{self.name}-{number}.bin"
        file = make_file(path, int(self.run.size * share), f"{self.run.seed} {self.name} {number}")
        self.files.append(file)
        return file

    # What happens.

    def begin(self, *files: Original, pace: float | None = PACE, until: float | None = None) -> None:
        """Open the page and give files; what is sent counts from here on.

        Args:
            files: made by `file`.
            pace: bytes a second of the line; None for as fast as it goes.
            until: waits until that share of them is sent; from there the line hardly moves, until `arrives`.
        """
        size = sum(file.size for file in files)
        self.person.open()
        self.count_anew()
        self.line.shape(pace, None if until is None else int(size * until))
        self.person.give(*files)
        if until is not None:
            self.wait_sent(size * until)

    def count_anew(self) -> None:
        """What was sent until now counts in `sent` and `twice` no more."""
        self._before = self.line.sent

    def wait_sent(self, amount: float) -> None:
        """Wait until so many bytes went up since the files were given."""
        self.wait(lambda: self.sent >= amount, 60 + amount / SLOWEST, f"{amount / MIB:.0f} MiB to be sent")

    def wait(self, condition: Callable[[], T | Literal[False] | None], seconds: float, what: str) -> T:
        """Wait for the first true value of the condition. Raises AssertionError after so many seconds, times `--patience`."""
        return wait_for(condition, seconds * self.run.patience, what, every=0.1)

    def wait_safe(self, file: Original) -> None:
        """Wait until the card says that one may leave: `return` or `continues`."""
        self.person.wait_leave(file.name, *SAFE, seconds=60)
        self.owner()

    def arrives(self, file: Original, pace: float | None = None) -> dict[str, Any]:
        """Wait until the file is ready, on a line of this pace, and give its upload.

        Asserts that no card asks for it a second time, that what is downloaded is the file, byte for byte, that it is there once,
        and that its card, where one is seen, says that it is ready. Not how often its bytes went: that is `expect_twice`.
        """
        self.line.shape(pace)
        seen: list[str] = []

        def ready() -> dict[str, Any] | None:
            card = self.person.card(file.name) if self.person.is_there else None
            assert card is None or not card.asks, f"the card asks for the file a second time: {card}"
            uploads = self.uploads(file)
            seen[:] = [f"at the server it is {one['state']}" for one in uploads] + [f"the card is {card}"]
            return next((one for one in uploads if one["state"] == "ready"), None)

        try:
            seconds = 60 + file.size / (pace or SLOWEST)
            upload = wait_for(ready, seconds * self.run.patience, f"{file.name} to be ready", every=0.5)
        except AssertionError as error:
            raise AssertionError(f"{error}; {'; '.join(seen)}") from None
        got = self.site.downloaded(self.owner(), upload["id"])
        assert got == (file.size, file.sha256), f"{file.name} came out as other bytes: {got}, given was {file}"
        if self.person.is_there and self.person.card(file.name):
            self.person.wait_state(file.name, "ready", seconds=30)
        there = [one["id"] for one in self.uploads(file) if one["state"] not in GONE]
        assert there == [upload["id"]], f"{file.name} is there as {len(there)} uploads"
        return upload

    # What is known.

    def owner(self) -> dict[str, str]:
        """The cookies of the person, or the last ones that were seen."""
        if self.person.is_there and (cookies := self.person.cookies()) and cookies not in self._owners:
            self._owners.append(cookies)
        return self._owners[-1] if self._owners else {}

    def uploads(self, file: Original) -> list[dict[str, Any]]:
        """What the server has under the name of the file, newest first."""
        return [one for one in self.site.uploads(self.owner()) if one["name"] == file.name]

    def upload(self, file: Original) -> dict[str, Any]:
        """The one upload of the file. Raises AssertionError when there is none, or another one."""
        found = self.uploads(file)
        assert len(found) == 1, f"there are {len(found)} uploads of {file.name}"
        return found[0]

    @property
    def sent(self) -> int:
        """Bytes that went up since the files were given."""
        return self.line.sent - self._before

    @property
    def twice(self) -> int:
        """Bytes that went up beyond those of the files."""
        return max(0, self.sent - sum(file.size for file in self.files))

    def expect_twice(self, most: float = 0) -> None:
        """Assert that no more than so many bytes went twice, beside what is `around` the files."""
        allowed = most + self.around()
        assert self.twice <= allowed, f"{self.twice / MIB:.1f} MiB went twice, of at most {allowed / MIB:.1f}"

    def around(self) -> float:
        """Bytes that may be around the files: heads of forms, and in tunnels those of every call and page."""
        size = sum(file.size for file in self.files)
        return 0.03 * size + (0 if self.line.is_exact else 2 * MIB)

    # The end.

    def close(self) -> None:
        """Nobody is there any more, and nothing is left at the site. Raises AssertionError when something is."""
        try:
            if self.person.is_there:
                self.owner()
            for person in self.people:
                person.close_browser()
                shutil.rmtree(person.profile, ignore_errors=True)
        finally:
            self.line.close()
            for file in self.files:
                file.path.unlink(missing_ok=True)
            clean(self.site, self._owners, f"{self.run.name}-{self.name}-")

    @property
    def owners(self) -> list[dict[str, str]]:
        """All that the person's browser has been, by their cookies."""
        return list(self._owners)


def clean(site: Site, owners: list[dict[str, str]], prefix: str) -> None:
    """Delete all files of that prefix. Raises AssertionError when one is there all the same."""
    for cookies in owners:
        for one in there(site, cookies, prefix):
            site.delete(cookies, one["id"])
        left = there(site, cookies, prefix)
        assert not left, f"left behind at {site.url}: {[one['name'] for one in left]}"


def there(site: Site, cookies: dict[str, str], prefix: str) -> list[dict[str, Any]]:
    """Uploads of that prefix of which something is left."""
    return [one for one in site.uploads(cookies) if one["name"].startswith(prefix) and one["state"] not in GONE]
