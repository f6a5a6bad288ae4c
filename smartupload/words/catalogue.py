"""The catalogues: one folder a language, read when somebody speaks it for the first time; what one lacks is said in English."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fluent.runtime import FluentBundle

_log = logging.getLogger(__name__)

ENGLISH = "en"
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})

OURS = Path(__file__).resolve().parents[1] / "locales"


def files_of(folder: Path, language: str) -> list[Path]:
    """The files of a language that the server reads. What pages say is said in the browser."""
    return sorted(one for one in (folder / language).glob("*.ftl") if not one.name.startswith("pages-"))


def languages_in(folder: Path) -> tuple[str, ...]:
    """English, then those with a folder that has all of its files."""
    wanted = {one.name for one in files_of(folder, ENGLISH)}
    others = sorted(one.name for one in folder.iterdir() if one.is_dir() and one.name != ENGLISH)
    return (ENGLISH, *(one for one in others if wanted <= {file.name for file in files_of(folder, one)}))


LANGUAGES = languages_in(OURS)
"""What the server speaks."""


def direction(language: str) -> str:
    """Which way a text of this language runs: `ltr` or `rtl`."""
    return "rtl" if language.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"


class Catalogues:
    """Those of several languages, below one or more folders; of two with the same sentence the later folder's counts."""

    def __init__(self, languages: Sequence[str] = LANGUAGES, folders: Iterable[Path] = (OURS,)) -> None:
        self.languages = tuple(languages)
        self._folders = tuple(folders)
        self._bundles: dict[str, FluentBundle] = {}
        self._guard = threading.Lock()

    def has(self, key: str) -> bool:
        """Whether there is such a sentence."""
        return self._bundle(ENGLISH).has_message(key)

    def say(self, key: str, language: str, arguments: Mapping[str, object]) -> str:
        """The sentence in this language, else in English. Raises KeyError for a key that nobody knows."""
        for tongue in dict.fromkeys((language, ENGLISH)):
            if tongue not in self.languages:
                continue
            bundle = self._bundle(tongue)
            if not bundle.has_message(key):
                continue
            pattern = bundle.get_message(key).value
            if pattern is None:
                continue
            text, errors = bundle.format_pattern(pattern, dict(arguments))
            if not errors:
                return str(text)
            # Half a sentence is worse than one in English, and that is better than none.
            _log.error("a sentence cannot be said: %s in %s: %s", key, tongue, errors)
            if tongue == ENGLISH:
                return str(text)
        raise KeyError(key)

    def _bundle(self, language: str) -> FluentBundle:
        if (found := self._bundles.get(language)) is None:
            with self._guard:
                found = self._bundles.get(language) or self._read(language)
                self._bundles[language] = found
        return found

    def _read(self, language: str) -> FluentBundle:
        # Only here: it brings Babel, which takes a tenth of a second, and a command that says nothing needs neither.
        from fluent.runtime import FluentBundle, FluentResource

        bundle = FluentBundle([language], use_isolating=False)
        for folder in self._folders:
            for file in files_of(folder, language):
                bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")), allow_overrides=True)
        return bundle


_held = [Catalogues()]


def catalogues() -> Catalogues:
    """Those that count in this process."""
    return _held[-1]


class using:
    """Others, as long as the block lasts: for the tests of a language that the site does not speak."""

    def __init__(self, others: Catalogues) -> None:
        self._others = others

    def __enter__(self) -> None:
        _held.append(self._others)

    def __exit__(self, *_error: object) -> None:
        _held.remove(self._others)
