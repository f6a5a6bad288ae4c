"""The owner's panel on a file's page: who may open the file, for how long and how often."""

import reflex as rx
import reflex_smartupload as su
from reflex.vars import FunctionStringVar

from smartupload.state import LinkState
from smartupload.state import SharedFileState as State

from .layout import button
from .question import question

# A day ends where the owner is, which only the browser knows.
_LAST_MOMENT = FunctionStringVar.create(
    '((form) => { const at = new Date(`${form.until}T23:59:59`); return Number.isNaN(at.getTime()) ? "" : at.toISOString() })'
)
_DOWNLOADS = FunctionStringVar.create('((form) => form.downloads ?? "")')
_DAY = FunctionStringVar.create('((at) => at ? new Date(at).toLocaleDateString("en-CA") : "")')


def link_panel(look: su.Look) -> rx.Component:
    """Copy, stop and share again, limits, a new link. Only its owner sees it."""
    return rx.el.section(
        rx.el.div(
            rx.el.h2(su.say("share-link"), id="link-title"),
            rx.el.span(su.say("share-only-you"), class_name=look.names("quiet")),
            class_name=look.names("panel-head"),
        ),
        _address(look),
        rx.cond(State.closed != "", rx.el.p(State.closed, class_name=look.names("banner calm"), role="status")),
        _limits(look),
        rx.cond(LinkState.error != "", rx.el.p(LinkState.error, class_name=look.names("problem"), role="alert")),
        rx.match(
            LinkState.asked,
            (
                "stop",
                question(
                    su.say("share-stop-question"),
                    su.say("share-stop-yes"),
                    LinkState.stop(State.upload_id),
                    LinkState.keep,
                    look,
                ),
            ),
            (
                "renew",
                question(
                    su.say("share-renew-question"),
                    su.say("share-renew-yes"),
                    LinkState.renew(State.upload_id),
                    LinkState.keep,
                    look,
                ),
            ),
            _actions(look),
        ),
        class_name=look.names("panel"),
        style=look.style("panel"),
        custom_attrs={"data-testid": "link-panel", "aria-labelledby": "link-title", "data-row": State.upload_id},
    )


def _address(look: su.Look) -> rx.Component:
    return rx.el.div(
        rx.el.input(
            value=State.link_url,
            read_only=True,
            dir="ltr",
            class_name=look.names("field"),
            custom_attrs={"aria-label": su.say("share-address"), "data-revoked": State.revoked},
        ),
        rx.cond(
            State.revoked,
            button(su.say("share-again"), on_click=LinkState.share(State.upload_id), class_name=look.names("btn")),
            button(su.say("share-copy"), on_click=su.copy_link(State.link_url), class_name=look.names("btn")),
        ),
        class_name=look.names("panel-row"),
    )


def _limits(look: su.Look) -> rx.Component:
    day = _DAY.call(State.until).to(str)
    return rx.el.form(
        rx.el.label(
            rx.el.span(su.say("share-last-day")),
            rx.el.input(type="date", name="until", default_value=day, class_name=look.names("field")),
        ),
        rx.el.label(
            rx.el.span(su.say("share-downloads-left")),
            rx.el.input(
                type="number",
                name="downloads",
                default_value=State.downloads,
                placeholder=su.say("share-any-number"),
                min="0",
                step="1",
                class_name=look.names("field"),
                custom_attrs={"inputMode": "numeric"},
            ),
        ),
        button(su.say("share-save-limits"), type="submit", class_name=look.names("btn quiet")),
        rx.cond(
            State.downloads != "",
            rx.el.p(
                su.say("share-limited"),
                class_name=look.names("sub fine"),
            ),
        ),
        # Fields that nobody is editing follow what is saved, also from another tab.
        key=f"{State.until} {State.downloads}",
        on_submit=lambda form: LinkState.limit(
            State.upload_id, _LAST_MOMENT.call(form).to(str), _DOWNLOADS.call(form).to(str)
        ),
        class_name=look.names("panel-limits"),
        custom_attrs={"aria-label": su.say("share-limits")},
    )


def _actions(look: su.Look) -> rx.Component:
    return rx.el.div(
        rx.cond(
            ~State.revoked,
            button(su.say("share-stop"), on_click=LinkState.ask("stop"), class_name=look.names("action")),
        ),
        button(su.say("share-renew"), on_click=LinkState.ask("renew"), class_name=look.names("action")),
        class_name=look.names("acts"),
    )
