"""The drop links of whoever is here: with which others send them files, without an account."""

from typing import Any

import reflex as rx
import reflex_smartupload as su
from reflex.vars import ObjectVar

from smartupload.state.drops import DropRow
from smartupload.state.drops import DropsState as State

from .layout import button, moment
from .question import question

_DAYS = {"1": "a day", "7": "a week", "14": "two weeks", "30": "30 days", "90": "90 days"}


def drops_panel() -> rx.Component:
    """Nothing where the site has no such links."""
    return rx.cond(
        State.exist,
        rx.el.section(
            rx.el.h2("Drop links"),
            rx.el.div(
                rx.el.p(
                    "Whoever has such a link sends you files without an account. They see nothing of yours.",
                    class_name="sub",
                ),
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
            rx.cond(row.is_open, rx.el.span("Open", class_name="chip good"), rx.el.span("Closed", class_name="chip")),
            class_name="token-head",
        ),
        rx.el.p(
            row.arrived,
            rx.cond(row.is_open, rx.fragment(" · until ", moment(row.ends)), ""),
            rx.cond(row.limits != "", rx.fragment(" · ", row.limits), ""),
            class_name="sub",
        ),
        rx.cond(
            State.asked == row.id,
            question("Delete the link? What came by it stays.", "Yes, delete it", State.delete(row.id), State.keep),
            rx.el.div(
                rx.cond(row.is_open, _act("Copy link", row, on_click=su.copy_link(row.url))),
                rx.cond(row.is_open, _act("Close", row, on_click=State.close(row.id))),
                _act("Delete", row, on_click=State.ask(row.id)),
                class_name="acts",
            ),
        ),
        key=row.id,
        class_name="token",
        custom_attrs={"data-testid": "drop-link", "data-url": row.url, "data-row": row.id},
    )


def _act(words: str, row: ObjectVar[DropRow], **props: Any) -> rx.Component:
    return button(words, class_name="action", custom_attrs={"aria-label": f"{words}: {row.title}"}, **props)


def _form() -> rx.Component:
    def field(words: str, name: str, **props: Any) -> rx.Component:
        its = {
            "aria-invalid": State.wrong == name,
            "aria-describedby": rx.cond(State.wrong == name, f"drop-{name}", ""),
        }
        box = rx.el.input(name=name, class_name="field", auto_complete="off", custom_attrs=its, **props)
        wrong = rx.el.span(State.error, id=f"drop-{name}", class_name="problem", role="alert")
        return rx.el.label(rx.el.span(words), box, rx.cond(State.wrong == name, wrong))

    return rx.el.form(
        field("What you ask for", "title", required=True, max_length=100, placeholder="Your tax papers"),
        field("Who asks, if it is to be shown", "asker", max_length=100),
        rx.el.label(
            rx.el.span("Ends after"),
            rx.el.select(
                *[rx.el.option(words, value=days) for days, words in _DAYS.items()],
                name="days",
                default_value="14",
                class_name="field",
            ),
        ),
        rx.el.details(
            rx.el.summary("Limits"),
            rx.el.div(
                field("Files", "files", input_mode="numeric"),
                field("MB a file", "size", input_mode="numeric"),
                field("MB in all", "bytes", input_mode="numeric"),
                field("Kinds of files", "types", placeholder="image/*, .pdf"),
                class_name="drop-form-limits",
            ),
        ),
        button("Make a link", type="submit", class_name="btn"),
        on_submit=State.make,
        # What was typed stays until a link is made of it; then the form is a new one.
        key=f"{State.made}",
        class_name="token-form",
        custom_attrs={"aria-label": "A new drop link"},
    )
