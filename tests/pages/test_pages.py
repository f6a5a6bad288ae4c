"""What is on the pages: the names that others find things by, and what a page is not made of."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import reflex as rx
import reflex_smartupload as su
from reflex.vars import ObjectVar
from reflex_smartupload.components import look

from smartupload.pages import (
    card,
    drop,
    drops,
    files,
    home,
    link,
    missing,
    notifications,
    preview,
    projects,
    shared,
    site,
    tokens,
    tray,
)
from tests.english import in_english

ROOT = Path(__file__).resolve().parents[2]
PAGES = {
    "/": home.page,
    "/projects": projects.page,
    "/files": files.page,
    "/notifications": notifications.page,
    "/account": tokens.page,
    "/f/[token]": lambda: site.around_shared(shared.content(card.LOOK)),
    "404": missing.page,
}


def rendered(component: rx.Component) -> str:
    return in_english(json.dumps(component.render(), default=str)).replace('\\"', '"').replace('\\"', '"')


def a_card() -> ObjectVar[su.Card]:
    return rx.Var("card", _var_type=su.Card).guess_type()  # type: ignore[return-value]


@pytest.mark.parametrize("route", PAGES)
def test_every_page_has_a_way_around_it_and_one_heading(route: str) -> None:
    page = rendered(PAGES[route]())
    assert "Skip to content" in page
    assert "Switch between light and dark" in page
    for target in ("/files", "/notifications"):
        assert target in page
    assert '"h1"' in page


def nodes(rendered: Any) -> Iterator[dict[str, Any]]:
    """All elements of what is rendered."""
    if isinstance(rendered, dict):
        yield rendered
    for one in (
        rendered.values() if isinstance(rendered, dict) else rendered if isinstance(rendered, list | tuple) else ()
    ):
        yield from nodes(one)


@pytest.mark.parametrize(
    ("made", "questions"),
    [
        # What can be undone asks nothing.
        (lambda: files.file_row._definition.component, 0),  # type: ignore[attr-defined]
        (drops.drops_panel, 1),
        (tokens.page, 2),
        (lambda: shared.content(card.LOOK), 2),
    ],
)
def test_who_is_asked_before_something_goes_for_good_has_the_focus_on_no(
    made: Callable[[], rx.Component], questions: int
) -> None:
    asked = [node for node in nodes(made().render()) if 'role:"group"' in node.get("props", ())]
    asked = [node["children"] for node in asked if "danger" in str(node)]
    assert len(asked) == questions
    for _words, yes, keep in asked:
        assert "autoFocus:true" in keep["props"]
        assert '"data-escape":true' in keep["props"]
        assert "autoFocus:true" not in yes["props"]


def test_the_page_of_a_drop_link_names_its_own_limits_and_no_others() -> None:
    page = rendered(drop.page())
    assert "file-input" in page
    assert "max_file_size_text" not in page


@pytest.mark.parametrize("examples", [False, True])
def test_example_content_is_there_only_where_it_is_wanted(examples: bool) -> None:
    program = (
        "import sys; import reflex as rx; from smartupload.pages import home, site; app = rx.App();"
        f"site.register(app, {examples}); print('projects' in app._unevaluated_pages, '/projects' in str(home.page()),"
        "'smartupload.state.projects' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(examples)] * 3


def test_home_takes_files_and_folders() -> None:
    page = rendered(home.page())
    for name in ("drop-zone", "file-input", "folder-input"):
        assert name in page


def test_a_card_can_be_found_and_read_by_scripts() -> None:
    body = rendered(card.file_card._definition.component)  # type: ignore[attr-defined]
    for name in ("file-card", "data-upload-id", "data-state", "progressbar", "eta", "leave", "data-leave"):
        assert name in body


def test_progress_says_both_figures() -> None:
    bar = rendered(su.progress(a_card()))
    for part in ("progressbar", "aria-valuenow", "percent_safe", "Upload of "):
        assert part in bar


def test_buttons_have_the_names_that_scripts_look_for() -> None:
    actions = rendered(su.card(a_card()))
    for name in ("Pause", "Resume", "Cancel", "Retry", "Copy link", "Choose file"):
        assert f'"{name}"' in actions, name


@pytest.mark.parametrize("page", [home.page, files.page])
def test_forgetting_asks_first_and_says_what_goes(page: Callable[[], rx.Component]) -> None:
    text = rendered(page())
    for words in ("forget-device", "forget-confirm", "alertdialog", "Copy the links you need first", "Keep"):
        assert words in text


@pytest.mark.parametrize("page", [home.page, files.page])
def test_what_is_kept_can_be_taken_along_or_deleted_after_a_question(page: Callable[[], rx.Component]) -> None:
    text = rendered(page())
    for words in ("your-data", "/api/me/export", "erase-confirm", "Nobody can bring any of it back", "without names"):
        assert words in text


@pytest.mark.parametrize("row", [card.file_card, tray.tray_row])
def test_being_told_is_offered_only_where_it_takes_long(row: Any) -> None:
    body = rendered(row._definition.component)
    before, found, after = body.partition('?.["wait"]", "true_value"')
    assert found
    assert "Notify me" in after
    assert "Notify me" not in before


def test_the_tray_has_rows_of_its_own() -> None:
    assert "upload-tray" in rendered(tray.upload_tray())
    assert "file-card" not in rendered(tray.upload_tray())


def test_a_shared_file_shows_its_state() -> None:
    page = rendered(shared.content(card.LOOK))
    for name in ("shared-file", "data-state", "progressbar", '"preview"', "link-panel"):
        assert name in page


def test_the_owners_panel_has_names_and_asks_before_a_link_is_void() -> None:
    panel = rendered(link.link_panel(card.LOOK))
    for name in ("Link to this file", "Copy link", "Stop sharing", "Share again", "Last day", "Downloads left"):
        assert name in panel, name
    for answer in ("Yes, stop sharing", "Yes, make a new link", "Keep"):
        assert answer in panel, answer


def test_nothing_that_is_shown_can_run() -> None:
    shows = rendered(preview.preview(card.LOOK))
    assert "iframe" not in shows
    assert "dangerouslySetInnerHTML" not in shows
    assert "application/pdf" in shows


def test_downloads_leave_the_router_alone() -> None:
    # Without this the router looks for a page of that name, and there is none.
    assert "reloadDocument" in rendered(shared.content(card.LOOK))


def test_nothing_comes_from_another_host() -> None:
    css = (ROOT / "assets" / "smartupload.css").read_text()
    assert "http://www.w3.org/2000/svg" in css
    assert "@import" not in css
    assert css.count("http") == css.count("http://www.w3.org/2000/svg")


def test_the_page_of_a_shared_file_brings_its_own_look_to_an_app_that_has_none() -> None:
    page = shared.content(su.Look())
    text = rendered(page)
    used = {name for names in re.findall(r"className:?\W+((?:su-[\w -]+))", text) for name in names.split()}
    rules = json.dumps([look.RULES["share"], look.RULES["panel"]])
    unstyled = {name for name in used if f".{name}" not in rules}
    assert len(used) > 20
    assert unstyled <= {"su-share", "su-panel", "su-shows"}, "a box, or a name that no rule knows"
