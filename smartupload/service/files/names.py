"""What a file is called here: a name that is safe to show, to put into a header and to save under."""

from __future__ import annotations

import contextlib
import re
import unicodedata
from urllib.parse import quote

from smartupload.errors import BadName

MAX_BYTES = 255
"""UTF-8 bytes; the limit of the common file systems."""
MAX_DEPTH = 64
"""Folders in each other; what is deeper comes into the last of them."""
_MAX_EXTENSION = 32
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
# Marks that reorder or hide what is shown: `gpj.exe` must not read as `exe.jpg`.
_HIDDEN = frozenset("\u00ad\u061c\u180e\u200b\u200e\u200f\u2060\ufeff") | {
    chr(code)
    for span in ((0x202A, 0x202E), (0x2066, 0x206F), (0xFFF9, 0xFFFB), (0xE0000, 0xE007F))
    for code in range(span[0], span[1] + 1)
}


def clean(raw: str) -> str:
    """The name without folders, control characters and hidden marks, at most 255 bytes; raises BadName if none is left.

    Composed Unicode (NFC); the extension survives the shortening. clean(clean(x)) == clean(x).
    """
    name = raw
    # Taking something out can bring something else to the edge; two rounds settle it, a third is never needed
    # but cheap, and the loop ends at the first that changes nothing.
    for _ in range(5):
        cleaned = _once(name)
        if cleaned == name:
            break
        name = cleaned
    if not name.strip(". _"):
        raise BadName
    return name


def folder(path: str) -> str:
    """The folders of a path, `/` between them, each as safe as a name: it leads up nowhere and begins at no root. What cannot be one is left out.

    folder(folder(x) + "/a") == folder(x).
    """
    kept: list[str] = []
    for piece in re.split(r"[/\\]", path)[:-1]:
        with contextlib.suppress(BadName):
            kept.append(clean(piece))
    return "/".join(kept[:MAX_DEPTH])


def _once(name: str) -> str:
    name = unicodedata.normalize("NFC", name)
    name = "".join(visible(char) for char in name)
    name = next((piece for piece in reversed(re.split(r"[/\\]", name)) if piece.strip(". ")), "")
    # Windows drops dots and spaces at the end, so two names would become one there.
    name = name.strip().rstrip(". ")
    stem, dot, rest = name.partition(".")
    if _RESERVED.fullmatch(stem.rstrip()):
        name = f"_{stem}{dot}{rest}"
    return _shorten(name)


def visible(char: str) -> str:
    """The character, a space for one that parts lines, nothing for one that is not seen."""
    if char in _HIDDEN:
        return ""
    category = unicodedata.category(char)
    if category in ("Zs", "Zl", "Zp") or char in "\t\n\r":
        return " "
    return "" if category in ("Cc", "Cs") else char


def _shorten(name: str) -> str:
    if len(name.encode()) <= MAX_BYTES:
        return name
    stem, dot, extension = name.rpartition(".")
    if not stem or len(extension.encode()) > _MAX_EXTENSION:
        stem, dot, extension = name, "", ""
    tail = dot + extension
    room = MAX_BYTES - len(tail.encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(". ") + tail


def key(name: str) -> str:
    """By which names are sorted and searched: large and small letters are the same."""
    return unicodedata.normalize("NFC", name).casefold()


# Of what a person types: letters and digits, and a letter first, since "Report 1.2" has no extension.
_TYPED = re.compile(r"[a-z][a-z0-9]{0,9}|7z|3gp", re.IGNORECASE)


def with_extension_of(was: str, name: str) -> str:
    """Another name for a file that was called so: where a person has typed no extension, it keeps the one that it had."""
    stem, dot, extension = was.rpartition(".")
    typed = name.strip().rpartition(".")
    has_one = typed[1] == "." and _TYPED.fullmatch(typed[2]) is not None
    if not stem or not _TYPED.fullmatch(extension) or has_one or not name.strip(" ."):
        return name
    return f"{name.strip().rstrip('. ')}{dot}{extension}"


def attachment(name: str) -> str:
    """The Content-Disposition that saves a file under its name (RFC 6266, with RFC 8187 for what ASCII lacks)."""
    return _disposition("attachment", name)


def inline(name: str) -> str:
    """The Content-Disposition that shows a file where it is asked for, and gives it its name when it is saved."""
    return _disposition("inline", name)


def _disposition(how: str, name: str) -> str:
    plain = _plain(name)
    value = f'{how}; filename="{plain}"'
    return value if plain == name else f"{value}; filename*=UTF-8''{quote(name, safe='')}"


# What these clients do with a quote, a backslash, a percent sign, a semicolon or a slash inside of quotes is anybody's guess.
_GUESSED = re.compile(r'["\\%;/]')
_LETTERS = str.maketrans(
    {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}
    | {"đ": "d", "Đ": "D", "ð": "d", "þ": "th", "ı": "i", "–": "-", "—": "-", "’": "'"}
)
_LOST = "\0"


def _plain(name: str) -> str:
    """The name in ASCII, for clients that know no other (`curl -OJ`): what has no letter there is left out, and something is left."""
    known = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    known = "".join(char for char in known if not unicodedata.combining(char))
    stem, dot, extension = re.sub(r"[^ -~]+", _LOST, known).rpartition(".")
    if not dot:
        stem, extension = extension, ""
    if _LOST in stem:
        # No dash or dot at the beginning, which programs would take for something else.
        stem = stem.lstrip(f"{_LOST} -_.").rstrip(f"{_LOST} -_.")
    extension = extension.strip(f"{_LOST} ")
    stem = _GUESSED.sub("_", stem).replace(_LOST, "_").strip() or "file"
    if _RESERVED.fullmatch(stem.partition(".")[0].rstrip()):
        stem = f"_{stem}"
    return _shorten(stem + dot * bool(extension) + _GUESSED.sub("_", extension).replace(_LOST, "_"))


_PASSIVE = re.compile(r"(image/(png|jpeg|gif|webp|avif|bmp|heic|tiff)|audio/.+|video/.+|text/plain|text/csv|font/.+|"
                      r"application/(pdf|zip|gzip|x-tar|x-7z-compressed|octet-stream|json|msword|vnd\.[\w.+-]+))")  # fmt: skip


def safe_type(kind: str) -> str:
    """The Content-Type a file is served with: what could be run (HTML, SVG, scripts, programs) becomes octet-stream."""
    if _PASSIVE.fullmatch(kind) and not kind.endswith(("+xml", "-executable")):
        return kind
    return "application/octet-stream"
