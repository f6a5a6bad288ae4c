"""Where a finger points: everything is large enough for it, and a phone has one button for files, a camera and a gallery."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.looks.stage import states, tell
from tests.browser.person import Person

SMALL = """() => {
    const found = []
    for (const one of document.querySelectorAll('button, a[href], input:not([type=hidden]), select, summary')) {
        const shown = one.matches('label input') ? one.closest('label') : one
        if (!shown.checkVisibility() || one.closest('.skip, dialog:not([open])')) continue
        const { width, height } = shown.getBoundingClientRect()
        if (Math.min(width, height) < 44) found.push(`${Math.round(width)}×${Math.round(height)} ${one.tagName} ${one.className} ${shown.textContent}`)
    }
    return found
}"""


def points_with_a_finger(page: Page, width: int) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 5})
    page.set_viewport_size({"width": width, "height": 844})
    page.wait_for_function("matchMedia('(pointer: coarse)').matches")


def test_on_a_phone(person: Person) -> None:
    page = person.open()
    points_with_a_finger(page, 390)
    choose = page.locator(".pick-files")
    expect(choose).to_be_visible()
    box, whole = choose.bounding_box(), page.locator("main").bounding_box()
    assert box is not None
    assert whole is not None
    assert box["width"] > 0.8 * whole["width"]
    assert box["y"] + box["height"] < 400, "it is seen at once"
    expect(page.get_by_text("Take a picture")).to_be_visible()
    assert page.get_by_test_id("camera-input").get_attribute("capture") == "environment"
    assert page.get_by_test_id("gallery-input").get_attribute("accept") == "image/*,video/*"
    expect(page.get_by_role("link", name="smartupload")).to_be_visible()
    tell(page, states()["single"])
    expect(page.get_by_test_id("file-card")).to_have_count(12)
    page.locator(".tray-head").click()
    found = {"home": page.evaluate(SMALL)}
    for path in ("account", "notifications", "files"):
        page.goto(f"{person.server.url}/{path}")
        expect(page.locator("h1")).to_be_visible()
        page.wait_for_load_state("networkidle")
        found[path] = page.evaluate(SMALL)
    assert found == {name: [] for name in found}
