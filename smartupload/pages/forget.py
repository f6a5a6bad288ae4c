"""Forget on this device: the quiet control at the end of a page, and what it says before it does so."""

import reflex as rx
import reflex_smartupload as su
from reflex.vars import FunctionStringVar, FunctionVar

from .layout import button

_ID = "forget-dialog"


def forget_control() -> rx.Component:
    """The control with its dialog. Both work while the server's websocket is away."""
    return rx.el.footer(
        button(
            "Forget on this device",
            on_click=_dialog("showModal"),
            class_name="action",
            custom_attrs={"data-testid": "forget-device", "aria-haspopup": "dialog"},
        ),
        _confirm(),
        class_name="foot",
    )


def _dialog(does: str) -> FunctionVar:
    return FunctionStringVar.create(f'(() => document.getElementById("{_ID}")?.{does}())')


def _confirm() -> rx.Component:
    # The browser's own modal dialog: it keeps the focus inside and closes on Escape without a line of script.
    return rx.el.dialog(
        rx.el.h2("Forget on this device?", id=f"{_ID}-title"),
        rx.el.div(
            rx.el.p(
                "On a computer that others use, do this before you leave. What this browser keeps is wiped: "
                "the copies of unfinished uploads, and the list of your files."
            ),
            rx.el.p(
                "Unfinished uploads stop for good: without this browser nobody can go on with them. Files that are ready "
                "stay, but only their links lead to them. ",
                rx.el.strong("Copy the links you need first."),
            ),
            id=f"{_ID}-text",
        ),
        rx.el.div(
            button("Keep", on_click=_dialog("close"), class_name="btn quiet", auto_focus=True),
            button(
                "Forget everything here",
                on_click=[_dialog("close"), su.forget_device()],
                class_name="btn danger",
                custom_attrs={"data-testid": "forget-confirm"},
            ),
            class_name="dialog-acts",
        ),
        id=_ID,
        role="alertdialog",
        class_name="dialog",
        custom_attrs={"aria-labelledby": f"{_ID}-title", "aria-describedby": f"{_ID}-text"},
    )
