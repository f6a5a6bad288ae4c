"""How a size reads to whoever is spoken to."""

from __future__ import annotations

from smartupload import words
from smartupload.words import figures


def size_text(size: int) -> str:
    """``2.14 GB`` for a size in bytes, in the language at hand."""
    return figures.size_text(size, words.language())
