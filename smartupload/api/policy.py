"""What the product's own pages may run and load (CSP): their own scripts, this site, and the store."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL | re.IGNORECASE)


class PagePolicy:
    """The policy of the pages that are built in `root`, or will be: they are read when the first one is asked for."""

    def __init__(self, root: Path, site: str) -> None:
        self._root = root
        self._site = urlsplit(site)
        self._hashes: tuple[str, ...] = ()

    def text(self, is_page: bool, stores: Iterable[str]) -> str:
        """Of a page, or of a script, by which a worker is held; `stores`: where browsers reach the store."""
        if is_page and not self._hashes:
            self._hashes = tuple(hashes_of(self._root))
        places = tuple(dict.fromkeys(_origin(store) for store in stores))
        socket = f"{'wss' if self._site.scheme == 'https' else 'ws'}://{self._site.netloc}"
        rules = {
            "default-src": ("'self'",),
            # What a handler yields to a page is evaluated there (reflex, `_call_function`), so eval cannot be forbidden: it runs
            # only what comes over the site's own websocket. Inline scripts are those of the build, and no others.
            "script-src": ("'self'", "'unsafe-eval'", *self._hashes) if is_page else ("'self'",),
            # Styles are written into the page by emotion, and as attributes by React: their number has no end.
            "style-src": ("'self'", "'unsafe-inline'"),
            # Everything goes straight to the store, and comes from there: parts, pictures, films, PDFs.
            "connect-src": ("'self'", socket, *places),
            "img-src": ("'self'", "data:", "blob:", *places),
            "media-src": ("'self'", *places),
            "object-src": ("'self'", *places),
            "frame-src": ("'self'", *places),
            "base-uri": ("'none'",),
            "form-action": ("'self'",),
            "frame-ancestors": ("'none'",),
        }
        return "; ".join(f"{name} {' '.join(values)}" for name, values in rules.items())


def hashes_of(root: Path) -> list[str]:
    """Of all inline scripts of the pages below this folder, each once."""
    found: dict[str, None] = {}
    for page in sorted(root.rglob("*.html")):
        for script in _SCRIPT.finditer(page.read_text(encoding="utf-8")):
            if not re.search(r"\ssrc\s*=", script["attributes"], re.IGNORECASE):
                digest = base64.b64encode(hashlib.sha256(script["code"].encode()).digest()).decode()
                found[f"'sha256-{digest}'"] = None
    return list(found)


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
