"""Looks for what is cut off or covered on a page: text, and what has the focus."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }"""
"""As WCAG 2.2 has it (1.4.12)."""

CUT = """() => {
    const isHidden = (one) => one.closest('[aria-hidden=true], svg, .skip, template, script, style, option') || !one.checkVisibility({ visibilityProperty: true })
    // What only screen readers hear is one pixel large.
    const isUnseen = (one) => { for (let at = one; at; at = at.parentElement) if (getComputedStyle(at).clipPath !== 'none') return true; return false }
    const found = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
        const text = walker.currentNode
        const element = text.parentElement
        if (!text.data.trim() || isHidden(element) || isUnseen(element)) continue
        const range = document.createRange()
        range.selectNodeContents(text)
        const { left, right, top, bottom, width } = range.getBoundingClientRect()
        if (!width) { found.push(`no room: ${text.data.slice(0, 40)}`); continue }
        for (let at = element; at && at !== document.body; at = at.parentElement) {
            const { overflowX, overflowY, textOverflow } = getComputedStyle(at)
            const box = at.getBoundingClientRect()
            // A name may end in dots, once enough of it is there to know it by.
            if (textOverflow === 'ellipsis') {
                const room = (at.closest('[data-middle]') ?? at).getBoundingClientRect().width
                if (room < Math.min(60, right - left)) found.push(`${Math.round(room)} px for: ${text.data.slice(0, 40)}`)
                break
            }
            // One of many rows says as much of what is wrong as it has room for; the list of those that need somebody says all of it.
            if (getComputedStyle(at).webkitLineClamp !== 'none' && at.closest('.group-files:not(.only)')) break
            const isCut = (how, over) => (how === 'hidden' || how === 'clip') && over > 1.5
            if (isCut(overflowX, Math.max(box.left - left, right - box.right)) || isCut(overflowY, Math.max(box.top - top, bottom - box.bottom))) {
                found.push(`cut: ${text.data.slice(0, 40)}`)
                break
            }
            if (overflowX === 'auto' || overflowX === 'scroll' || getComputedStyle(at).position === 'fixed') break
        }
    }
    return found
}"""

COVERED = """() => {
    const focusable = 'main :is(button:not(:disabled), a[href], input:not([type=hidden]), select, summary, [tabindex="0"]), footer button'
    const found = []
    for (const one of document.querySelectorAll(focusable)) {
        if (!one.checkVisibility()) continue
        one.focus()
        if (document.activeElement !== one) continue
        const shown = one.matches('.sr-only, label input') ? one.closest('label') : one
        const { left, top, width, height } = shown.getBoundingClientRect()
        const [x, y] = [left + width / 2, top + Math.min(height / 2, innerHeight / 2)]
        const there = document.elementFromPoint(x, y)
        const isThere = there && (shown.contains(there) || there.contains(shown) && there.tagName !== 'BODY' && there.tagName !== 'HTML')
        if (!isThere) found.push(`covered by ${there?.className || there?.tagName}: ${one.getAttribute('aria-label') ?? one.textContent} ${one.getAttribute('aria-describedby') ?? ''}`)
    }
    document.activeElement?.blur()
    scrollTo(0, 0)
    return found
}"""


# As much as the tray takes, and nothing for one that is not shown; it follows a size some frames later.
ROOM = """async () => {
    const tray = document.querySelector('[data-testid=upload-tray]')
    const sizes = () => [
        parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--smartupload-tray')) || 0,
        tray?.checkVisibility() ? innerHeight - tray.getBoundingClientRect().top : 0,
    ]
    for (let frame = 0; frame < 60; frame += 1) {
        const [kept, taken] = sizes()
        if (Math.abs(kept - taken) <= 2) return []
        await new Promise(requestAnimationFrame)
    }
    const [kept, taken] = sizes()
    return [`${kept} px are kept free for a tray of ${taken} px`]
}"""

WIDE = """() => {
    const over = [...document.body.querySelectorAll('*')].filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1)
    return over.filter((one) => !over.some((other) => other !== one && one.contains(other))).slice(0, 3).map((one) => `${one.tagName} ${one.className} ${one.textContent.slice(0, 40)}`)
}"""

NARROW = {1440: 900, 640: 450, 390: 844, 320: 568}
"""Sizes of windows; the second is 1280 by 900 at 200 %, the last the same at 400 %."""


def fits(page: Page, what: str) -> list[str]:
    """What does not, in each of these windows, and in the narrow ones with more room for its texts as well."""
    found: list[str] = []
    for width, height in reversed(NARROW.items()):
        page.set_viewport_size({"width": width, "height": height})
        found += cut_or_covered(page, f"{what}, {width} px")
    with spaced(page):
        for width in (390, 320):
            page.set_viewport_size({"width": width, "height": NARROW[width]})
            found += cut_or_covered(page, f"{what}, {width} px with more room")
    page.set_viewport_size({"width": 1440, "height": 900})
    return found


def cut_or_covered(page: Page, what: str) -> list[str]:
    """What of its texts is cut off, what is below something else when it has the focus, and whether it is too wide."""
    # What follows a size is drawn by then, such as the room for the tray.
    page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    found: list[str] = page.evaluate(ROOM) + page.evaluate(CUT) + page.evaluate(COVERED)
    wide, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return [f"{what}: {one}" for one in found] + (
        [f"{what}: it is {wide} px wide, by {page.evaluate(WIDE)}"] if wide > room else []
    )


@contextmanager
def spaced(page: Page) -> Iterator[None]:
    """Its texts have the room meanwhile that some people give them."""
    page.evaluate(
        "css => document.head.append(Object.assign(document.createElement('style'), { id: 'room', textContent: css }))",
        SPACED,
    )
    yield
    page.evaluate("document.getElementById('room').remove()")
