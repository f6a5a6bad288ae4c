"""What a browser fetches of the first page that it ever opens of the site, as gzip has it."""

from __future__ import annotations

import gzip
import json
import re

from tests.browser.server import Server

MOST = 198_000
"""Bytes, with the document itself. What the page fetches once it is alive is none of it: the engine, the service worker, other pages."""
_SHEETS_AND_SCRIPTS = re.compile(r'''(?:href|src)="(/[^"]+\.(?:js|css))"|(?:import|from)[\s(]*"(/assets/[^"]+\.js)"''')
_STATIC = re.compile(r'''\b(?:import|from)\s*"\./([^"]+\.js)"''')


def weights(server: Server) -> dict[str, int]:
    """Bytes by path: the document, what it names, and what scripts import before they run."""
    found: dict[str, int] = {}

    def fetch(path: str) -> str:
        answer = server.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        found[path] = len(gzip.compress(answer.content, 6))
        return answer.text

    waiting = [path for pair in _SHEETS_AND_SCRIPTS.findall(fetch("/")) for path in pair if path]
    while waiting:
        path = waiting.pop()
        if path not in found:
            waiting += [f"/assets/{name}" for name in _STATIC.findall(fetch(path)) if path.endswith(".js")]
    return found


def test_the_first_page_is_light(server: Server) -> None:
    found = weights(server)
    assert len(found) > 5, "it has scripts"
    listed = json.loads((server.web / "build" / "weights.json").read_text())
    modules = [f"{size:7} {module}  {file}" for size, file, module in listed if f"/{file}" in found]
    files = [f"{size:7} {path}" for path, size in sorted(found.items(), key=lambda one: -one[1])]
    total = sum(found.values())
    assert total <= MOST, "\n".join(
        [f"{total} bytes are fetched", *files, "", "The heaviest modules, before they are minified:", *modules[:40]]
    )


def test_the_head_names_nothing_that_is_not_there(server: Server) -> None:
    head = server.get("/").text.partition("</head>")[0]
    named = re.findall(r'''<link[^>]* href="([^"]+)"''', head)
    named += re.findall(r'''<meta[^>]*content="([^"]+)"[^>]*property="og:image"''', head)
    named += [icon["src"] for icon in server.get("/manifest.webmanifest").json()["icons"]]
    assert len(named) > 5
    missing = [path for path in named if server.get(path.removeprefix(server.url)).status_code != 200]
    assert missing == []
