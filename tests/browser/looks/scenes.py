"""Every state that a page has: the table of scenes that pictures are made of, and that axe looks at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import expect

from smartupload.state import (
    DropsState,
    DropState,
    FilesState,
    GroupLinksState,
    GroupState,
    LinkState,
    NotificationsState,
    SharedFileState,
    TokensState,
)
from smartupload.state.projects import ProjectsState
from tests.browser.looks import said
from tests.browser.looks.stage import Stage

ANNA = {"signs_in": True, "signed_in": True, "name": "anna.von.langenfeld@example.org"}


@dataclass(frozen=True)
class Scene:
    """`show` brings a stage there; its picture is of the whole page, or of the window alone."""

    name: str
    show: Callable[[Stage], None]
    whole: bool = True


def home(*, cards: str = "", then: Callable[[Stage], None] | None = None, **me: Any) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        stage.open("/", **me)
        if cards:
            stage.cards(cards)
        if then:
            then(stage)

    return show


def presses(test_id: str, nth: int = 0) -> Callable[[Stage], None]:
    return lambda stage: stage.page.get_by_test_id(test_id).nth(nth).click()


def unfolds_the_panel(stage: Stage) -> None:
    stage.page.get_by_test_id("closing").locator("summary").click()


def unfolds_a_group(stage: Stage) -> None:
    group = stage.page.locator(".card.group[data-state=uploading]")
    group.get_by_test_id("group-unfold").click()
    expect(group.get_by_test_id("group-unfold")).to_have_attribute("aria-expanded", "true")


def shows_what_needs_somebody(stage: Stage) -> None:
    stage.page.locator(".card.group[data-state=failed]").get_by_test_id("group-problems").click()
    # The last button of a group that goes on asks first.
    stage.page.locator(".card.group[data-state=paused] > .acts button").last.click()


def removes_a_card(stage: Stage) -> None:
    stage.page.locator(".card[data-state=ready] > .acts button").last.click()
    # As long as the focus is in it, it stays.
    stage.page.get_by_test_id("toast").get_by_role("button").first.focus()


def tray(*, is_open: bool) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        stage.open("/notifications")
        stage.cards_elsewhere()
        if not is_open:
            stage.page.locator(".tray-head").click()
        expect(stage.page.get_by_test_id("tray-row")).to_have_count(7 if is_open else 0)

    return show


def files(**values: Any) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        stage.open("/files")
        rows = said.rows() if values.get("rows") else []
        stage.says(FilesState, **({"loaded": True} | said.counts(rows) | values | {"rows": rows}))
        expect(stage.page.get_by_test_id("file-row")).to_have_count(len(rows))

    return show


def lists_links(stage: Stage) -> None:
    stage.open("/files")
    rows = said.rows()[3:6]
    stage.says(FilesState, loaded=True, rows=rows, **said.counts(rows))
    stage.says(GroupLinksState, rows=said.group_links(), asked="b", error="")
    stage.page.get_by_test_id("group-links").locator("summary").click()
    expect(stage.page.get_by_test_id("group-link").nth(2)).to_be_visible()


def selects(stage: Stage) -> None:
    stage.open("/files")
    rows = said.rows()
    stage.says(FilesState, loaded=True, rows=rows, **said.counts(rows))
    for at in (1, 8):
        stage.page.get_by_test_id("file-row").nth(at).get_by_role("checkbox").check()
    expect(stage.page.get_by_test_id("selection")).to_be_visible()


def group(state: str, *, mine: bool = False) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        stage.open("/f/group/x")
        stage.says(GroupState, **(said.group(mine) if state == "open" else said.gone(state)))
        expect(stage.page.get_by_test_id("shared-group")).to_have_attribute("data-state", state)

    return show


def shared(name: str, state: str, link: dict[str, Any] | None = None, **more: Any) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        stage.open("/f/x")
        stage.says(
            SharedFileState, **(said.gone(state) if state in ("missing", "closed") else said.file(name, state, **more))
        )
        if link:
            stage.says(LinkState, **link)
        expect(stage.page.get_by_test_id("shared-file")).to_have_attribute("data-state", state)

    return show


def drop(state: str, cards: str = "", **more: Any) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        stage.open("/drop/x")
        stage.says(DropState, **(said.drop(**more) if state == "open" else said.no_drop(state)))
        expect(stage.page.get_by_test_id("drop-page")).to_have_attribute("data-state", state)
        if cards:
            stage.cards(cards, uploader="drop-x", first=3)

    return show


def account(*, new: bool = False, **me: Any) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        stage.open("/account", **me)
        if new:
            stage.says(TokensState, loaded=True, rows=[], made="", error="")
            stage.says(DropsState, exist=True, rows=[], wrong="bytes", error=said.no_limit())
            stage.page.locator(".token-form details summary").click()
            return
        stage.says(TokensState, loaded=True, rows=said.tokens(), made="sut_9mZtQ4uXo2LkV7cR1bNf", asked="1")
        stage.says(DropsState, exist=True, rows=said.drops(), asked="2")
        expect(stage.page.get_by_test_id("token")).to_have_count(2)

    return show


def notifications(**values: Any) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        stage.open("/notifications")
        stage.says(
            NotificationsState,
            **({"loaded": True, "told_browsers": said.browsers(values.get("subscriptions", 0))} | values),
        )

    return show


def nowhere(stage: Stage) -> None:
    stage.open("/nowhere")


def projects(stage: Stage) -> None:
    stage.open("/projects")
    stage.says(ProjectsState, visible=said.projects())


LIMITED: dict[str, Any] = {"until": said.LATER, "downloads": "3"}
SHEETS: dict[str, tuple[Scene, ...]] = {
    "home": (
        Scene("empty", home()),
        Scene("cards", home(cards="single", then=unfolds_the_panel)),
        Scene("removed", home(cards="single", then=removes_a_card), whole=False),
        Scene("forget", home(then=presses("forget-device")), whole=False),
        Scene("data", home(then=presses("your-data")), whole=False),
    ),
    "groups": (
        Scene("groups", home(cards="together")),
        Scene("unfolded", home(cards="together", then=unfolds_a_group)),
        Scene("needs", home(cards="together", then=shows_what_needs_somebody)),
    ),
    "tray": (
        Scene("folded", tray(is_open=False), whole=False),
        Scene("open", tray(is_open=True), whole=False),
    ),
    "signed": (
        Scene("nobody", home(signs_in=True), whole=False),
        Scene("in", home(**ANNA), whole=False),
        Scene("take", home(**ANNA, left=2), whole=False),
    ),
    "files": (
        Scene("empty", files()),
        Scene("rows", files(rows=True, more=True)),
        Scene("tagged", files(rows=True, tagging=said.LONG_NAME, wrong_tag=said.LONG_NAME)),
        Scene("named", files(rows=True, renaming=said.LONG_NAME, wrong_name=said.LONG_NAME)),
        Scene("selected", selects),
        Scene("links", lists_links),
        Scene("none", files(query="zzz")),
        Scene("error", files(rows=True, error=said.LONG_NAME)),
    ),
    "file": (
        Scene("uploading", shared("Festival trailer.mov", "uploading")),
        Scene("paused", shared("Festival trailer.mov", "paused", by="Bert")),
        Scene("verifying", shared("Festival trailer.mov", "verifying")),
        Scene("scanning", shared("Festival trailer.mov", "scanning")),
        Scene("blocked", shared("Invoice.docx", "blocked")),
        Scene("failed", shared("Rushes.mxf", "failed")),
        Scene("expired", shared("Letters.zip", "expired")),
        Scene("missing", shared("", "missing")),
        Scene("closed", shared("", "closed")),
        Scene("ready", shared("Catalogue.zip", "ready")),
    ),
    "shown": (
        Scene("text", shared(said.LONG_NAME, "ready", preview="text", text=said.TEXT, text_cut=True)),
        Scene("picture", shared("Sunset.svg", "ready", preview="picture", preview_url=said.PICTURE)),
        Scene("audio", shared("Interview.mp3", "ready", preview="audio", preview_url="data:audio/mpeg,")),
    ),
    "mine": (
        Scene("uploading", shared("Festival trailer.mov", "uploading", mine=True)),
        Scene("limited", shared("Catalogue.zip", "ready", mine=True, **LIMITED)),
        Scene("stop", shared("Catalogue.zip", "ready", {"asked": "stop"}, mine=True)),
        Scene("renew", shared("Catalogue.zip", "ready", {"asked": "renew"}, mine=True)),
        Scene("stopped", shared("Catalogue.zip", "ready", mine=True, revoked=True, closed=said.LONG_NAME)),
        Scene("wrong", shared("Catalogue.zip", "ready", {"error": said.LONG_NAME}, mine=True)),
        Scene("blocked", shared("Invoice.docx", "blocked", mine=True)),
    ),
    "group": (
        Scene("open", group("open")),
        Scene("mine", group("open", mine=True)),
        Scene("closed", group("closed")),
    ),
    "drop": (
        Scene("open", drop("open")),
        Scene("named", drop("open", name="Bert", cards="single")),
        Scene("missing", drop("missing")),
        Scene("closed", drop("closed")),
    ),
    "account": (
        Scene("new", account(new=True)),
        Scene("some", account(**ANNA)),
    ),
    "notifications": (
        Scene("none", notifications()),
        Scene("asked", notifications(asked="anna.von.langenfeld@example.org", as_files=True)),
        Scene("confirmed", notifications(email="anna.von.langenfeld@example.org", subscriptions=2)),
    ),
    "other": (
        Scene("nowhere", nowhere),
        Scene("projects", projects),
    ),
}
