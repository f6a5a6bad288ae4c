"""Looks at a page as people have it, in both themes and at three widths with axe, and for what is cut off or covered."""

from __future__ import annotations

from typing import Literal

from playwright.sync_api import Page

from tests.browser.fits import fits
from tests.browser.server import ROOT

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
SIZES = {1440: 900, 390: 844, 320: 568}
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

LOOK = """async only => {
    const options = only.length ? { runOnly: { type: 'rule', values: only } } : { rules: { 'target-size': { enabled: true } } }
    const { violations } = await axe.run(document, { ...options, resultTypes: ['violations'] })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary.replaceAll('\\n', ' ')}`))
}"""
SEEN = ["color-contrast", "link-in-text-block", "target-size"]
"""All that another theme can change, or a width between the others."""


def faults(page: Page, what: str) -> list[str]:
    """What is found on the page as it is now. It is left in the light, with the first size."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    # Messages go by themselves, and whoever is hindered by one closes it.
    page.evaluate("document.querySelectorAll('.toast-close').forEach(one => one.click())")
    # Colours that are half-way between two themes are neither's.
    page.emulate_media(reduced_motion="reduce")
    found: list[str] = []
    for width, height in reversed(SIZES.items()):
        page.set_viewport_size({"width": width, "height": height})
        # What the other theme changes is the same at 390.
        for theme in THEMES[:1] if width == 320 else reversed(THEMES):
            page.emulate_media(color_scheme=theme)
            page.wait_for_function(
                "theme => getComputedStyle(document.documentElement).colorScheme === theme", arg=theme
            )
            seen = page.evaluate(LOOK, [] if theme == "light" and width != 390 else SEEN)
            found += [f"{what}, {width} px, {theme}: {one}" for one in seen]
    return found + fits(page, what)


def expect_accessible(page: Page, what: str) -> None:
    """Axe finds nothing, nothing is cut off or covered, and nothing has to be scrolled sideways."""
    found = faults(page, what)
    assert found == [], "\n".join(found)
