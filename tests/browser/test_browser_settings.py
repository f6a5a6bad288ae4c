"""The browser as people set it: what it lacks or forbids is met with an upload that works, or with one sentence on what does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Error, Page, expect
from smartupload_testing.browser.page import BOOTED, CARD

from tests.browser.person import NO_HANDOVER, Person, give_made_up_file
from tests.browser.server import Server

NO_SHARED_WORKER = "delete globalThis.SharedWorker;"
"""The engine lives in the page then, so that what is taken from the page is taken from it as well."""
FORBIDDEN = "new DOMException('The operation is insecure.', 'SecurityError')"


@dataclass(frozen=True)
class Setting:
    """`script` makes the browser so; `outcome`: the card's state, or the code of its error."""

    script: str
    outcome: str = "ready"
    why: str = field(kw_only=True)


SETTINGS = {
    "as it comes": Setting("", why="what the others are compared with"),
    "no SharedWorker": Setting(NO_SHARED_WORKER, why="the engine lives in the page"),
    "a SharedWorker that is not allowed": Setting(
        f"globalThis.SharedWorker = class {{ constructor() {{ throw {FORBIDDEN} }} }}", why="so it does then"
    ),
    "a service worker that is not allowed": Setting(
        f"ServiceWorkerContainer.prototype.register = () => Promise.reject({FORBIDDEN})",
        why="only what comes after the last tab needs it",
    ),
    "no IndexedDB": Setting(NO_SHARED_WORKER + "delete globalThis.indexedDB", why="nothing is kept for later"),
    "an IndexedDB that is not allowed": Setting(
        NO_SHARED_WORKER + f"IDBFactory.prototype.open = () => {{ throw {FORBIDDEN} }}",
        why="the same",
    ),
    "an IndexedDB that fails, as in old private windows": Setting(
        NO_SHARED_WORKER
        + "const open = IDBFactory.prototype.open; open.call(indexedDB, 'newer', 2); IDBFactory.prototype.open = function () { return open.call(this, 'newer', 1) }",
        why="the same",
    ),
    "no storage manager": Setting(NO_SHARED_WORKER + "delete Navigator.prototype.storage", why="how much room there is, is guessed"),
    "no local storage": Setting(
        f"Object.defineProperty(globalThis, 'localStorage', {{ get() {{ throw {FORBIDDEN} }} }})",
        why="a memory of the page stands in",
    ),
    "no messages": Setting("delete globalThis.Notification; delete globalThis.PushManager; delete Navigator.prototype.permissions", why="a mail tells instead"),
    "a clock that is coarse on purpose": Setting(
        NO_SHARED_WORKER + "const now = performance.now.bind(performance); performance.now = () => Math.floor(now() / 100) * 100",
        why="only the time left is less exact",
    ),
    "no locks": Setting("delete Navigator.prototype.locks", "no_engine", why="two engines would send the same file"),
    "no channel": Setting("delete globalThis.BroadcastChannel", "no_engine", why="page and engine could not talk"),
    "no ids": Setting("delete Crypto.prototype.randomUUID", "no_engine", why="a browser from before 2022"),
    "not a secure context": Setting(
        "Object.defineProperty(globalThis, 'isSecureContext', { value: false })", "insecure", why="browsers allow none of it there"
    ),
    "cookies are switched off": Setting(
        "Object.defineProperty(Navigator.prototype, 'cookieEnabled', { get: () => false })",
        "storage_blocked",
        why="nobody could say whose the file is",
    ),
    "all of it is blocked, as Chromium does with all cookies": Setting(
        "const no = () => { throw Object.assign(new Error('blocked'), { name: 'SecurityError' }) };"
        "Object.defineProperty(Navigator.prototype, 'cookieEnabled', { get: () => false });"
        "for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) Object.defineProperty(globalThis, name, { get: no, configurable: true });"
        "LockManager.prototype.request = async () => no(); ServiceWorkerContainer.prototype.register = async () => no();"
        "globalThis.SharedWorker = class { constructor() { no() } }",
        "storage_blocked",
        why="and the page lives",
    ),
    "locks are not allowed": Setting(
        f"LockManager.prototype.request = () => Promise.reject({FORBIDDEN})", "storage_blocked", why="as with cookies, in an older Chromium"
    ),
}  # fmt: skip


