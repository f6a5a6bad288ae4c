"""The page behind the link of files that were given together: their list, and all of them in one download."""

from collections.abc import Callable

import reflex as rx
import reflex_smartupload as su
from reflex.vars import ObjectVar

from smartupload.state import GroupLinkState
from smartupload.state import GroupState as State
from smartupload.state.group import GroupFile

from .layout import button, plain_link
from .link import OF_GROUP, link_panel
from .shared import unless_gone

#: Seconds, while something is on its way or nothing could be read yet, and else.
_SOON, _LATER = 5, 45


def add(app: rx.App, around: Callable[[rx.Component], rx.Component], look: su.Look) -> None:
    """Add the page at ``/f/group/{token}``; `around` puts its content into what the app's pages have in common."""
    app.add_page(
        lambda: around(content(look)),
        route="/f/group/[token]",
        title=su.say("share-group-title"),
        description=su.say("share-description"),
        on_load=[State.load, GroupLinkState.keep, GroupLinkState.hide_qr],
    )


def content(look: su.Look) -> rx.Component:
    """What is on it."""
    return rx.fragment(
        rx.cond(
            (State.status == "loading") | (State.coming > 0), su.every(_SOON, State.load), su.every(_LATER, State.load)
        ),
        rx.el.section(
            unless_gone(State, look, _group(look)),
            class_name=rx.cond(State.status == "open", look.names("share shows"), look.names("share")),
            style=look.style("share"),
            custom_attrs={"data-testid": "shared-group", "data-state": State.status},
        ),
        rx.cond(State.key != "", link_panel(look, OF_GROUP)),
    )


def _group(look: su.Look) -> rx.Component:
    return rx.fragment(
        rx.el.header(
            rx.el.div(
                rx.el.h1(rx.cond(State.name != "", State.name, su.say("share-group-title")), dir="auto"),
                rx.el.p(
                    rx.el.span(State.facts),
                    rx.el.span(rx.cond(State.key == "", su.say("share-with-you"), su.say("share-group-yours"))),
                    class_name=look.names("facts"),
                ),
                class_name=look.names("share-what"),
            ),
            rx.cond(
                State.download_url != "",
                plain_link(su.say("share-group-download"), State.download_url, class_name=look.names("btn big")),
            ),
            class_name=look.names("share-head"),
        ),
        rx.cond(
            State.coming > 0,
            rx.el.p(su.say("share-group-coming", count=State.coming), class_name=look.names("sub"), role="status"),
        ),
        rx.cond(
            State.left_out > 0,
            rx.el.p(su.say("share-group-left-out", count=State.left_out), class_name=look.names("sub")),
        ),
        rx.cond(State.sentence != "", rx.el.p(State.sentence, class_name=look.names("sub"), role="status")),
        rx.el.ul(
            rx.foreach(State.rows, lambda row: _row(row, look)),
            class_name=look.names("share-files"),
            custom_attrs={"aria-label": su.say("share-group-files")},
        ),
        rx.cond(
            State.more,
            button(su.say("share-group-more"), on_click=State.show_more, class_name=look.names("btn quiet")),
        ),
        rx.cond(
            State.scan != "",
            rx.el.p(State.scan, class_name=look.names("sub fine"), custom_attrs={"data-testid": "scan"}),
        ),
    )


def _row(row: ObjectVar[GroupFile], look: su.Look) -> rx.Component:
    named = f"shared-{row.id}"
    return rx.el.li(
        su.kind_icon(row.kind, look),
        rx.el.div(
            rx.el.div(row.name, id=named, dir="auto", class_name=look.names("name"), title=row.name),
            rx.el.div(
                rx.cond(row.folder != "", rx.el.span(row.folder, dir="auto", title=row.folder)),
                rx.el.span(row.size),
                class_name=look.names("meta"),
            ),
            class_name=look.names("what"),
        ),
        rx.cond(
            row.download_url != "",
            plain_link(
                su.say("share-download"),
                row.download_url,
                class_name=look.names("action"),
                custom_attrs={"aria-describedby": named},
            ),
            rx.el.span(row.state_text, class_name=look.names("sub")),
        ),
        key=row.id,
        custom_attrs={"data-testid": "shared-group-file"},
    )
