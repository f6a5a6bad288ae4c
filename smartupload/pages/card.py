"""The app's own cards: the ready-made ones with the names of its style sheet, and a way to go on for who need not wait."""

from typing import Any

import reflex as rx
import reflex_smartupload as su
from reflex.vars import ObjectVar

from .layout import link

#: The rules are in assets/smartupload.css.
LOOK = su.Look(prefix="", rules={})


@rx.memo
def file_card(card: ObjectVar[su.Card], rest: rx.RestProp) -> rx.Component:
    """One card. The whole card is one prop, so it renders again only when it changed."""
    return su.card(card, rest, look=LOOK, free=_free)


@rx.memo
def group_row(
    card: ObjectVar[su.Card],
    at: rx.Var[int],
    of: rx.Var[int],
    top: rx.Var[str],
    current: rx.Var[bool],
    rest: rx.RestProp,
) -> rx.Component:
    """One file of those that were given together."""
    return su.group_row(card, at, of, top, current, rest, look=LOOK)


@rx.memo
def group_card(group: ObjectVar[su.Group], rest: rx.RestProp) -> rx.Component:
    """The card of files that were given together."""
    return su.group_card(group, rest, row=group_row, look=LOOK, free=_free)


def _free(card: ObjectVar[Any]) -> rx.Component:
    return rx.cond(
        card.wait,
        rx.el.div(
            rx.el.p(card.wait_text),
            link(su.say("home-keep-working"), to="/files", class_name="btn"),
            su.tell_button(class_name="btn quiet"),
            class_name="free",
            custom_attrs={"data-testid": "no-need-to-wait"},
        ),
    )
