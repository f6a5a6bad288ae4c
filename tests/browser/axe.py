"""Looks at a page as people have it, in both themes and at three widths: with axe, and for what is cut off or covered."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Page

from tests.browser.fits import cut_or_covered, spaced
from tests.browser.server import ROOT

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
SIZES = {1440: 900, 390: 844, 320: 568}
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
STATES = ROOT / "tests" / "js" / "core" / "view" / "states.js"

LOOK = """async only => {
    const options = only.length ? { runOnly: { type: 'rule', values: only } } : { rules: { 'target-size': { enabled: true } } }
    const { violations } = await axe.run(document, { ...options, resultTypes: ['violations'] })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary.replaceAll('\\n', ' ')}`))
}"""
SEEN = ["color-contrast", "link-in-text-block", "target-size"]
"""All that another theme can change, or a width between the others."""

# At each greeting: the page's own may be answered after this one, and each answer says that there are no such cards.
TELL = """({ cards, totals }) => {
    window.pretending?.close()
    const line = window.pretending = new BroadcastChannel('smartupload-1')
    return new Promise(resolve => {
        line.addEventListener('message', ({ data: { type, epoch } }) => {
            if (type !== 'welcome') return
            line.say = (cards, totals) => line.postMessage({ type: 'change', epoch, changed: cards, removed: [], ended: [], groups: [], totals })
            line.say(cards, totals)
            resolve()
        })
        line.postMessage({ type: 'hello' })
    })
}"""


def states() -> dict[str, Any]:
    """A card in each state, made by the engine's own rules, and the totals of all."""
    node = Path(sys.executable).with_name("node")
    return json.loads(subprocess.run([node, STATES], capture_output=True, check=True, text=True).stdout)


def tell_more(page: Page, said: dict[str, Any]) -> None:
    """The page that was told of cards hears of a change of them, and of nothing else."""
    page.evaluate("({ cards, totals }) => window.pretending.say(cards, totals)", said)


def tell(page: Page, said: dict[str, Any]) -> None:
    """The page hears of these cards as it hears of those of its engine."""
    page.evaluate(TELL, said)


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
        for theme in reversed(THEMES):
            page.emulate_media(color_scheme=theme)
            page.wait_for_function(
                "theme => getComputedStyle(document.documentElement).colorScheme === theme", arg=theme
            )
            seen = page.evaluate(LOOK, [] if theme == "light" and width != 390 else SEEN)
            found += [f"{what}, {width} px, {theme}: {one}" for one in seen]
        found += cut_or_covered(page, f"{what}, {width} px")
    with spaced(page):
        for width, height in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            found += cut_or_covered(page, f"{what}, {width} px with more room")
    page.set_viewport_size({"width": 1440, "height": 900})
    return found


def expect_accessible(page: Page, what: str) -> None:
    """Axe finds nothing, nothing is cut off or covered, and nothing has to be scrolled sideways."""
    found = faults(page, what)
    assert found == [], "\n".join(found)
