"""Signing in and out: the control in the header, the question before a sign-out, and the one about what was begun before a sign-in."""

from typing import Any

import reflex as rx
import reflex_smartupload as su
from reflex.vars import FunctionStringVar, FunctionVar

from smartupload.state import AccountState

_ID = "sign-out-dialog"


def account_control() -> rx.Component:
    """In the header; nothing where nobody signs in with the site itself."""
    return rx.el.div(
        rx.cond(AccountState.signs_in, rx.cond(AccountState.signed_in, _signed_in(), _nobody())),
        on_mount=AccountState.ask,
        class_name="account",
        custom_attrs={"data-testid": "account"},
    )


def _nobody() -> rx.Component:
    return _button("Sign in", on_click=su.sign_in("/login"), class_name="btn")


def _signed_in() -> rx.Component:
    def out(does: FunctionVar) -> rx.Component:
        return _button("Sign out", on_click=does, class_name="action", custom_attrs={"data-testid": "sign-out"})

    return rx.fragment(
        rx.el.span(AccountState.name, class_name="quiet", custom_attrs={"data-testid": "account-name"}),
        # Without anything on its way there is nothing to ask.
        rx.cond(su.totals().active == 0, out(su.sign_out()), out(_dialog("showModal"))),
        _confirm(),
    )


def take_over_question() -> rx.Component:
    """Above a page: whether to take along what was begun in this browser before its person signed in."""
    return rx.cond(
        AccountState.left > 0,
        rx.el.section(
            rx.el.p(
                "Before you signed in, ",
                rx.cond(AccountState.left == 1, "one file was", rx.el.span(AccountState.left, " files were")),
                " uploaded in this browser, or begun. Were you the one who did that?",
            ),
            rx.el.div(
                _answer("Take them along", True, "btn"),
                _answer("Leave them", False, "btn quiet"),
                class_name="dialog-acts",
            ),
            class_name="away",
            role="status",
            custom_attrs={"data-testid": "take-over"},
        ),
    )


def _answer(text: str, take: bool, class_name: str) -> rx.Component:
    return _button(text, on_click=[su.take_over(take), AccountState.forget_left], class_name=class_name)


def _confirm() -> rx.Component:
    return rx.el.dialog(
        rx.el.h2("Sign out while files are on their way?", id=f"{_ID}-title"),
        rx.el.div(
            rx.el.p(
                "What this browser keeps of your files is wiped, so that nobody else finds it here. Files that are not all "
                "there yet stop: once you have signed in again they go on when you choose them once more. What has arrived "
                "is not sent again."
            ),
            id=f"{_ID}-text",
        ),
        rx.el.div(
            _button("Stay", on_click=_dialog("close"), class_name="btn quiet", auto_focus=True),
            _button(
                "Sign out",
                on_click=[_dialog("close"), su.sign_out()],
                class_name="btn danger",
                custom_attrs={"data-testid": "sign-out-confirm"},
            ),
            class_name="dialog-acts",
        ),
        id=_ID,
        role="alertdialog",
        class_name="dialog",
        custom_attrs={"aria-labelledby": f"{_ID}-title", "aria-describedby": f"{_ID}-text"},
    )


def _dialog(does: str) -> FunctionVar:
    return FunctionStringVar.create(f'(() => document.getElementById("{_ID}")?.{does}())')


def _button(text: str, **props: Any) -> rx.Component:
    return rx.el.button(text, type="button", **props)
