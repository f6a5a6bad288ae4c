"""The drop links of whoever is here: with which others send them files, without an account."""

from typing import Any

import reflex as rx
import reflex_smartupload as su
from reflex.vars import ObjectVar

from smartupload.state.drops import DropRow
from smartupload.state.drops import DropsState as State

from .layout import button, moment
from .question import question

_DAYS = {
    "1": su.say("drops-day"),
    "7": su.say("drops-week"),
    "14": su.say("drops-two-weeks"),
    "30": su.say("drops-days-30"),
    "90": su.say("drops-days-90"),
}


def drops_panel() -> rx.Component:
    """Nothing where the site has no such links."""
    return rx.cond(
        State.exist,
        rx.el.section(
            rx.el.h2(su.say("drops-heading")),
            rx.el.div(
                rx.el.p(su.say("drops-sub"), class_name="sub"),
                rx.cond(
                    (State.error != "") & (State.wrong == ""), rx.el.p(State.error, class_name="banner", role="alert")
                ),
                rx.cond(State.rows, rx.el.div(rx.foreach(State.rows, _link), class_name="tokens")),
                _form(),
                class_name="panel",
            ),
            class_name="notice",
            custom_attrs={"data-testid": "drops"},
        ),
    )


def _link(row: ObjectVar[DropRow]) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.strong(row.title, class_name="name"),
            rx.cond(
                row.is_open,
                rx.el.span(su.say("drops-open"), class_name="chip good"),
                rx.el.span(su.say("drops-closed"), class_name="chip"),
            ),
            class_name="token-head",
        ),
        rx.el.p(
            row.arrived,
            rx.cond(row.is_open, rx.fragment(" · ", su.sentence("drops-until", ends=moment(row.ends))), ""),
            rx.cond(row.limits != "", rx.fragment(" · ", row.limits), ""),
            class_name="sub",
        ),
        rx.cond(
            State.asked == row.id,
            question(su.say("drops-delete-question"), su.say("drops-delete-yes"), State.delete(row.id), State.keep),
            rx.el.div(
                rx.cond(
                    row.is_open,
                    rx.fragment(
                        _act(
                            su.say("drops-copy"),
                            su.say("drops-copy-of", title=row.title),
                            on_click=su.copy_link(row.url),
                        ),
                        _act(
                            su.say("drops-close"),
                            su.say("drops-close-of", title=row.title),
                            on_click=State.close(row.id),
                        ),
                    ),
                ),
                _act(su.say("drops-delete"), su.say("drops-delete-of", title=row.title), on_click=State.ask(row.id)),
                class_name="acts",
            ),
        ),
        key=row.id,
        class_name="token",
        custom_attrs={"data-testid": "drop-link", "data-url": row.url, "data-row": row.id},
    )


def _act(words: rx.Var[str], named: rx.Var[str], **props: Any) -> rx.Component:
    return button(words, class_name="action", custom_attrs={"aria-label": named}, **props)


def _form() -> rx.Component:
    def field(words: rx.Var[str], name: str, **props: Any) -> rx.Component:
        its = {
            "aria-invalid": State.wrong == name,
            "aria-describedby": rx.cond(State.wrong == name, f"drop-{name}", ""),
        }
        box = rx.el.input(name=name, class_name="field", auto_complete="off", custom_attrs=its, **props)
        wrong = rx.el.span(State.error, id=f"drop-{name}", class_name="problem", role="alert")
        return rx.el.label(rx.el.span(words), box, rx.cond(State.wrong == name, wrong))

    return rx.el.form(
        field(su.say("drops-title"), "title", required=True, max_length=100, placeholder=su.say("drops-title-example")),
        field(su.say("drops-asker"), "asker", max_length=100),
        rx.el.label(
            rx.el.span(su.say("drops-ends-after")),
            rx.el.select(
                *[rx.el.option(words, value=days) for days, words in _DAYS.items()],
                name="days",
                default_value="14",
                class_name="field",
            ),
        ),
        rx.el.details(
            rx.el.summary(su.say("drops-limits")),
            rx.el.div(
                field(su.say("drops-files"), "files", input_mode="numeric"),
                field(su.say("drops-size"), "size", input_mode="numeric"),
                field(su.say("drops-bytes"), "bytes", input_mode="numeric"),
                field(su.say("drops-types"), "types", placeholder=su.say("drops-types-example")),
                class_name="drop-form-limits",
            ),
        ),
        button(su.say("drops-make"), type="submit", class_name="btn"),
        on_submit=State.make,
        # What was typed stays until a link is made of it; then the form is a new one.
        key=f"{State.made}",
        class_name="token-form",
        custom_attrs={"aria-label": su.say("drops-form")},
    )
