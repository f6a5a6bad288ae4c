"""The tray: what is on its way, on every page, out of the way."""

import reflex as rx
import reflex_smartupload as su
from reflex.vars import ObjectVar

from . import icons
from .card import progress
from .layout import button, link

_ROWS = 20


@rx.memo
def tray_row(card: ObjectVar[su.Card], rest: rx.RestProp) -> rx.Component:
    """One file in the tray."""
    return rx.el.li(
        rest,
        rx.el.div(card.name, class_name="name", title=card.name),
        rx.el.div(
            rx.cond(card.can_pause, button("Pause", on_click=su.pause(card.id))),
            rx.cond(card.can_resume, button("Resume", on_click=su.resume(card.id), class_name="strong")),
            class_name="acts",
        ),
        rx.el.div(
            rx.el.span(rx.cond(card.eta != "", card.eta, rx.cond(card.detail != "", card.detail, card.error))),
            class_name="meta",
        ),
        progress(card),
        rx.cond(card.wait, su.tell_button(class_name="action")),
        class_name=rx.cond(card.wait, "tray-row wait", "tray-row"),
        custom_attrs={"data-testid": "tray-row", "data-state": card.state},
    )


def upload_tray() -> rx.Component:
    """Hidden when nothing is on its way; folded on the page that shows the cards itself."""
    totals = su.totals()
    return rx.cond(
        totals.active.to(int) > 0,
        rx.el.aside(
            _head(totals),
            _body(totals),
            class_name="tray",
            custom_attrs={
                "data-testid": "upload-tray",
                "aria-label": "Files on their way",
                "data-open": su.tray_open(["/"]),
            },
        ),
    )


def _head(totals: ObjectVar[su.Totals]) -> rx.Component:
    return button(
        rx.el.span(class_name="ring", custom_attrs={"style": rx.Var.create({"--percent": f"{totals.percent}%"})}),
        rx.el.span(totals.text, class_name="tray-text"),
        rx.el.span(totals.percent, " %", class_name="tray-percent"),
        icons.chevron(),
        on_click=su.toggle_tray(),
        class_name="tray-head",
        custom_attrs={"aria-expanded": su.tray_open(["/"]), "aria-controls": "tray-body"},
    )


def _body(totals: ObjectVar[su.Totals]) -> rx.Component:
    rows = su.cards("active", first=_ROWS)
    return rx.cond(
        su.tray_open(["/"]),
        rx.el.div(
            rx.el.ul(rx.foreach(rows, lambda card: tray_row(card=card, key=card.id))),
            rx.cond(
                totals.active.to(int) > _ROWS,
                link("and ", totals.active.to(int) - _ROWS, " more", to="/", class_name="tray-more"),
            ),
            rx.cond(
                totals.leave_text != "",
                rx.el.div(
                    totals.leave_text,
                    class_name="leave",
                    custom_attrs={"data-testid": "tray-leave", "data-leave": totals.leave},
                ),
            ),
            id="tray-body",
            class_name="tray-body",
        ),
    )
