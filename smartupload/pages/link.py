"""The owner's panel on a file's page: who may open the file, for how long and how often."""

from typing import Any

import reflex as rx
import reflex_smartupload as su
from reflex.vars import FunctionStringVar

from smartupload.state import LinkState
from smartupload.state import SharedFileState as State

from .layout import button

# A day ends where the owner is, which only the browser knows.
_LAST_MOMENT = FunctionStringVar.create(
    '((form) => { const at = new Date(`${form.until}T23:59:59`); return Number.isNaN(at.getTime()) ? "" : at.toISOString() })'
)
_DOWNLOADS = FunctionStringVar.create('((form) => form.downloads ?? "")')
_DAY = FunctionStringVar.create('((at) => at ? new Date(at).toLocaleDateString("en-CA") : "")')


def link_panel() -> rx.Component:
    """Copy, stop and share again, limits, a new link. Only its owner sees it."""
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Link", id="link-title"),
            rx.el.span("Only you see this", class_name="quiet"),
            class_name="panel-head",
        ),
        _address(),
        rx.cond(State.closed != "", rx.el.p(State.closed, class_name="banner calm", role="status")),
        _limits(),
        rx.cond(LinkState.error != "", rx.el.p(LinkState.error, class_name="problem", role="alert")),
        rx.match(
            LinkState.asked,
            (
                "stop",
                _confirm(
                    "Stop sharing? Whoever opens the link is told so, until you share it again.",
                    "Yes, stop sharing",
                    LinkState.stop(State.upload_id),
                ),
            ),
            (
                "renew",
                _confirm(
                    "Make a new link? The old one leads nowhere for good, for everybody who has it.",
                    "Yes, make a new link",
                    LinkState.renew(State.upload_id),
                ),
            ),
            _actions(),
        ),
        class_name="panel",
        custom_attrs={"data-testid": "link-panel", "aria-labelledby": "link-title"},
    )


def _address() -> rx.Component:
    return rx.el.div(
        rx.el.input(
            value=State.link_url,
            read_only=True,
            class_name="field",
            custom_attrs={"aria-label": "Link to this file", "data-revoked": State.revoked},
        ),
        rx.cond(
            State.revoked,
            button("Share again", on_click=LinkState.share(State.upload_id), class_name="btn"),
            button("Copy link", on_click=su.copy_link(State.link_url), class_name="btn"),
        ),
        class_name="panel-row",
    )


def _limits() -> rx.Component:
    day = _DAY.call(State.until).to(str)
    return rx.el.form(
        rx.el.label(
            rx.el.span("Last day"),
            rx.el.input(type="date", name="until", default_value=day, class_name="field"),
        ),
        rx.el.label(
            rx.el.span("Downloads left"),
            rx.el.input(
                type="number",
                name="downloads",
                default_value=State.downloads,
                placeholder="Any number",
                min="0",
                step="1",
                class_name="field",
                custom_attrs={"inputMode": "numeric"},
            ),
        ),
        button("Save limits", type="submit", class_name="btn quiet"),
        rx.cond(
            State.downloads != "",
            rx.el.p(
                "While downloads are limited, visitors see no preview: what is shown can be saved as well.",
                class_name="sub fine",
            ),
        ),
        # Fields that nobody is editing follow what is saved, also from another tab.
        key=f"{State.until} {State.downloads}",
        on_submit=lambda form: LinkState.limit(
            State.upload_id, _LAST_MOMENT.call(form).to(str), _DOWNLOADS.call(form).to(str)
        ),
        class_name="panel-limits",
        custom_attrs={"aria-label": "Limits of the link"},
    )


def _actions() -> rx.Component:
    return rx.el.div(
        rx.cond(~State.revoked, button("Stop sharing", on_click=LinkState.ask("stop"))),
        button("Make a new link", on_click=LinkState.ask("renew")),
        class_name="acts",
    )


def _confirm(question: str, yes: str, does: Any) -> rx.Component:
    return rx.el.div(
        rx.el.span(question, class_name="ask"),
        button(yes, on_click=does, class_name="danger", auto_focus=True),
        button("Keep", on_click=LinkState.keep),
        class_name="acts",
        role="group",
    )