def ended(page: Page, name: str) -> str:
    """The error of the card, or how it ended without one."""
    card = page.locator(CARD).filter(has_text=name).first
    expect(card).to_have_attribute("data-state", re.compile("ready|failed"), timeout=20_000)
    if error := card.get_attribute("data-error"):
        expect(card.locator(".problem")).to_have_text(re.compile(r"^[^.]{20,}\.( [^.]+\.)?$"))
    return error or card.get_attribute("data-state") or ""


@pytest.mark.long
def test_whatever_is_missing_a_file_arrives_or_its_card_says_why_not(person: Person, server: Server) -> None:
    found: dict[str, str] = {}
    faults: list[str] = []
    assert person._link is not None
    for at, (name, setting) in enumerate(SETTINGS.items()):
        # A browser that was never here, in the same process.
        context = person._link.new_context()
        page = context.new_page()
        # React Router's inline script looks into a storage before there is any of ours; nothing hangs on it.
        page.on("pageerror", lambda error, name=name: faults.append(f"{name}: {error} {error.stack}"))
        page.add_init_script(f"{NO_HANDOVER}; {setting.script}")
        page.goto(server.url)
        try:
            page.wait_for_function(f"() => {BOOTED}", timeout=10_000)
            give_made_up_file(page, f"file-{at}.txt", f"bytes of {name}")
            found[name] = ended(page, f"file-{at}.txt")
        except (Error, AssertionError) as error:
            found[name] = f"{error}"[:300]
        context.close()
    faults = [fault for fault in faults if "/assets/" in fault or "blocked" not in fault]
    assert (found, faults) == ({name: setting.outcome for name, setting in SETTINGS.items()}, [])
    assert faults == []


TRANSLATE = """(steps) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const texts = []
    while (walker.nextNode()) if (walker.currentNode.data.trim() && !walker.currentNode.parentElement.closest('font, script, style')) texts.push(walker.currentNode)
    for (const text of texts) {
        const font = document.createElement('font')
        font.append(Object.assign(document.createElement('font'), { textContent: `«${text.data}»` }))
        if (steps === 1) text.parentNode.replaceChild(font, text)
        else { text.parentNode.insertBefore(font, text); text.parentNode.removeChild(text) }
    }
    return texts.length
}"""


def test_a_page_that_a_translator_has_rewritten_lives(person: Person) -> None:
    faults: list[str] = []
    for steps in (1, 2):
        page = person.open()
        page.on("pageerror", lambda error: faults.append(str(error)))
        assert page.evaluate(TRANSLATE, steps) > 10
        give_made_up_file(page, f"letter-{steps}.txt", f"bytes {steps}")
        expect(page.locator(CARD).filter(has_text=f"letter-{steps}.txt")).to_have_attribute("data-state", "ready", timeout=20_000)  # fmt: skip
        page.evaluate(TRANSLATE, steps)
        for place in ("Files", "Home"):
            page.locator("nav a").filter(has_text=place).first.click()
        expect(page.locator(CARD)).to_have_count(steps)
        page.evaluate(TRANSLATE, steps)
        card = page.locator(CARD).first
        card.get_by_role("button", name="Copy link").click()
        expect(page.get_by_test_id("toast").first).to_be_visible()
    assert faults == []


def test_what_react_does_to_texts_that_a_translator_has_taken_out(person: Person) -> None:
    """It changes, removes and inserts before texts that are not where it left them."""
    page = person.open()
    for steps in (1, 2):
        page.evaluate("""() => {
            window.box = document.createElement('div')
            window.texts = ['one', 'two'].map(text => document.createTextNode(text))
            box.append(texts[0], document.createElement('b'), texts[1])
            document.body.append(box)
        }""")
        page.evaluate(TRANSLATE, steps)
        assert page.evaluate("box.textContent") == "«one»«two»"
        page.evaluate("void (texts[0].data = 'three')")
        assert page.evaluate("box.textContent") == "three«two»", "a text that changes is seen"
        page.evaluate(TRANSLATE, steps)
        page.evaluate("void box.insertBefore(document.createElement('i'), texts[1])")
        assert page.evaluate("[...box.children].map(child => child.nodeName).join()") == "FONT,B,I,FONT"
        page.evaluate("void box.removeChild(texts[1])")
        assert page.evaluate("box.textContent") == "«three»", "and what stood in its place goes with it"
        page.evaluate("box.remove()")


