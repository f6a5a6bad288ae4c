"""Which files beside `docs/` are pages of the site, and where a link of the repository leads there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
PAGES = {
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
    "LICENSE": "licence.md",
    "examples/README.md": "examples.md",
}
_LINK = re.compile(r"(?P<label>!?\[(?:[^\[\]]|\[[^\[\]]*\])*\])\((?P<target>[^()\s]+)\)")
_FENCE = re.compile(r"^\s*(```|~~~)")


def text_of(source: str) -> str:
    """A page's Markdown, with links as they are in the repository."""
    text = (ROOT / source).read_text()
    return f"# Licence\n\n```text\n{text}```\n" if source == "LICENSE" else text


def site_links(text: str, source: str, page: str) -> str:
    """The same text with its links as the site has them; `source` is where it lies in the repository, `page` in the site.

    Folders and files that are no pages lose their link: the site has no copy of the code.
    """

    def moved(found: re.Match[str]) -> str:
        target, hash_, anchor = found["target"].partition("#")
        if not target or re.match(r"[a-z]+:|/", target):
            return found[0]
        there = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
        on_site = _page_of(there)
        if on_site is None:
            # A wrong link stays as it is, so that the build stops at it.
            return found["label"].lstrip("!").strip("[]") if (ROOT / there).exists() else found[0]
        relative = posixpath.relpath(on_site, PurePosixPath(page).parent.as_posix())
        return f"{found['label']}({relative}{hash_}{anchor})"

    return _outside_of_code(text, lambda line: _LINK.sub(moved, line))


def _page_of(there: str) -> str | None:
    if there in PAGES:
        return PAGES[there]
    return there.removeprefix("docs/") if there.startswith("docs/") else None


def _outside_of_code(text: str, change: Callable[[str], str]) -> str:
    """Each line but those of code blocks, which are fenced or indented after an empty line."""
    lines, fenced, indented, before = text.split("\n"), False, False, ""
    for at, line in enumerate(lines):
        if _FENCE.match(line):
            fenced = not fenced
        indented = line.startswith("    ") and (indented or not before.strip())
        if not fenced and not indented:
            lines[at] = change(line)
        before = line
    return "\n".join(lines)
