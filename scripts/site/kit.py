"""The kit for tests as a page of reference: the options of its command and of pytest, exit codes, and what a scenario can ask for."""

from __future__ import annotations

import argparse
import inspect

import pytest
import smartupload_testing
from smartupload_testing import command, plugin

PAGE = "reference/testing.md"
_PLAIN = (
    "      show_if_no_docstring: false",
    "      show_attribute_values: false",
    "      show_signature_annotations: false",
)
VERBS = {
    "scene": ("smartupload_testing.scene.Scene", ()),
    "scene.person": ("smartupload_testing.browser.person.Person", ()),
    "scene.line": (
        "smartupload_testing.line.forward.ForwardLine",
        (
            *("shape", "go_on", "cut", "restore", "drop_connections", "connections", "sent", "is_exact", "parts_twice"),
            *("received", "posted", "unconfirmed", "repeated", "in_flight", "part_counts", "statuses"),
        ),
    ),
    "scene.site": ("smartupload_testing.site.Site", ()),
    "A card": ("smartupload_testing.browser.page.Card", ()),
    "A file": ("smartupload_testing.files.Original", ()),
}
"""By its heading: a class, and which of its members a scenario calls where others are for the kit itself."""


def page() -> str:
    lines = [
        "# The kit for tests",
        "",
        str(inspect.getdoc(smartupload_testing)),
        "What it is for, and how a scenario of your own is run: [tests](../qa.md#at-a-site-of-your-own).",
        "",
        "## Options",
        "",
        "| `smartupload-qa` | pytest | means |",
        "|---|---|---|",
        *(f"| `{name}` | {f'`{other}`' if other else ''} | {about} |" for name, other, about in options()),
        "",
        "`smartupload-qa` runs the scenarios of the kit and those of your own; in your own pytest the plugin is loaded by itself, and `--qa-url` is what it asks for.",
        "",
        "## Exit codes",
        "",
        "| code | means |",
        "|---|---|",
        *(f"| {code} | {about} |" for code, about in command.EXIT_CODES.items()),
        "",
    ]
    for heading, (name, members) in VERBS.items():
        lines += [f"## {heading}", "", f"::: {name}", "    options:", "      heading_level: 3", *_PLAIN]
        if members:
            lines += ["      inherited_members: true", f"      members: {list(members)}"]
        lines.append("")
    return "\n".join(lines)


def options() -> list[tuple[str, str, str]]:
    """Of each: how the command has it, how pytest has it (empty where it has none), and what it means."""
    of_pytest = pytest_options()
    found: list[tuple[str, str, str]] = []
    for action in command.parser()._actions:
        if isinstance(action, argparse._HelpAction):
            continue
        word = next(iter(action.option_strings), "")
        other = f"--qa-{(word.removeprefix('--') or action.dest)}"
        value = f" {action.metavar}" if action.metavar else ""
        found.append((f"{word}{value}" if word else "URL", other if other in of_pytest else "", str(action.help)))
    return found


def pytest_options() -> set[str]:
    """Those that the plugin adds."""
    parser = pytest.Parser(_ispytest=True)
    plugin.pytest_addoption(parser)
    (group,) = [one for one in parser._groups if one.name == "smartupload"]
    return {name for option in group.options for name in option.names()}
