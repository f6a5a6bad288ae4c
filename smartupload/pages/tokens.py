"""Account: who somebody is here, and the tokens of their programs."""

import reflex as rx
import reflex_smartupload as su
from reflex.vars import FunctionStringVar, ObjectVar

from smartupload.state import AccountState
from smartupload.state import TokensState as State
from smartupload.state.tokens import TokenRow

from .drops import drops_panel
from .forget import forget_control
from .layout import button, moment
from .layout import page as layout
from .question import question

_COPY = FunctionStringVar.create("((text) => navigator.clipboard?.writeText(text))")
_DAYS = {
    "7": su.say("tokens-week"),
    "30": su.say("tokens-days-30"),
    "90": su.say("tokens-days-90"),
    "365": su.say("tokens-year"),
}


def page() -> rx.Component:
    """The page at ``/account``."""
    return layout(
        rx.cond(State.error != "", rx.el.p(State.error, class_name="banner", role="alert")),
        _panel(su.say("account-you"), rx.el.p(_who(), class_name="sub"), testid="account-you"),
        drops_panel(),
        rx.cond(
            State.loaded,
            _panel(
                su.say("tokens-heading"),
                rx.cond(State.made != "", _made()),
                rx.cond(State.rows, rx.el.div(rx.foreach(State.rows, _token), class_name="tokens")),
                _form(),
                testid="tokens",
            ),
        ),
        forget_control(),
        name="account",
        heading=su.say("account-heading"),
        sub=su.say("account-sub"),
    )


def _who() -> rx.Component:
    return rx.cond(
        AccountState.signed_in,
        su.sentence("account-signed-in-as", name=rx.el.strong(AccountState.name)),
        su.say("account-nobody"),
    )


def _made() -> rx.Component:
    return rx.el.div(
        rx.el.p(su.say("tokens-copy-now"), class_name="banner good", role="status"),
        rx.el.div(
            rx.el.input(
                value=State.made,
                read_only=True,
                dir="ltr",
                class_name="field",
                custom_attrs={"aria-label": su.say("tokens-new"), "data-testid": "token-made"},
            ),
            button(su.say("tokens-copy"), on_click=_COPY.partial(State.made), class_name="btn"),
            button(su.say("tokens-done"), on_click=State.put_away, class_name="btn quiet"),
            class_name="panel-row",
        ),
        class_name="token-made",
    )


def _token(row: ObjectVar[TokenRow]) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.strong(row.name, class_name="name"),
            rx.cond(
                row.is_over,
                rx.el.span(su.say("tokens-expired"), class_name="chip bad"),
                rx.el.span(row.scopes, class_name="chip"),
            ),
            class_name="token-head",
        ),
        rx.el.p(
            rx.cond(
                row.used != "",
                rx.cond(
                    row.is_over,
                    su.sentence("tokens-used-ended", used=moment(row.used), ends=moment(row.ends)),
                    su.sentence("tokens-used-ends", used=moment(row.used), ends=moment(row.ends)),
                ),
                rx.cond(
                    row.is_over,
                    su.sentence("tokens-never-used-ended", ends=moment(row.ends)),
                    su.sentence("tokens-never-used-ends", ends=moment(row.ends)),
                ),
            ),
            class_name="sub",
        ),
        rx.cond(
            State.asked == row.id,
            question(su.say("tokens-revoke-question"), su.say("tokens-revoke-yes"), State.revoke(row.id), State.keep),
            rx.el.div(
                button(
                    su.say("tokens-revoke"),
                    on_click=State.ask(row.id),
                    class_name="action",
                    custom_attrs={"aria-label": su.say("tokens-revoke-name", name=row.name)},
                ),
                class_name="acts",
            ),
        ),
        key=row.id,
        class_name="token",
        custom_attrs={"data-testid": "token", "data-row": row.id},
    )


def _form() -> rx.Component:
    def scope(name: str, words: rx.Var[str], *, is_on: bool) -> rx.Component:
        box = rx.el.input(type="checkbox", name=name, default_checked=is_on)
        return rx.el.label(box, rx.el.span(words), class_name="check")

    return rx.el.form(
        rx.el.label(
            rx.el.span(su.say("tokens-name")),
            rx.el.input(
                name="name",
                required=True,
                max_length=100,
                placeholder=su.say("tokens-name-example"),
                class_name="field",
                auto_complete="off",
            ),
        ),
        rx.el.fieldset(
            rx.el.legend(su.say("tokens-good-for")),
            scope("upload", su.say("tokens-upload"), is_on=True),
            scope("read", su.say("tokens-read"), is_on=False),
        ),
        rx.el.label(
            rx.el.span(su.say("tokens-ends-after")),
            rx.el.select(
                *[rx.el.option(words, value=days) for days, words in _DAYS.items()],
                name="days",
                default_value="90",
                class_name="field",
            ),
        ),
        button(su.say("tokens-make"), type="submit", class_name="btn"),
        on_submit=State.make,
        reset_on_submit=True,
        class_name="token-form",
        custom_attrs={"aria-label": su.say("tokens-form")},
    )


def _panel(heading: rx.Var[str], *children: rx.Component, testid: str) -> rx.Component:
    return rx.el.section(
        rx.el.h2(heading),
        rx.el.div(*children, class_name="panel"),
        class_name="notice",
        custom_attrs={"data-testid": testid},
    )
