"""Which sentences an app has, and in which languages: what lies in ``locales/<language>/*.ftl`` of the package and of the app, for the build."""

import json
import re
from collections.abc import Container, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

#: Those of the package, each with its name in itself; the first one is what all others are translated from.
LANGUAGES = {"en": "English", "de": "Deutsch", "es": "Español", "fr": "Français", "ja": "日本語", "ar": "العربية"}
BASE = "en"
#: A language that nobody speaks, from right to left: made of the English of an app, so that one sees what comes from no catalogue, and what has no room.
PSEUDO = "ar-XB"
OWN = Path(__file__).with_name("locales")

# What the client's scripts say, and what of that the engine alone says; the rest is said by components.
_SCRIPTS = "client-*.ftl"
_ENGINE = "client-engine-*.ftl"
_BEGINS = re.compile(r"(-?[a-zA-Z][\w-]*) *=")
_LINE = re.compile(r"^( *(?:\*?\[\w+\])? ?)(.*)$")
_ACCENTS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "àƀçđéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÀƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ"
)
Entries = Mapping[str, str]


def entries_of(text: str) -> dict[str, str]:
    """The sentences of a file by their keys, without the comments, each as it is written there. Raises ValueError for a line that belongs to none."""
    found: dict[str, list[str]] = {}
    lines: list[str] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        begin = _BEGINS.match(line)
        if begin:
            if begin[1] in found:
                raise ValueError(f"line {number}: {begin[1]} is there twice")
            lines = found[begin[1]] = [line.rstrip()]
        elif line.startswith("#"):
            lines = None
        elif lines is not None and (not line.strip() or line[0] in " }"):
            lines.append(line.rstrip())
        elif line.strip():
            raise ValueError(f"line {number} belongs to no sentence: {line!r}")
    return {key: "\n".join(lines).rstrip() for key, lines in found.items()}


