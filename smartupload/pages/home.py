"""Home: drop files here, and see how they are doing."""

import reflex as rx
import reflex_smartupload as su
from reflex.vars import ArrayVar

from . import icons
from .card import file_card
from .forget import forget_control
from .layout import button
from .layout import page as layout

#: With more cards than so many, in both sections together, those out of sight are not laid out and nothing moves by itself.
_LONG = 60


def page() -> rx.Component:
    """The page at ``/``."""
    return layout(
        _drop_zone(),
        _section("On their way", su.cards("active"), "active"),
        _closing(),
        _section(
            "Today", su.cards("done"), "done", button("Clear list", on_click=su.dismiss_all(), class_name="action")
        ),
        rx.cond(su.cards(first=1).length() == 0, _empty()),
        forget_control(),
        name="home",
        heading="Upload",
        sub="Drop your files and move on. They keep going, and their links work from the first second.",
    )


def _drop_zone() -> rx.Component:
    limits = su.limits()
    return su.drop_zone(
        icons.upload(),
        rx.el.strong("Drop files or folders anywhere"),
        rx.el.span(
            "or ",
            rx.el.label("choose files", su.file_input(class_name="sr-only"), class_name="pick pick-files"),
            " or ",
            rx.el.label("a folder", su.folder_input(class_name="sr-only"), class_name="pick pick-folder"),
            rx.cond(limits.max_file_size_text != "", f" · up to {limits.max_file_size_text} each", ""),
        ),
        class_name="drop",
    )


def _section(heading: str, cards: ArrayVar[list[su.Card]], name: str, *beside: rx.Component) -> rx.Component:
    return rx.cond(
        cards.length() > 0,
        rx.el.section(
            rx.el.div(rx.el.h2(heading), *beside, class_name="section-head"),
            rx.el.div(
                rx.foreach(cards, lambda card: file_card(card=card, key=card.id)),
                class_name=rx.cond(su.cards(first=_LONG + 1).length() > _LONG, "list long", "list"),
            ),
            class_name=f"section section-{name}",
            custom_attrs={"aria-label": heading},
        ),
    )


def _closing() -> rx.Component:
    """The panel behind the sentence on the cards."""
    totals = su.totals()
    ways = [
        ("this page", totals.if_page, "page"),
        ("this tab, not the last", totals.if_tab, "tab"),
        ("all tabs", totals.if_tabs, "tabs"),
        ("the browser", totals.if_browser, "browser"),
        ("the computer", totals.if_computer, "computer"),
    ]
    rows = [
        rx.fragment(rx.el.dt(what), rx.el.dd(happens, custom_attrs={"data-closing": name}))
        for what, happens, name in ways
    ]
    return rx.cond(
        totals.leave != "",
        rx.el.details(
            rx.el.summary("What happens if I close…"),
            rx.el.dl(*rows),
            class_name="closing",
            custom_attrs={"data-testid": "closing"},
        ),
    )


def _empty() -> rx.Component:
    steps = [
        ("Drop it", "Any size. The card is there at once, and so is the link you can send."),
        ("Move on", "Open another page, do something else. The card says when you are free to close the window."),
        ("Come back any time", "It goes on from where it was. When all of it is there, the link becomes the file."),
    ]
    return rx.el.ol(*(rx.el.li(rx.el.strong(title), rx.el.span(text)) for title, text in steps), class_name="steps")
