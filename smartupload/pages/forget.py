"""What is kept of a person, here and at the server: the quiet controls at the end of a page, and what they say before they do anything."""

import reflex as rx
import reflex_smartupload as su
from reflex.vars import FunctionStringVar, FunctionVar

from smartupload.state import PersonalState

from .card import LOOK
from .layout import button, link, plain_link

_YOURS = "yours-dialog"


def forget_control() -> rx.Component:
    """The controls with their dialogs. But for deleting, they work while the server's websocket is away."""
    return rx.el.footer(
        link(su.say("yours-account"), to="/account", class_name="action"),
        su.forget_button(look=LOOK),
        _opens(su.say("yours-data"), _YOURS, {"data-testid": "your-data"}),
        _yours(),
        rx.el.p(PersonalState.error, role="alert", hidden=PersonalState.error == ""),
        class_name="foot",
    )


def _opens(words: rx.Var[str], dialog: str, attributes: dict[str, str]) -> rx.Component:
    return button(
        words,
        on_click=_dialog(dialog, "showModal"),
        class_name="action",
        custom_attrs=attributes | {"aria-haspopup": "dialog"},
    )


def _dialog(name: str, does: str) -> FunctionVar:
    return FunctionStringVar.create(f'(() => document.getElementById("{name}")?.{does}())')


def _asks(name: str, heading: rx.Var[str], text: list[rx.Component], *acts: rx.Component) -> rx.Component:
    # The browser's own modal dialog: it keeps the focus inside and closes on Escape without a line of script.
    return rx.el.dialog(
        rx.el.h2(heading, id=f"{name}-title"),
        rx.el.div(*text, id=f"{name}-text"),
        rx.el.div(
            button(su.say("layout-keep"), on_click=_dialog(name, "close"), class_name="btn quiet", auto_focus=True),
            *acts,
            class_name="dialog-acts",
        ),
        id=name,
        role="alertdialog",
        class_name="dialog",
        custom_attrs={"aria-labelledby": f"{name}-title", "aria-describedby": f"{name}-text"},
    )


def _yours() -> rx.Component:
    return _asks(
        _YOURS,
        su.say("yours-data"),
        [
            rx.el.p(
                su.sentence(
                    "yours-along",
                    link=plain_link(
                        su.say("yours-along-link"), "/api/me/export", custom_attrs={"data-testid": "export-all"}
                    ),
                )
            ),
            rx.el.p(su.sentence("yours-delete", warning=rx.el.strong(su.say("yours-warning")))),
        ],
        button(
            su.say("yours-delete-yes"),
            on_click=[_dialog(_YOURS, "close"), PersonalState.erase],
            class_name="btn danger",
            custom_attrs={"data-testid": "erase-confirm"},
        ),
    )
