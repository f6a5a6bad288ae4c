"""The tray: what is on its way, on every page, out of the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import reflex as rx
from reflex.vars import NumberVar, ObjectVar
from reflex_base.constants.compiler import MemoizationDisposition, MemoizationMode
from reflex_components_core.base.fragment import Fragment

from ..actions import cancel, pause, resume, send_now, undo
from ..fold import TrayRoom, toggle_tray, tray_open
from ..live import Card, Totals, cards, totals
from ..tell import tell_button
from ..words import say
from .card import IN_THE_MIDDLE, UNDOES, about, button, name_id, progress, stroke, whole
from .look import DEFAULT, Look

ROWS = 20
"""So many files are named."""


def tray_row(card: ObjectVar[Card], *children: Any, look: Look = DEFAULT) -> rx.Component:
    """One file in the tray. `children` come first in it."""

    def act(text: rx.Var[str], does: Any, class_name: str, **more: str) -> rx.Component:
        its = about(name_id(card, "row")) | more
        return button(text, on_click=does, class_name=look.names(class_name), custom_attrs=its)

    return rx.el.li(
        *children,
        rx.el.div(
            whole(card.name),
            id=name_id(card, "row"),
            dir="auto",
            class_name=look.names("name"),
            title=card.name,
            custom_attrs=dict(IN_THE_MIDDLE),
        ),
        rx.el.div(
            rx.cond(card.can_send_now, act(say("tray-send-now"), send_now(card.id), "action strong")),
            rx.cond(card.can_pause, act(say("tray-pause"), pause(card.id), "action")),
            rx.cond(card.can_resume, act(say("tray-resume"), resume(card.id), "action strong")),
            rx.cond(card.can_cancel, act(say("tray-cancel"), cancel(card.id), "action")),
            rx.cond(card.can_undo, act(say("tray-undo"), undo(card.id), "action strong", **UNDOES)),
            class_name=look.names("acts"),
        ),
        rx.el.div(
            rx.el.span(rx.cond(card.eta != "", card.eta, rx.cond(card.detail != "", card.detail, card.error))),
            class_name=look.names("meta"),
        ),
        progress(card, look),
        rx.cond(card.wait, tell_button(class_name=look.names("action"))),
        class_name=rx.cond(card.wait, look.names("tray-row wait"), look.names("tray-row")),
        custom_attrs={"data-testid": "tray-row", "data-state": card.state},
    )


@rx.memo
def smartupload_tray_row(card: ObjectVar[Card], rest: rx.RestProp) -> rx.Component:
    """The whole card is one prop, so it renders again only when it changed."""
    return tray_row(card, rest)


class _Drawn(Fragment):
    """A component of its own in the page: around an app, where the tray stands, words would be said before anybody knows the language."""

    _memoization_mode = MemoizationMode(disposition=MemoizationDisposition.ALWAYS, recursive=False)


def tray(
    folded_on: Sequence[str] = (),
    *,
    row: Callable[..., rx.Component] = smartupload_tray_row,
    more: Callable[[NumberVar[Any]], rx.Component] | None = None,
    look: Look = DEFAULT,
) -> rx.Component:
    """Put it once into the layout of all pages. It is hidden when nothing is on its way.

    Args:
        folded_on: paths on which it starts folded, because the page shows the cards itself.
        row: what draws one file, called with `card` and `key`: an `rx.memo` of your own.
        more: what says how many more there are than it names; a sentence when None.
        look: names and rules; see `Look`.
    """
    together, is_open = totals(), tray_open(folded_on)
    left = together.active.to(int) + together.withdrawn.to(int) - ROWS
    rest = (more or (lambda count: rx.el.div(say("tray-more", count=count), class_name=look.names("tray-more"))))(left)
    shown = rx.cond(
        together.active.to(int) + together.withdrawn.to(int) > 0,
        rx.el.aside(
            _head(together, is_open, look),
            TrayRoom.create(),
            rx.cond(is_open, _body(together, row, rx.cond(left > 0, rest), look)),
            class_name=look.names("tray"),
            style=look.style("tray"),
            custom_attrs={
                "data-testid": "upload-tray",
                "aria-label": say("tray-label"),
                "data-open": is_open,
            },
        ),
    )
    return _Drawn.create(shown)


def _head(together: ObjectVar[Totals], is_open: rx.Var[bool], look: Look) -> rx.Component:
    turned = rx.Var.create({"--percent": f"{together.percent}%"})
    return button(
        rx.el.span(class_name=look.names("ring"), custom_attrs={"style": turned}),
        rx.el.span(together.text, class_name=look.names("tray-text")),
        rx.cond(
            together.active.to(int) > 0,
            rx.el.span(say("tray-percent", percent=together.percent), class_name=look.names("tray-percent")),
        ),
        stroke("m7 14.5 5-5 5 5", look, class_name="chevron"),
        on_click=toggle_tray(),
        class_name=look.names("tray-head"),
        custom_attrs={"aria-expanded": is_open, "aria-controls": "tray-body"},
    )


def _body(
    together: ObjectVar[Totals], row: Callable[..., rx.Component], rest: rx.Component, look: Look
) -> rx.Component:
    return rx.el.div(
        rx.el.ul(rx.foreach(cards("active", first=ROWS), lambda one: row(card=one, key=one.id))),
        rest,
        rx.cond(
            together.leave_text != "",
            rx.el.div(
                together.leave_text,
                class_name=look.names("leave"),
                custom_attrs={"data-testid": "tray-leave", "data-leave": together.leave},
            ),
        ),
        id="tray-body",
        class_name=look.names("tray-body"),
    )
