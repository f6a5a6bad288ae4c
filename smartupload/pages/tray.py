"""The tray of the app's pages, which has a way to all cards."""

from typing import Any

import reflex as rx
import reflex_smartupload as su
from reflex.vars import NumberVar, ObjectVar

from .card import LOOK
from .layout import link


@rx.memo
def tray_row(card: ObjectVar[su.Card], rest: rx.RestProp) -> rx.Component:
    """One file in the tray."""
    return su.tray_row(card, rest, look=LOOK)


def upload_tray() -> rx.Component:
    """Hidden when nothing is on its way; folded on the page that shows the cards itself."""
    return su.tray(["/"], row=tray_row, more=_more, look=LOOK)


def _more(count: NumberVar[Any]) -> rx.Component:
    return link(su.say("tray-more", count=count), to="/", class_name="tray-more")
