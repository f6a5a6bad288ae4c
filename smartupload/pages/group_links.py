"""The links that lead to several files at once, above the list of all files; nothing where there is none."""

from typing import Any

import reflex as rx
import reflex_smartupload as su
from reflex.vars import ObjectVar

from smartupload.state import GroupLinksState as State
from smartupload.state.group_links import GroupLinkRow

from .layout import button, link, moment
from .link import allowed
from .question import question


def group_links() -> rx.Component:
    """Folded up, so that the files stay what the page is about."""
    return rx.cond(
        State.rows,
        rx.el.details(
            rx.el.summary(su.say("files-links", count=rx.Var.create(State.rows).to(list).length())),
            rx.cond(State.error != "", rx.el.p(State.error, class_name="problem", role="alert")),
            rx.el.ul(rx.foreach(State.rows, _link)),
            class_name="group-links",
            custom_attrs={"data-testid": "group-links"},
        ),
    )


def _link(row: ObjectVar[GroupLinkRow]) -> rx.Component:
    named = f"group-link-{row.key}"
    its = {"aria-describedby": named}
    return rx.el.li(
        rx.el.div(
            # Its page has the panel with the limits, a new link and the QR code.
            link(row.name, to=row.path, prefetch="intent", id=named, class_name="name", custom_attrs={"dir": "auto"}),
            rx.el.p(
                rx.cond(row.facts != "", rx.fragment(row.facts, " · "), ""),
                moment(row.made),
                rx.cond(
                    row.is_open & ((row.until != "") | (row.downloads != "")),
                    rx.fragment(" · ", allowed(row.until, row.downloads)),
                    "",
                ),
                class_name="sub fine",
            ),
            class_name="what",
        ),
        rx.cond(
            row.is_open,
            rx.el.span(su.say("files-shared"), class_name="chip good"),
            rx.el.span(su.say("files-not-shared"), class_name="chip"),
        ),
        rx.cond(
            State.asked == row.key,
            question(
                su.say("share-stop-question"),
                su.say("share-stop-yes"),
                State.stop(row.key),
                State.keep,
                described_by=named,
            ),
            _actions(row, its),
        ),
        key=row.key,
        custom_attrs={"data-testid": "group-link", "data-url": row.url, "data-row": row.key},
    )


def _actions(row: ObjectVar[GroupLinkRow], its: dict[str, Any]) -> rx.Component:
    return rx.el.div(
        rx.cond(row.is_open, button(su.say("files-copy-link"), on_click=su.copy_link(row.url), custom_attrs=its)),
        rx.cond(
            row.revoked,
            button(su.say("share-again"), on_click=State.share(row.key), custom_attrs=its),
            button(su.say("share-stop"), on_click=State.ask(row.key), custom_attrs=its),
        ),
        class_name="acts",
    )