def read(folder: Path, language: str, files: str = "*.ftl") -> dict[str, str]:
    """All sentences of a language in a folder of catalogues. Raises ValueError for a file that is none, and for a key that two have."""
    found: dict[str, str] = {}
    for path in sorted((folder / language).glob(files)):
        try:
            some = entries_of(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from None
        if twice := found.keys() & some.keys():
            raise ValueError(f"{path}: {min(twice)} is in another file as well")
        found |= some
    return found


def joined(entries: Iterable[str]) -> str:
    """One text in Fluent's format."""
    return "\n".join(entries)


def own(language: str) -> tuple[dict[str, str], dict[str, str]]:
    """What the package says: by its scripts, which the engine has as well, and by its components."""
    return _parted(read(OWN, language), read(OWN, language, _SCRIPTS))


def _parted(entries: Entries, of_scripts: Container[str]) -> tuple[dict[str, str], dict[str, str]]:
    """What scripts say, and the rest."""
    scripts = {key: text for key, text in entries.items() if key in of_scripts}
    return scripts, {key: text for key, text in entries.items() if key not in scripts}


def english_modules() -> dict[str, str]:
    """The scripts with the package's own English, by their paths in ``client``: that of the scripts is on every page, that of the engine with it, that of components where it is said."""
    engine, pages = _parted(own(BASE)[0], read(OWN, BASE, _ENGINE))
    rooms = {f"{_ROOMS}/{room}.js": _room(entries, "../language") for room, entries in _own_rooms().items()}
    return {
        "core/words/english.js": f"{_MADE}\n/** In Fluent's format. */\nexport const ENGLISH = {_rows(pages)};\n",
        "core/words/english_engine.js": (
            f'{_MADE}// A page shows what the engine says, and fetches none of it.\nimport {{ addEnglish }} from "./words.js";\n\n'
            f"/** In Fluent's format. */\nexport const ENGLISH_OF_ENGINE = {_rows(engine)};\n\naddEnglish(ENGLISH_OF_ENGINE, false);\n"
        ),
    } | rooms


_MADE = "// What is said in English, made of locales/en by `python -m scripts.words`.\n"
_ROOMS = "shell/words"


@cache
def _own_rooms() -> dict[str, Entries]:
    """What components say, file by file."""
    files = [path.name for path in sorted((OWN / BASE).glob("*.ftl")) if not path.match(_SCRIPTS)]
    return {file.removesuffix(".ftl"): read(OWN, BASE, file) for file in files}


def _rows(entries: Entries) -> str:
    rows = "".join(f"  {json.dumps(text, ensure_ascii=False)},\n" for text in entries.values())
    return f'[\n{rows}].join("\\n")'


def _room(entries: Entries, language: str) -> str:
    rows = "".join(f"    {json.dumps(text, ensure_ascii=False)},\n" for text in entries.values())
    return f'{_MADE}import {{ addRoom }} from "{language}/language.js";\n\naddRoom(\n  [\n{rows}  ].join("\\n"),\n);\n'


class Catalogues(NamedTuple):
    """Those of an app."""

    locales: Path | None = None
    """Its folder of them."""
    files: str = "*.ftl"
    """Which files in there are for the browser."""
    pseudo: bool = False
    """Whether it has `PSEUDO` as well."""

    def languages(self) -> list[str]:
        """All that somebody can choose, English first."""
        folders = [] if self.locales is None else [path.name for path in self.locales.iterdir() if path.is_dir()]
        return list(dict.fromkeys([*LANGUAGES, *sorted(folders), *([PSEUDO] if self.pseudo else [])]))

    def _theirs(self, language: str) -> dict[str, str]:
        return {} if self.locales is None else read(self.locales, language, self.files)

    def _rooms(self) -> dict[str, Entries]:
        """What only the app says, by the scripts that say it in English; one for each of its files."""
        if self.locales is None:
            return {}
        known = read(OWN, BASE).keys()
        rooms: dict[str, Entries] = {}
        for path in sorted((self.locales / BASE).glob(self.files)):
            entries = {key: text for key, text in read(self.locales, BASE, path.name).items() if key not in known}
            rooms[f"english_{re.sub(r'[^a-zA-Z0-9_-]', '_', path.stem)}.js"] = entries
        return rooms

    def place_of(self, key: str) -> str:
        """Which script of ``client`` a page needs that says this in English; "" where every page has it."""
        return _places(self).get(key, "")

    def modules(self) -> dict[str, str]:
        """The scripts that stand in ``client/shell/language`` of the app, by their names."""
        of_scripts = own(BASE)[0].keys()
        others = [language for language in self.languages() if language != BASE]
        rows = "".join(f'  "{language}": () => import("./words_{language}.js"),\n' for language in others)
        made = {f"words_{language}.js": self._module(language, of_scripts) for language in others}
        rooms = self._rooms()
        only = {key for entries in rooms.values() for key in entries}
        # In the place of the package's, wherever that is said.
        english = {key: text for key, text in self._theirs(BASE).items() if key not in only}
        instead, _ = _parted(english, of_scripts)
        made |= {name: _room(entries, ".") for name, entries in rooms.items()}
        named = json.dumps(LANGUAGES | {PSEUDO: "[Ẋẋ]"}, ensure_ascii=False)
        made["catalogues.js"] = (
            "// Made by the plugin at the app's build, see plugin.py.\n\n"
            f"export const ENGLISH = {_text(english)};\n\nexport const WORDS = {_text(instead)};\n\n"
            f"export const NAMES = {named};\n\nexport const OTHERS = {{\n{rows}}};\n"
        )
        return made

    def _module(self, language: str, of_scripts: Container[str]) -> str:
        written = BASE if language == PSEUDO else language
        theirs = _parted(self._theirs(written), of_scripts)
        words, pages = (ours | instead for ours, instead in zip(own(written), theirs, strict=True))
        if language == PSEUDO:
            words, pages = ({key: accented(text) for key, text in some.items()} for some in (words, pages))
        return f"export const words = {_text(words)};\nexport const pages = {_text(pages)};\n"


@cache
def _places(of: Catalogues) -> dict[str, str]:
    ours = {key: f"{_ROOMS}/{room}.js" for room, entries in _own_rooms().items() for key in entries}
    theirs = {key: f"shell/language/{name}" for name, entries in of._rooms().items() for key in entries}
    return ours | theirs


def accented(entry: str) -> str:
    """A sentence as it looks in `PSEUDO`: to be read as English, and in no word like it, longer, with a bracket at each end."""
    key, _, text = entry.partition("=")
    return f"{key}=" + "\n".join(_LINE.sub(_accented_line, line) for line in text.split("\n"))


def _accented_line(line: re.Match[str]) -> str:
    before, text = line.groups()
    if not text.strip() or text.strip() in "{}" or text.rstrip().endswith("->"):
        return line[0]
    pieces = re.split(r"(\{[^{}]*\})", text.strip())
    said = "".join(piece if piece.startswith("{") else piece.translate(_ACCENTS) for piece in pieces)
    return f"{before}⟦{said} ~~~⟧"


def _text(entries: Entries) -> str:
    return json.dumps(joined(entries.values()), ensure_ascii=False)
