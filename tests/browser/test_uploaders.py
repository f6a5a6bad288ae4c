"""Two uploaders on one page of an app of somebody else: each has its own rules, metadata and cards, also after the browser was killed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect
from smartupload_testing.browser.page import BOOTED, CARD, INPUT, TRAY, ZONE
from smartupload_testing.files import MIB, Original
from smartupload_testing.wait import wait_for

from tests.browser.own_app import serving
from tests.browser.person import Person
from tests.browser.server import Server

APP = """
import reflex as rx
import reflex_smartupload as su

from smartupload import SmartUpload


class Ticket(rx.State):
    number: int = 41
    rows: list[int] = [1, 2]
    opened: str = "no"

    @rx.event
    def opens(self) -> None:
        self.opened = "yes"

    @rx.event
    def turn(self) -> None:
        self.number += 1


attachments = su.configure("attachments", metadata={"ticket": Ticket.number, "from": "the page"})
late = su.configure("late", metadata={"ticket": Ticket.number, "opened": Ticket.opened})
avatars = su.configure("avatars", accept="image/*", max_size="1 MB", max_files=1)
loose = su.configure("loose", accept="image/*")


def row(number: rx.Var[int]) -> rx.Component:
    return rx.el.div(su.configure("rows", metadata={"row": number}).drop_area(), id=f"row-{number}")


def index() -> rx.Component:
    return rx.el.main(
        rx.el.button("Ticket ", Ticket.number, on_click=Ticket.turn, id="ticket"),
        attachments.drop_area(),
        attachments.card_list(heading="Attachments"),
        avatars.drop_area(),
        avatars.card_list(heading="Avatars"),
        rx.el.label(rx.el.span("A picture"), loose.file_input(), id="loose"),
        loose.card_list(heading="Loose"),
        rx.el.div(late.drop_area(), late.card_list(heading="Late")),
        rx.foreach(Ticket.rows, row),
        su.tray(["/"]),
        rx.el.p(su.cards().length(), " in all", id="all"),
    )


app = rx.App()
app.add_page(index, route="/", on_load=Ticket.opens)
app.add_page(lambda: rx.el.main(su.card_list(), style={"height": "200px"}), route="/none")
SmartUpload().mount(app)
"""

MUTE = """
globalThis.unsaid = []
const { send } = WebSocket.prototype
WebSocket.prototype.send = function (...message) { unsaid ? unsaid.push(() => send.apply(this, message)) : send.apply(this, message) }
globalThis.speak = () => { const all = unsaid; unsaid = null; all.forEach((say) => say()) }
"""
"""The page says nothing to the server's states, until it may `speak`."""


