"""The locked hashes are of what is locked, and every component of the pages is listed."""

from __future__ import annotations

import re
from pathlib import Path

from scripts.sbom import bun_components, pinned

ROOT = Path(__file__).resolve().parents[1]


def test_each_locked_package_has_its_hashes() -> None:
    hashed = ROOT / "requirements-hashed.lock"
    assert pinned(hashed) == pinned(ROOT / "requirements.lock")
    packages = re.split(r"\n(?=[\w.-]+(?:\[[\w,]+\])?==)", hashed.read_text().strip())
    assert len(packages) > 40
    assert [text.split()[0] for text in packages if "--hash=sha256:" not in text] == []


def test_what_checks_need_agrees_with_what_runs() -> None:
    dev, run = pinned(ROOT / "requirements-dev.lock"), pinned(ROOT / "requirements.lock")
    assert {name: dev.get(name) for name in run} == run


def test_the_pages_are_listed() -> None:
    components = bun_components(ROOT / "reflex.lock" / "bun.lock")
    names = {component["name"] for component in components}
    assert {"react", "react-dom"} <= names
    assert all(re.fullmatch(r"\d\S*", component["version"]) for component in components)
    assert sum("hashes" in component for component in components) == len(components)
