"""What is no text can be told from what is beside it, in both themes: 3:1, as WCAG 2.2 has it (1.4.11), by the values of the style sheet."""

from __future__ import annotations

import re

import pytest
from reflex_smartupload.components import tokens

from tests.test_layers import ROOT

CSS = (ROOT / "assets" / "smartupload.css").read_text()
TOKENS = dict(re.findall(r"--([\w-]+): light-dark\((#\w+, #\w+)\)", CSS))


def shares_of(colour: str) -> list[float]:
    digits = colour.strip().lstrip("#")
    if len(digits) == 3:
        digits = "".join(one * 2 for one in digits)
    return [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]


def mixed(one: str, below: str, share: float) -> str:
    """So much of one colour over another one."""
    both = zip(shares_of(one), shares_of(below), strict=True)
    return "#" + "".join(f"{round(255 * (a * share + b * (1 - share))):02x}" for a, b in both)


def luminance(colour: str) -> float:
    shares = shares_of(colour)
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def rule(selector: str) -> str:
    found = re.search(rf"^{re.escape(selector)} {{(.*?)}}", CSS, re.MULTILINE)
    assert found, selector
    return found[1]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("one", "beside"), [("edge", "paper"), ("edge", "ground"), ("safe", "paper"), ("safe", "sent"), ("sent", "paper"), ("ink-3", "paper"), *(("accent", beside) for beside in ("paper", "ground", "line-2", "accent-soft", "warn-soft", "bad-soft", "good-soft"))])  # fmt: skip
def test_it_stands_out(one: str, beside: str, theme: int) -> None:
    assert contrast(TOKENS[one].split(",")[theme], TOKENS[beside].split(",")[theme]) >= 3


def test_the_rules_are_made_of_these() -> None:
    for selector in (".bar", ".drop", ".search", ".field", ".tell-mail input"):
        assert "var(--edge)" in rule(selector), selector
    assert "background: var(--paper)" in rule(".bar")
    assert "var(--ink-3) border-box" in rule('[role="switch"]::before')
    assert rule(":focus-visible").strip() == "outline: 2px solid var(--accent); outline-offset: 2px;"
    assert rule(".bar .safe").strip() == "background: var(--safe);"
    assert rule(".bar .sent").strip() == "background: var(--sent);"
    assert "opacity" not in rule(':is([data-state="paused"], [data-state="waiting"]) > .bar')


@pytest.mark.parametrize("theme", [1, 2], ids=["light", "dark"])
@pytest.mark.parametrize(("one", "beside"), [("safe", "paper"), ("safe", "sent"), ("edge", "paper")])
def test_so_it_does_in_apps_without_a_style_sheet_or_a_theme(one: str, beside: str, theme: int) -> None:
    assert contrast(tokens.TOKENS[one][theme], tokens.TOKENS[beside][theme]) >= 3


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_the_focus_is_seen_in_a_message(theme: int) -> None:
    found = re.search(r"background: light-dark\((#\w+), (#\w+)\)", rule(".toast"))
    ring = re.search(r"outline-color: (#\w+)", rule(".toast :focus-visible"))
    assert found
    assert ring
    assert contrast(found[theme + 1], ring[1]) >= 3
