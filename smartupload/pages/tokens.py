"""Account: who somebody is here, and the tokens of their programs."""

import reflex as rx
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
_DAYS = {"7": "a week", "30": "30 days", "90": "90 days", "365": "a year"}


def page() -> rx.Component:
    """The page at ``/account``."""
    return layout(
        rx.cond(State.error != "", rx.el.p(State.error, class_name="banner", role="alert")),
        _panel("You", rx.el.p(_who(), class_name="sub"), testid="account-you"),
        drops_panel(),
        rx.cond(
            State.loaded,
            _panel(
                "Tokens for programs",
                rx.cond(State.made != "", _made()),
                rx.cond(State.rows, rx.el.div(rx.foreach(State.rows, _token), class_name="tokens")),
                _form(),
                testid="tokens",
            ),
        ),
        forget_control(),
        name="account",
        heading="Account",
        sub="Who you are here, who may send you files, and which programs act for you.",
    )


def _who() -> rx.Component:
    return rx.cond(
        AccountState.signed_in,
        rx.fragment("You are signed in as ", rx.el.strong(AccountState.name), "."),
        rx.fragment(
            "Your files belong to this browser. “Forget on this device” leaves tokens as they are: revoke them before, "
            "since afterwards only their end date stops them."
        ),
    )


def _made() -> rx.Component:
    return rx.el.div(
        rx.el.p("Copy it now: it is shown this once.", class_name="banner good", role="status"),
        rx.el.div(
            rx.el.input(
                value=State.made,
                read_only=True,
                class_name="field",
                custom_attrs={"aria-label": "The new token", "data-testid": "token-made"},
            ),
            button("Copy", on_click=_COPY.partial(State.made), class_name="btn"),
            button("Done", on_click=State.put_away, class_name="btn quiet"),
            class_name="panel-row",
        ),
        class_name="token-made",
    )


def _token(row: ObjectVar[TokenRow]) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.strong(row.name, class_name="name"),
            rx.cond(
                row.is_over, rx.el.span("Expired", class_name="chip bad"), rx.el.span(row.scopes, class_name="chip")
            ),
            class_name="token-head",
        ),
        rx.el.p(
            rx.cond(row.used != "", rx.fragment("Last used ", moment(row.used)), "Never used"),
            ", ",
            rx.cond(row.is_over, "ended ", "ends "),
            moment(row.ends),
            class_name="sub",
        ),
        rx.cond(
            State.asked == row.id,
            question(
                "Revoke it? Programs that use it stop at once.", "Yes, revoke it", State.revoke(row.id), State.keep
            ),
            rx.el.div(
                button(
                    "Revoke",
                    on_click=State.ask(row.id),
                    class_name="action",
                    custom_attrs={"aria-label": f"Revoke {row.name}"},
                ),
                class_name="acts",
            ),
        ),
        key=row.id,
        class_name="token",
        custom_attrs={"data-testid": "token", "data-row": row.id},
    )


def _form() -> rx.Component:
    def scope(name: str, words: str, *, is_on: bool) -> rx.Component:
        box = rx.el.input(type="checkbox", name=name, default_checked=is_on)
        return rx.el.label(box, rx.el.span(words), class_name="check")

    return rx.el.form(
        rx.el.label(
            rx.el.span("Name of the new token"),
            rx.el.input(
                name="name",
                required=True,
                max_length=100,
                placeholder="Nightly backup",
                class_name="field",
                auto_complete="off",
            ),
        ),
        rx.el.fieldset(
            rx.el.legend("What it is good for"),
            scope("upload", "Upload files", is_on=True),
            scope("read", "See and download your files", is_on=False),
        ),
        rx.el.label(
            rx.el.span("Ends after"),
            rx.el.select(
                *[rx.el.option(words, value=days) for days, words in _DAYS.items()],
                name="days",
                default_value="90",
                class_name="field",
            ),
        ),
        button("Make a token", type="submit", class_name="btn"),
        on_submit=State.make,
        reset_on_submit=True,
        class_name="token-form",
        custom_attrs={"aria-label": "A new token"},
    )


def _panel(heading: str, *children: rx.Component, testid: str) -> rx.Component:
    return rx.el.section(
        rx.el.h2(heading),
        rx.el.div(*children, class_name="panel"),
        class_name="notice",
        custom_attrs={"data-testid": testid},
    )
