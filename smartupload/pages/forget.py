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
        link("Account", to="/account", class_name="action"),
        su.forget_button(look=LOOK),
        _opens("Your data", _YOURS, {"data-testid": "your-data"}),
        _yours(),
        rx.el.p(PersonalState.error, role="alert", hidden=PersonalState.error == ""),
        class_name="foot",
    )


def _opens(words: str, dialog: str, attributes: dict[str, str]) -> rx.Component:
    return button(
        words,
        on_click=_dialog(dialog, "showModal"),
        class_name="action",
        custom_attrs=attributes | {"aria-haspopup": "dialog"},
    )


def _dialog(name: str, does: str) -> FunctionVar:
    return FunctionStringVar.create(f'(() => document.getElementById("{name}")?.{does}())')


def _asks(name: str, heading: str, text: list[rx.Component], *acts: rx.Component) -> rx.Component:
    # The browser's own modal dialog: it keeps the focus inside and closes on Escape without a line of script.
    return rx.el.dialog(
        rx.el.h2(heading, id=f"{name}-title"),
        rx.el.div(*text, id=f"{name}-text"),
        rx.el.div(
            button("Keep", on_click=_dialog(name, "close"), class_name="btn quiet", auto_focus=True),
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
        "Your data",
        [
            rx.el.p(
                plain_link("Take all of it along", "/api/me/export", custom_attrs={"data-testid": "export-all"}),
                ": one archive with all that this site keeps of you, and your files or, for large ones, addresses that are good "
                "for a day.",
            ),
            rx.el.p(
                "Or have all of it deleted: every file and every upload, every link that you sent, your mail address, and "
                "what this browser keeps. ",
                rx.el.strong("Nobody can bring any of it back."),
                " What was done stays on record for a while, without names.",
            ),
        ],
        button(
            "Delete everything of mine",
            on_click=[_dialog(_YOURS, "close"), PersonalState.erase],
            class_name="btn danger",
            custom_attrs={"data-testid": "erase-confirm"},
        ),
    )
