"""Pages of HTML that run nothing: that of a share link on a site without pages of ours, and one that asks for a click."""

from __future__ import annotations

import html
from urllib.parse import quote

from smartupload import words
from smartupload.service.links.group_page import SharedGroup
from smartupload.service.presentation.views import SharedFile
from smartupload.words import say
from smartupload.words.catalogue import direction

_SHELL = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"/><meta name="viewport" content="width=device-width, initial-scale=1"/>
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem}
h1{overflow-wrap:anywhere}</style></head><body></body></html>
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
ASKING_POLICY = POLICY.replace("form-action 'none'", "form-action 'self'")
"""Of a page with a button that posts."""
_ON_ITS_WAY = frozenset({"uploading", "paused", "verifying", "scanning"})
_LOOK_AGAIN = '<meta http-equiv="refresh" content="10"/>'
"""Seconds after which the browser asks again by itself, until it is known what becomes of the file."""


def shell() -> str:
    """An empty page in the language at hand."""
    language = words.language()
    way = ' dir="rtl"' if direction(language) == "rtl" else ""
    return _SHELL.replace('<html lang="en">', f'<html lang="{html.escape(language)}"{way}>', 1)


def filled(page: str, file: SharedFile, token: str, text: str) -> str:
    """The shell with the file, and the way to its bytes once they are there."""
    lines = [f"<h1>{html.escape(file.name)}</h1>", f"<p>{html.escape(text)}</p>"]
    if file.state == "ready":
        # From the page's own place, wherever the site has mounted it.
        lines.append(
            f'<p><a href="../api/shared/{html.escape(token)}/download">{html.escape(say("plain-download"))}</a></p>'
        )
        if file.scan == "off":
            lines.append(f"<p>{html.escape(say('plain-unscanned'))}</p>")
    if file.state in _ON_ITS_WAY:
        page = page.replace("</head>", f"{_LOOK_AGAIN}</head>", 1)
    return _with_body(page, lines)


def group(page: str, found: SharedGroup, title: str, text: str, token: str) -> str:
    """The shell with what is known of files that were given together, and the way to all of them."""
    lines = [f"<h1>{html.escape(title)}</h1>", f"<p>{html.escape(text)}</p>"]
    if found.ready:
        address = f"../../api/shared-group/{html.escape(token)}/download"
        lines.append(f'<p><a href="{address}">{html.escape(say("plain-download"))}</a></p>')
    if found.unscanned:
        lines.append(f"<p>{html.escape(say('plain-unscanned'))}</p>")
    if found.coming:
        page = page.replace("</head>", f"{_LOOK_AGAIN}</head>", 1)
    return _with_body(page, lines, "shared-group")


def gone(page: str, title: str, sentence: str) -> str:
    """The shell for a link that leads nowhere."""
    return _with_body(page, [f"<h1>{html.escape(title)}</h1>", f"<p>{html.escape(sentence)}</p>"])


def asking(title: str, sentence: str, address: str, button: str) -> str:
    """A page with one button that posts to the address, which is relative to the page."""
    page = shell().replace(
        "</head>", f'<title>{html.escape(title)}</title><meta name="robots" content="noindex"/></head>'
    )
    form = f'<form method="post" action="{html.escape(address)}"><button>{html.escape(button)}</button></form>'
    return _with_body(page, [f"<h1>{html.escape(title)}</h1>", f"<p>{html.escape(sentence)}</p>", form], "asking")


def not_signed_in(sentence: str, back: str) -> str:
    """For somebody whose sign-in did not come to its end, with the way to begin once more."""
    again = f'<p><a href="/login?to={quote(back, safe="")}">{html.escape(say("plain-sign-in"))}</a></p>'
    title = html.escape(say("plain-not-signed-in"))
    body = f"<main><h1>{title}</h1><p>{html.escape(sentence)}</p>{again}</main>"
    return shell().replace("<body>", f"<body>{body}", 1)


def _with_body(page: str, lines: list[str], testid: str = "shared-file") -> str:
    body = f'<main data-testid="{testid}">{"".join(lines)}</main>'
    before, tag, after = page.rpartition("<body>")
    return f"{before}{tag}{body}{after}"
