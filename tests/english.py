"""What a compiled page says in English: sentences stand in it by their keys."""

import re
from pathlib import Path

from reflex_smartupload import catalogues

ROOT = Path(__file__).resolve().parents[1]
#: The package's, and those of the app's pages.
FOLDERS = {catalogues.OWN: "*.ftl", ROOT / "smartupload" / "locales": "pages-*.ftl"}
_SAID = re.compile(r'smartupload_say\(\\*"([\w-]+)\\*"')


def sentences() -> dict[str, str]:
    """Key -> sentence, as the catalogue has it."""
    return {
        key: entry.partition("=")[2].strip()
        for folder, files in FOLDERS.items()
        for key, entry in catalogues.read(folder, catalogues.BASE, files).items()
    }


def in_english(rendered: str) -> str:
    """The same with each sentence in the place of its key; KeyError for one that is in no catalogue."""
    found = sentences()
    return _SAID.sub(lambda said: f'"{found[said[1]]}"', rendered)
