"""The owner's panel on the page of a file, or of a group: who may open it, for how long and how often."""

import dataclasses
from typing import Any

import reflex as rx
import reflex_smartupload as su
from reflex.vars import FunctionStringVar

from smartupload.state import GroupLinkState, GroupState, LinkState, SharedFileState

from .layout import button, moment
from .question import question

# A day ends where the owner is, which only the browser knows.
_LAST_MOMENT = FunctionStringVar.create(
    '((form) => { const at = new Date(`${form.until}T23:59:59`); return Number.isNaN(at.getTime()) ? "" : at.toISOString() })'
)
_DOWNLOADS = FunctionStringVar.create('((form) => form.downloads ?? "")')
_IN_DAYS = FunctionStringVar.create("((days) => new Date(Date.now() + days * 86400000).toISOString())")
_NUMBER = FunctionStringVar.create("((text) => Number(text))")
_DAY = FunctionStringVar.create('((at) => at ? new Date(at).toLocaleDateString("en-CA") : "")')


#: Offered beside the fields.
DAYS, DOWNLOADS = (1, 7, 30), (1, 10)


@dataclasses.dataclass(frozen=True)
class Panel:
    """What the panel is about: the state that its page shows, the one that acts, and for the latter whose link it is."""

    shown: Any
    acts: Any
    whose: Any


OF_FILE = Panel(SharedFileState, LinkState, SharedFileState.upload_id)
OF_GROUP = Panel(GroupState, GroupLinkState, GroupState.key)


def link_panel(look: su.Look, panel: Panel = OF_FILE) -> rx.Component:
    """Copy, stop and share again, limits, a new link. Only its owner sees it."""
    state, acts, whose = panel.shown, panel.acts, panel.whose
    return rx.el.section(
        rx.el.div(
            rx.el.h2(su.say("share-link"), id="link-title"),
            rx.el.span(su.say("share-only-you"), class_name=look.names("quiet")),
            class_name=look.names("panel-head"),
        ),
        _address(look, panel),
        rx.cond(state.closed != "", rx.el.p(state.closed, class_name=look.names("banner calm"), role="status")),
        rx.cond(state.closed == "", _summary(look, panel)),
        _presets(look, panel),
        _limits(look, panel),
        rx.cond(acts.error != "", rx.el.p(acts.error, class_name=look.names("problem"), role="alert")),
        rx.match(
            acts.asked,
            (
                "stop",
                question(
                    su.say("share-stop-question"),
                    su.say("share-stop-yes"),
                    acts.stop(whose),
                    acts.keep,
                    look,
                ),
            ),
            (
                "renew",
                question(
                    su.say("share-renew-question"),
                    su.say("share-renew-yes"),
                    acts.renew(whose),
                    acts.keep,
                    look,
                ),
            ),
            _actions(look, panel),
        ),
        _qr(look, panel),
        class_name=look.names("panel"),
        style=look.style("panel"),
        custom_attrs={"data-testid": "link-panel", "aria-labelledby": "link-title", "data-row": whose},
    )


def _address(look: su.Look, panel: Panel) -> rx.Component:
    state, acts, whose = panel.shown, panel.acts, panel.whose
    return rx.el.div(
        rx.el.input(
            value=state.link_url,
            read_only=True,
            dir="ltr",
            class_name=look.names("field"),
            custom_attrs={"aria-label": su.say("share-address"), "data-revoked": state.revoked},
        ),
        rx.cond(
            state.revoked,
            button(su.say("share-again"), on_click=acts.share(whose), class_name=look.names("btn")),
            button(su.say("share-copy"), on_click=su.copy_link(state.link_url), class_name=look.names("btn")),
        ),
        rx.cond(
            su.can_share_link() & ~state.revoked,
            button(
                su.say("share-share"),
                on_click=su.share_link(state.link_url, state.name),
                class_name=look.names("btn quiet"),
            ),
        ),
        class_name=look.names("panel-row"),
    )


def allowed(until: Any, downloads: Any) -> rx.Component:
    """Who may open a link until this moment (ISO 8601) and with so many downloads left, both texts, empty for no limit."""
    count, last = _NUMBER.call(downloads).to(int), moment(until)
    return rx.cond(
        until != "",
        rx.cond(
            downloads != "",
            su.sentence("share-sum-both", until=last, count=count),
            su.sentence("share-sum-until", until=last),
        ),
        rx.cond(downloads != "", su.say("share-sum-downloads", count=count), su.say("share-sum-free")),
    )


def _summary(look: su.Look, panel: Panel) -> rx.Component:
    """What is allowed now, in one sentence."""
    return rx.el.p(
        allowed(panel.shown.until, panel.shown.downloads),
        class_name=look.names("sub fine"),
        custom_attrs={"data-testid": "link-summary"},
    )


def _presets(look: su.Look, panel: Panel) -> rx.Component:
    """What most people want, with one click; the rest of the limits stays."""
    state, acts, whose = panel.shown, panel.acts, panel.whose

    def act(words: rx.Var[str], until: Any, downloads: Any) -> rx.Component:
        return button(words, on_click=acts.limit(whose, until, downloads), class_name=look.names("action"))

    return rx.el.div(
        *(act(su.say("share-preset-days", count=days), _IN_DAYS.call(days).to(str), state.downloads) for days in DAYS),
        *(act(su.say("share-preset-downloads", count=count), state.until, str(count)) for count in DOWNLOADS),
        rx.cond(
            (state.until != "") | (state.downloads != ""),
            act(su.say("share-preset-none"), "", ""),
        ),
        class_name=look.names("presets"),
        role="group",
        custom_attrs={"aria-label": su.say("share-presets")},
    )


def _qr(look: su.Look, panel: Panel) -> rx.Component:
    return rx.cond(
        panel.acts.qr != "",
        rx.el.img(
            src=panel.acts.qr, alt=su.say("share-qr-name"), width="200", height="200", class_name=look.names("qr")
        ),
    )


def _limits(look: su.Look, panel: Panel) -> rx.Component:
    state, acts, whose = panel.shown, panel.acts, panel.whose
    day = _DAY.call(state.until).to(str)
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
                default_value=state.downloads,
                placeholder=su.say("share-any-number"),
                min="0",
                step="1",
                class_name=look.names("field"),
                custom_attrs={"inputMode": "numeric"},
            ),
        ),
        button(su.say("share-save-limits"), type="submit", class_name=look.names("btn quiet")),
        rx.cond(
            state.downloads != "",
            rx.el.p(
                su.say("share-limited"),
                class_name=look.names("sub fine"),
            ),
        ),
        # Fields that nobody is editing follow what is saved, also from another tab.
        key=f"{state.until} {state.downloads}",
        on_submit=lambda form: acts.limit(whose, _LAST_MOMENT.call(form).to(str), _DOWNLOADS.call(form).to(str)),
        class_name=look.names("panel-limits"),
        custom_attrs={"aria-label": su.say("share-limits")},
    )


def _actions(look: su.Look, panel: Panel) -> rx.Component:
    state, acts = panel.shown, panel.acts
    return rx.el.div(
        rx.cond(
            ~state.revoked,
            button(su.say("share-stop"), on_click=acts.ask("stop"), class_name=look.names("action")),
        ),
        rx.cond(
            acts.qr == "",
            button(su.say("share-qr"), on_click=acts.show_qr(panel.whose), class_name=look.names("action")),
            button(su.say("share-qr-hide"), on_click=acts.hide_qr, class_name=look.names("action")),
        ),
        button(su.say("share-renew"), on_click=acts.ask("renew"), class_name=look.names("action")),
        class_name=look.names("acts"),
    )
