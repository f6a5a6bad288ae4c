"""What a screen reader finds on a page, kept in `trees`, so that a change of it is seen: `KEEP_TREES=1` writes them anew."""

from __future__ import annotations

import os
import re
from pathlib import Path

from playwright.sync_api import Page

PLACES = (".header", "main", "[data-testid=upload-tray]")
"""Messages come and go by themselves."""
KEPT = Path(__file__).with_name("trees")


def expect_tree(page: Page, name: str) -> None:
    """The page's tree is the one that is kept; days, times and addresses are any."""
    places = [place for place in PLACES if page.locator(place).count()]
    found = "".join(f"{page.locator(place).aria_snapshot()}\n" for place in places)
    for pattern, word in ((r"(Today|Yesterday) \d\d:\d\d", "A DAY"), (r"\b\d\d:\d\d\b", "A TIME"), (r"\d{1,2} [A-Z][a-z]{2}\b|[A-Z][a-z]{2} \d{1,2}(, \d{4})?\b", "A DAY"), (r"http://localhost:\d+\S*|/f/[\w-]+|/api/uploads/\w+", "AN ADDRESS"), (r"sut_[\w-]+", "A TOKEN")):  # fmt: skip
        found = re.sub(pattern, word, found)
    kept = KEPT / f"{name}.yml"
    if os.environ.get("KEEP_TREES"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(found)
    assert found == kept.read_text(), f"if that is meant: KEEP_TREES=1, and look at {kept.name}"
