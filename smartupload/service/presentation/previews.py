"""Which files a page can show, and how: only what a browser cannot run, in forms that run nothing."""

from __future__ import annotations

import codecs
import re

from smartupload.errors import NoPreview, Problem, StoreFault, StoreRefused
from smartupload.models import Upload
from smartupload.service.context import Context
from smartupload.service.files import names, pictures
from smartupload.service.presentation import downloads
from smartupload.service.presentation.views import type_of
from smartupload.words import Sentence

PICTURE, PDF, AUDIO, VIDEO, TEXT = "picture", "pdf", "audio", "video", "text"

MAX_PICTURE = 64 * 1000 * 1000
"""Bytes; a larger picture costs a visitor's phone more than a look is worth."""
MAX_PIXELS = 100_000_000
"""Of a picture; a browser keeps four bytes for each, however small the file is."""
MAX_TEXT = 64 * 1024
"""Bytes of a text that are shown."""

PREVIEW_SECONDS = 600
"""How long the address of a picture or a PDF is good: it is asked for as soon as the page is open."""
PLAYER_SECONDS = 4 * 3600
"""How long that of a film or a sound is good: players ask for piece after piece of the same address while they play."""

_PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp"}
_TEXTS = {"application/json", "application/x-yaml", "application/yaml", "application/toml", "application/sql"}
# A browser would run these, and to a person their source says little.
_NO_TEXTS = {"text/html", "text/xml", "text/javascript", "text/xsl"}
# In them a form feed, tab and line ends are the only control characters.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def kind_of(row: Upload) -> str:
    """How a file is shown: `picture`, `pdf`, `audio`, `video`, `text`, or empty for not at all."""
    kind = type_of(row).partition(";")[0].strip().lower()
    if kind in _PICTURES:
        return PICTURE if row.size <= MAX_PICTURE else ""
    if kind == "application/pdf":
        return PDF
    if (kind.startswith("text/") and kind not in _NO_TEXTS) or kind in _TEXTS:
        return TEXT
    family = kind.partition("/")[0]
    # What is served as octet-stream, since a browser could run it, is not shown either.
    return family if family in (AUDIO, VIDEO) and names.safe_type(kind) == kind else ""


def preview_url(ctx: Context, row: Upload) -> str:
    """A short-lived address that shows the file inline. Raises NotReady, UploadNotFound, and NoPreview for a text, too, and for a picture of too many pixels, or of nobody knows how many."""
    downloads.check_ready(row)
    kind = kind_of(row)
    if kind not in (PICTURE, PDF, AUDIO, VIDEO):
        raise NoPreview
    if refusal := too_large(ctx, row):
        raise NoPreview(refusal)
    seconds = PLAYER_SECONDS if kind in (AUDIO, VIDEO) else PREVIEW_SECONDS
    return ctx.store.sign_download(
        row.key, names.inline(row.name), names.safe_type(type_of(row).partition(";")[0]), seconds
    )


def too_large(ctx: Context, row: Upload) -> Sentence | None:
    """Why the picture of this file, which is ready, is not shown; None where it is, and while the store cannot be asked."""
    if kind_of(row) != PICTURE:
        return None
    try:
        found = ctx.pixels.of(
            row.key, lambda: pictures.pixels(lambda start, length: _piece(ctx, row, start, length)), pictures.GIVEN_UP
        )
    except (StoreFault, Problem):
        return None
    if found == pictures.GIVEN_UP:
        return Sentence("problem-no_preview-unknown")
    if found is None or found <= MAX_PIXELS:
        return None
    return Sentence("problem-no_preview-large", megapixels=found // 1_000_000, most=MAX_PIXELS // 1_000_000)


def _piece(ctx: Context, row: Upload, start: int, length: int) -> bytes:
    length = min(length, row.size - start)
    return b"".join(ctx.store.read(row.key, start, length)) if length > 0 else b""


def text_of(ctx: Context, row: Upload) -> str:
    """The beginning of a text; whoever shows it has to escape it. Raises NotReady, UploadNotFound, NoPreview, StoreUnavailable."""
    downloads.check_ready(row)
    if kind_of(row) != TEXT:
        raise NoPreview
    try:
        head = b"".join(ctx.store.read(row.key, 0, min(MAX_TEXT, row.size)))
    except StoreRefused as gone:
        raise NoPreview from gone
    return decoded(head, whole=row.size <= MAX_TEXT)


def decoded(head: bytes, whole: bool = True) -> str:
    """Text of bytes that may end within a character unless they are the `whole` of it. Raises NoPreview for no text."""
    encoding = "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif b"\0" in head:
        raise NoPreview
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(head, final=whole)
    except UnicodeDecodeError:
        # Old Windows files; every byte but a few means something there.
        text = head.decode("cp1252", errors="replace")
    return _CONTROL.sub("", text)