@pytest.fixture(scope="module")
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Built and started once for all tests of this file."""
    with pytest.MonkeyPatch.context() as patch:
        yield from serving(APP, request, tmp_path_factory.mktemp("app"), patch)


@pytest.fixture
def server(app: Server, request: pytest.FixtureRequest) -> Server:
    request.node.server_of_test = app
    app.line.reset()
    return app


def paste(page: Page, name: str) -> None:
    """Paste a file where the focus is."""
    page.evaluate(
        """name => {
            const data = new DataTransfer()
            data.items.add(new File(['from the clipboard'], name))
            const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
            document.activeElement.dispatchEvent(event)
        }""",
        name,
    )


def place(uploader: str) -> str:
    return f"{ZONE}[data-uploader={uploader}]"


def cards(page: Page, heading: str) -> Locator:
    """Those of one list."""
    return page.get_by_role("region", name=heading).locator(CARD)


def told(page: Page, sentence: str) -> Locator:
    """The message that says so."""
    return page.get_by_test_id("toast").filter(has_text=sentence)


def expect_refused(page: Page, name: str, code: str, sentence: str) -> None:
    """A card among the avatars says why, and what to do."""
    card = cards(page, "Avatars").filter(has_text=name)
    expect(card).to_have_attribute("data-error", code)
    expect(card).to_contain_text(sentence)


@pytest.mark.timeout(300)
def test_each_has_its_own_rules_metadata_and_cards(
    server: Server, people: Callable[..., Person], original: Callable[..., Original]
) -> None:
    person = people()
    person.was_here_before()
    page = person.open()
    page.locator("#ticket").click()
    expect(page.locator("#ticket")).to_have_text("Ticket 42")

    # What an uploader does not take has a card in its own list.
    person.drop(page, original(1000, "notes.bin"), on=place("avatars"))
    expect_refused(page, "notes.bin", "type_not_allowed", "Choose one of these: image/*.")
    person.pick(page, original(2 * MIB, "huge.png"), into=f"{place('avatars')} {INPUT}")
    expect_refused(page, "huge.png", "file_too_large", "larger than the 1 MB allowed here")
    expect(cards(page, "Attachments")).to_have_count(0)

    # Beside the places nobody can say whose a file is.
    person.drop(page, original(1000, "lost.png"), on="#ticket")
    expect(told(page, "Drop it on one of them.")).to_be_visible()
    paste(page, "lost.png")
    expect(told(page, "then paste it once more.")).to_be_visible()

    # The line stands, so that what was given is on its way.
    notes, face, other = original(20 * MIB, "notes.bin"), original(900_000, "face.png"), original(1000, "other.png")
    server.line.shape(12 * MIB, until=0)
    person.drop(page, face, on=place("avatars"))
    person.drop(page, notes, on=place("attachments"))
    expect(cards(page, "Attachments")).to_have_count(1)
    person.wait_state(page, face.name, "uploading")
    person.drop(page, other, on=place("avatars"))
    expect_refused(page, other.name, "too_many_files", "No more than 1 file can be on the way here at a time.")
    expect(cards(page, "Avatars")).to_have_count(4)
    expect(page.locator("#all")).to_have_text("5 in all")
    page.locator("#ticket").click()  # what was picked keeps its number
    leave = cards(page, "Attachments").get_by_test_id("leave")
    expect(leave).to_have_attribute("data-leave", re.compile("return|continues"), timeout=60_000)
    wait_for(lambda: len(person.uploads(page)) == 2, 30, "the server to know both")

    person.lose_browser()
    person.start()
    page = person.open()
    for heading, file in (("Attachments", notes), ("Avatars", face)):
        expect(cards(page, heading).filter(has_text=file.name)).to_have_count(1)
    attached, shown = person.finished(page, notes), person.finished(page, face)
    assert (attached["uploader"], attached["metadata"]) == ("attachments", {"ticket": "42", "from": "the page"})
    assert (shown["uploader"], shown["metadata"]) == ("avatars", {})

    # Another browser of this person has them from the server.
    elsewhere = people()
    elsewhere.take_identity_of(person)
    there = elsewhere.open()
    for heading, file in (("Attachments", notes), ("Avatars", face)):
        expect(cards(there, heading)).to_have_count(1)
        expect(cards(there, heading)).to_contain_text(file.name)


@pytest.mark.timeout(120)
def test_each_part_of_a_page_says_its_own(server: Server, person: Person, original: Callable[..., Original]) -> None:
    page = person.open()
    said: dict[str, str] = {}
    for row in ("1", "2"):
        zone = f"#row-{row} {ZONE}"
        expect(page.locator(zone)).to_be_visible()
        dropped, picked = (
            original(1000 + len(said), f"dropped-{row}.txt"),
            original(2000 + len(said), f"picked-{row}.txt"),
        )
        person.drop(page, dropped, on=zone)
        person.pick(page, picked, into=f"{zone} {INPUT}")
        said |= {dropped.name: row, picked.name: row}
    wait_for(lambda: {one["name"]: one["metadata"]["row"] for one in person.uploads(page)} == said, 30, "each its row")
    # An input without a zone around it takes what is dropped on it or on its label, by its uploader's rules.
    page.evaluate("document.querySelector('#loose input').focus()")
    paste(page, "on-paste.bin")
    for name, part in (("input", INPUT), ("label", "span")):
        person.drop(page, original(1000, f"on-{name}.bin"), on=f"#loose {part}")
    expect(cards(page, "Loose").and_(page.locator("[data-error=type_not_allowed]"))).to_have_count(3)

    # Nothing lies on the other: what is said stands above the tray, and the page ends above it.
    server.line.shape(12 * MIB, until=0)
    page.set_viewport_size({"width": 390, "height": 700})
    person.pick(page, original(20 * MIB), into=f"{place('attachments')} {INPUT}")
    expect(page.locator(TRAY)).to_be_visible()
    person.drop(page, original(1000, "lost.bin"), on="#ticket")
    said_there = told(page, "Drop it on one of them.")
    expect(said_there).to_be_visible()
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    tray, toast, last = (one.bounding_box() for one in (page.locator(TRAY), said_there, page.locator("#all")))
    assert tray
    assert toast
    assert last
    assert toast["y"] + toast["height"] <= tray["y"]
    assert last["y"] + last["height"] <= tray["y"]
    # Drop area and list keep apart by themselves.
    area, cards_below = (
        page.locator(place("attachments")).bounding_box(),
        cards(page, "Attachments").first.bounding_box(),
    )
    assert area
    assert cards_below
    assert cards_below["y"] - area["y"] - area["height"] >= 16
    server.line.go_on()

    # What is picked before the page's state has come waits for it.
    page.locator("#ticket").click()
    expect(page.locator("#ticket")).to_have_text("Ticket 42")
    page.add_init_script(MUTE)
    page.reload()
    page.wait_for_function(f"() => {BOOTED}")
    early = [original(3000, "picked-early.txt"), original(4000, "dropped-early.txt"), original(5000, "cancelled.txt")]
    person.pick(page, early[0], into=f"{place('late')} {INPUT}")
    person.drop(page, *early[1:], on=place("late"))
    expect(cards(page, "Late")).to_have_count(3)
    person.press(page, early[2].name, "Cancel")
    person.press(page, early[2].name, "Undo")
    expect(cards(page, "Late").get_by_role("button", name="Cancel")).to_have_count(3)
    person.press(page, early[2].name, "Cancel")
    person.press(page, early[2].name, "Remove from this list")
    expect(cards(page, "Late")).to_have_count(2)
    expect(cards(page, "Late").get_by_test_id("leave").first).to_have_attribute("data-leave", "stay")
    page.evaluate("speak()")
    for file in early[:2]:
        assert person.finished(page, file)["metadata"] == {"ticket": "42", "opened": "yes"}

    # A page without a place for files takes none.
    elsewhere = person.open("/none")
    elsewhere.wait_for_function(
        "() => Object.keys(document.querySelector('main')).some(key => key.startsWith('__react'))"
    )
    person.drop(elsewhere, original(1000, "nowhere.txt"), on="main")
    expect(told(elsewhere, "This page takes no files just now.")).to_be_visible()
    assert "nowhere.txt" not in {one["name"] for one in person.uploads(elsewhere)}