DRAG = """([types, selector]) => {
    const data = new DataTransfer()
    for (const [type, value] of Object.entries(types)) data.setData(type, value)
    const target = document.querySelector(selector)
    return ['dragover', 'drop'].map(kind => {
        const event = new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data })
        target.dispatchEvent(event)
        return event.defaultPrevented
    })
}"""
PASTE = """([types, selector]) => {
    const data = new DataTransfer()
    for (const [type, value] of Object.entries(types)) data.setData(type, value)
    const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: data })
    document.querySelector(selector).dispatchEvent(event)
    return event.defaultPrevented
}"""


def test_what_is_no_file_is_told_so_and_the_page_stays(person: Person) -> None:
    page = person.open()
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<input id=note><p id=text>a text</p>')")
    said = page.get_by_test_id("toast")

    def says(sentence: str) -> None:
        expect(said.filter(has_text=sentence)).to_have_count(1)
        said.filter(has_text=sentence).get_by_role("button", name="Close message").click()
        expect(said).to_have_count(0)

    link = {"text/uri-list": "https://example.org/", "text/plain": "https://example.org/"}
    assert page.evaluate(DRAG, [link, "[data-testid=drop-zone]"]) == [True, True]
    says("That is a link and not a file.")
    assert page.evaluate(DRAG, [link, "body"]) == [True, True], "beside the zone the browser would leave the page"
    says("That is a link and not a file.")
    assert page.evaluate(DRAG, [link | {"text/html": "<img src=a.png>"}, "body"]) == [True, True]
    says("That is a picture of a page and not a file.")
    assert page.evaluate(PASTE, [{"text/plain": "hello"}, "body"]) is False
    says("That is text and not a file.")
    # In a text field all of that is meant.
    assert page.evaluate(DRAG, [link, "#note"]) == [False, False]
    assert page.evaluate(PASTE, [{"text/plain": "hello"}, "#note"]) is False
    assert page.evaluate(PASTE, [{"text/plain": "hello"}, "#text"]) is False
    expect(said).to_have_count(0)
    expect(page.locator(CARD)).to_have_count(0)


def test_a_folder_a_page_that_was_put_aside_and_a_page_that_is_zoomed(
    person: Person, original: Callable[..., object]
) -> None:
    page = person.open()
    give_made_up_file(page, "before.txt")
    expect(page.locator(CARD)).to_have_attribute("data-state", "ready", timeout=20_000)
    folder = person.profile.parent / "photos"
    (folder / "__MACOSX").mkdir(parents=True)
    for name in ("a.txt", ".DS_Store", "Thumbs.db", "~$letter.docx", "__MACOSX/._a.txt"):
        (folder / name).write_text(name)
    person.drop(page, folder)
    sentence = "4 files that the system keeps for itself, such as"
    expect(page.get_by_test_id("toast").filter(has_text=sentence)).to_have_count(1)
    expect(page.locator(CARD)).to_have_count(2)
    # Back from the cache of the browser: its cards are those of now.
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    give_made_up_file(page, "after.txt", "other bytes")
    expect(page.locator(CARD)).to_have_count(3)
    # 1280 pixels at 400 % (WCAG 2.2, 1.4.10).
    page.set_viewport_size({"width": 320, "height": 256})
    for path in ("/", "/files", "/notifications"):
        page.goto(person.server.url + path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_a_download_has_its_own_name(person: Person, server: Server) -> None:
    page = person.open()
    names = ["Größe & Maße.txt", "日本語.txt", "تقرير.txt", "one; two, 100% 'sure'.txt", "emoji 📦.txt"]
    for name in names:
        give_made_up_file(page, name, f"bytes of {name}")
    expect(page.locator(f"{CARD}[data-state=ready]")).to_have_count(len(names), timeout=20_000)
    saved: list[str] = []
    for upload in person.uploads(page):
        visitor = page.context.new_page()
        visitor.goto(f"{server.url}/f/{upload['share_token']}")
        with visitor.expect_download() as download:
            visitor.get_by_role("link", name="Download").click()
        saved.append(download.value.suggested_filename)
        visitor.close()
    assert sorted(saved) == sorted(names)
