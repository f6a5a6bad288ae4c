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
    return _button(su.say("account-sign-in"), on_click=su.sign_in("/login"), class_name="btn")


def _signed_in() -> rx.Component:
    def out(does: FunctionVar) -> rx.Component:
        return _button(
            su.say("account-sign-out"), on_click=does, class_name="action", custom_attrs={"data-testid": "sign-out"}
        )

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
            rx.el.p(su.say("account-take-over", files=AccountState.left)),
            rx.el.div(
                _answer(su.say("account-take-along"), True, "btn"),
                _answer(su.say("account-leave"), False, "btn quiet"),
                class_name="dialog-acts",
            ),
            class_name="away",
            role="status",
            custom_attrs={"data-testid": "take-over"},
        ),
    )


def _answer(text: rx.Var[str], take: bool, class_name: str) -> rx.Component:
    return _button(text, on_click=[su.take_over(take), AccountState.forget_left], class_name=class_name)


def _confirm() -> rx.Component:
    return rx.el.dialog(
        rx.el.h2(su.say("account-sign-out-question"), id=f"{_ID}-title"),
        rx.el.div(
            rx.el.p(su.say("account-sign-out-means")),
            id=f"{_ID}-text",
        ),
        rx.el.div(
            _button(su.say("account-stay"), on_click=_dialog("close"), class_name="btn quiet", auto_focus=True),
            _button(
                su.say("account-sign-out"),
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


def _button(text: rx.Var[str], **props: Any) -> rx.Component:
    return rx.el.button(text, type="button", **props)
