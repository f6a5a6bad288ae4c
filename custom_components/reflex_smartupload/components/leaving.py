"""What happens on each way of closing, and what somebody presses before they leave a computer that others use."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex.vars import FunctionStringVar, FunctionVar

from ..actions import forget_device
from ..live import totals
from ..sentences import sentence
from ..words import say
from .card import button
from .look import DEFAULT, Look

_DIALOG = "forget-dialog"


def leave_panel(heading: str | rx.Var[str] = "", look: Look = DEFAULT) -> rx.Component:
    """What happens to the files on their way if this page, this tab, the browser … is closed, folded behind a line; nothing while there are none.

    Args:
        heading: that line; ours when empty.
        look: names and rules; see `Look`.
    """
    together = totals()
    ways = [
        (say("closing-page"), together.if_page, "page"),
        (say("closing-tab"), together.if_tab, "tab"),
        (say("closing-tabs"), together.if_tabs, "tabs"),
        (say("closing-browser"), together.if_browser, "browser"),
        (say("closing-computer"), together.if_computer, "computer"),
    ]
    rows = [
        rx.fragment(rx.el.dt(what), rx.el.dd(happens, custom_attrs={"data-closing": name}))
        for what, happens, name in ways
    ]
    return rx.cond(
        together.leave != "",
        rx.el.details(
            rx.el.summary(say("closing-heading") if isinstance(heading, str) and not heading else heading),
            rx.el.dl(*rows),
            class_name=look.names("closing"),
            style=look.style("closing"),
            custom_attrs={"data-testid": "closing"},
        ),
    )


def forget_button(*children: Any, label: str | rx.Var[str] = "", look: Look = DEFAULT) -> rx.Component:
    """A quiet button for shared computers: after a question it wipes all that this browser keeps; see `forget_device`. Once on a page.

    It works while the server's websocket is away.

    Args:
        children: what the question explains, in place of two paragraphs of ours; an app with a login of its own says here how to log out.
        label: of the button, and with a question mark the heading of the question; ours when empty.
        look: names and rules; see `Look`.
    """
    is_ours = isinstance(label, str) and not label
    heading = say("forget-question") if is_ours else say("forget-question-of", label=label)
    return rx.el.div(
        button(
            say("forget-label") if is_ours else label,
            on_click=_dialog("showModal"),
            class_name=look.names("action"),
            custom_attrs={"data-testid": "forget-device", "aria-haspopup": "dialog"},
        ),
        _question(children or _explanation(), heading, look),
        class_name=look.names("forget"),
        style=look.style("forget"),
    )


def _dialog(does: str) -> FunctionVar:
    return FunctionStringVar.create(f'(() => document.getElementById("{_DIALOG}")?.{does}())')


def _explanation() -> tuple[rx.Component, rx.Component]:
    return (
        rx.el.p(say("forget-wiped")),
        rx.el.p(sentence("forget-lost", warning=rx.el.strong(say("forget-warning")))),
    )


def _question(explanation: tuple[Any, ...], heading: rx.Var[str], look: Look) -> rx.Component:
    # The browser's own modal dialog: it keeps the focus inside and closes on Escape without a line of script.
    return rx.el.dialog(
        rx.el.h2(heading, id=f"{_DIALOG}-title"),
        rx.el.div(*explanation, id=f"{_DIALOG}-text"),
        rx.el.div(
            button(say("forget-no"), on_click=_dialog("close"), class_name=look.names("btn quiet"), auto_focus=True),
            button(
                say("forget-yes"),
                on_click=[_dialog("close"), forget_device()],
                class_name=look.names("btn danger"),
                custom_attrs={"data-testid": "forget-confirm"},
            ),
            class_name=look.names("dialog-acts"),
        ),
        id=_DIALOG,
        role="alertdialog",
        class_name=look.names("dialog"),
        custom_attrs={"aria-labelledby": f"{_DIALOG}-title", "aria-describedby": f"{_DIALOG}-text"},
    )
