"""The pages of reference: which public name stands on which of them, under which heading; the text is that of the docstrings."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Iterator

import reflex_smartupload

from scripts import public_api

from . import http_api, kit

PAGES = {
    "smartupload": "smartupload.md",
    "smartupload.hooks": "hooks.md",
    "smartupload.client": "client.md",
    "reflex_smartupload": "reflex_smartupload.md",
}
GROUPS = {
    "components": "Ready-made components",
    "live": "What is on its way",
    "actions": "Buttons",
    "moments": "Handlers in Python",
    "picker": "Where files are dropped or chosen",
    "tell": "Being told",
    "timing": "Moments and times",
    "fold": "Whether the tray is open",
    "plugin": "What the site needs",
    "provider": "What pages need",
}
"""Of reflex_smartupload, by the module in which a name is written."""


def pages() -> dict[str, str]:
    """Markdown by its place in the site."""
    listed = public_api.DOCUMENT.read_text().splitlines()
    names = [name for name in map(python_name, listed) if name]
    found = {"reference/index.md": _overview(listed), "reference/http.md": http_api.page(public_api.openapi())}
    found[kit.PAGE] = kit.page()
    for package, page in PAGES.items():
        tops = [name for name in dict.fromkeys(names) if name.rpartition(".")[0] == package]
        entries = _grouped(tops) if package == "reflex_smartupload" else _entries(tops, 2)
        about = inspect.getdoc(importlib.import_module(package))
        found[f"reference/{page}"] = f"# {package}\n\n{about}\n\n{entries}"
    return found


def python_name(line: str) -> str:
    """The dotted name that a line of public-api.txt is about, or nothing where it is about something else."""
    found = re.match(r"(?:reflex_)?smartupload\.[\w.]+", line)
    return found[0] if found else ""


def page_of(name: str) -> str:
    """Of the reference, on which a dotted name stands."""
    return PAGES[max((package for package in PAGES if name.startswith(f"{package}.")), key=len)]


def _entries(names: list[str], level: int) -> str:
    return "\n".join(f"::: {name}\n    options:\n      heading_level: {level}\n" for name in names)


def _grouped(names: list[str]) -> str:
    by_group: dict[str, list[str]] = {group: [] for group in GROUPS}
    for name in names:
        module = getattr(reflex_smartupload, name.rpartition(".")[2]).__module__
        by_group.setdefault(module.removeprefix("reflex_smartupload.").partition(".")[0], []).append(name)
    headings = {group: GROUPS.get(group, group.capitalize()) for group in by_group}
    return "\n".join(f"## {headings[group]}\n\n{_entries(found, 3)}" for group, found in by_group.items() if found)


def _overview(listed: list[str]) -> str:
    lines = [
        "# Everything others rely on",
        "",
        "What is on this page changes only with a word in the [changelog](../changelog.md); a test holds it. It is made from",
        "[public-api.txt](../public-api.txt), which stands beside the code.",
        "",
    ]
    for heading, about, words in _sections(listed):
        lines += [f"## {heading}", "", about, "", *(f"- {word}" for word in words), ""]
    return "\n".join(lines)


def _sections(listed: list[str]) -> Iterator[tuple[str, str, list[str]]]:
    for package, page in PAGES.items():
        lines = [line for line in listed if python_name(line) and page_of(python_name(line)) == page]
        words = [f"[`{line.removeprefix(f'{package}.')}`]({page}#{python_name(line)})" for line in lines]
        yield package, f"What each does: [{package}]({page}).", words
    for kind, heading, about in (
        ("setting", "Settings", "Environment variables with their defaults; what they mean: [settings](../operating.md#settings)."),
        ("error", "Error codes", "With the status of the answer; when they come: [error codes](../operating.md#error-codes)."),
        ("event", "Events", "What webhooks, queues and programs get: [events](../events.md)."),
        ("state", "States of an upload", "Which follows which: [architecture](../architecture.md#the-server-half-smartupload)."),
        ("http", "HTTP", "Calls with the status of their answers, and the members of bodies, `?` where one may be missing: [HTTP API](http.md)."),
        ("page", "What scripts find on a page", "Which is what: [tests](../qa.md#what-a-test-script-can-hold-on-to)."),
    ):  # fmt: skip
        yield heading, about, [f"`{line.removeprefix(f'{kind} ')}`" for line in listed if line.startswith(f"{kind} ")]
