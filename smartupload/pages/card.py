"""How one file on its way looks, in every state."""

import reflex as rx
import reflex_smartupload as su
from reflex.vars import ObjectVar

from . import icons
from .layout import button, link, plain_link

#: state -> word and tone of the chip; a state that the bar and the buttons tell has none
_CHIPS = {
    "waiting": ("Waiting", "warn"),
    "verifying": ("Being checked", "busy"),
    "scanning": ("Being checked", "busy"),
    "blocked": ("Blocked", "bad"),
    "failed": ("Failed", "bad"),
    "expired": ("Expired", "bad"),
    "cancelled": ("Cancelled", "calm"),
}
_CHIP_WORDS = rx.Var.create([text.lower() for text, _ in _CHIPS.values()])


@rx.memo
def file_card(card: ObjectVar[su.Card], rest: rx.RestProp) -> rx.Component:
    """One card. The whole card is one prop, so it renders again only when it changed."""
    return rx.el.article(
        rest,
        kind_icon(card.kind),
        rx.el.div(
            rx.el.div(card.name, class_name="name", title=rx.cond(card.path != "", card.path, card.name)),
            rx.el.div(
                rx.el.span(card.amount),
                rx.el.span(card.speed),
                rx.el.span(card.eta, custom_attrs={"data-testid": "eta"}),
                rx.el.span(rx.cond(_CHIP_WORDS.contains(card.detail), "", card.detail), class_name="quiet"),
                rx.el.span(card.finished_at, class_name="quiet"),
                class_name="meta",
            ),
            class_name="what",
        ),
        _chip(card),
        rx.el.div(_actions(card), class_name="acts"),
        progress(card),
        rx.el.div(
            card.leave_text,
            class_name="leave",
            custom_attrs={"data-testid": "leave", "data-leave": card.leave},
        ),
        rx.cond(card.error != "", rx.el.p(card.error, class_name="problem")),
        rx.cond(card.wait, _free(card)),
        class_name=rx.cond(card.wait, "card wait", "card"),
        custom_attrs={
            "data-testid": "file-card",
            "data-upload-id": card.upload_id,
            "data-state": card.state,
            "data-error": card.error_code,
            "aria-label": card.name,
        },
    )


def kind_icon(kind: rx.Var[str] | str) -> rx.Component:
    """The type of a file in a few letters."""
    return rx.el.div(
        kind,
        class_name=rx.cond(rx.Var.create(kind).to(str).length() > 3, "icon long", "icon"),
        custom_attrs={"aria-hidden": "true"},
    )


def fill(class_name: str, percent: rx.Var[int] | int) -> rx.Component:
    """The filled part of a bar.

    A style of the element itself: Reflex's `style` makes a new rule of the style sheet for every percent.
    """
    moved = rx.Var.create({"transform": f"translateX({rx.Var.create(percent).to(int) - 100}%)"})
    return rx.el.div(class_name=class_name, custom_attrs={"style": moved})


def progress(card: ObjectVar[su.Card]) -> rx.Component:
    """Two figures in one bar: pale is safe in this browser, full is in the store."""
    return rx.el.div(
        fill("safe", card.percent_safe),
        fill("sent", card.percent),
        class_name="bar",
        role="progressbar",
        custom_attrs={
            "aria-label": f"Upload of {card.name}",
            "aria-valuemin": "0",
            "aria-valuemax": "100",
            "aria-valuenow": card.percent,
            "aria-valuetext": f"{card.percent} % uploaded, {card.percent_safe} % safe",
        },
    )


def _chip(card: ObjectVar[su.Card]) -> rx.Component:
    chips = [(state, rx.el.span(text, class_name=f"chip {tone}")) for state, (text, tone) in _CHIPS.items()]
    return rx.cond(
        card.needs_file,
        rx.el.span("File needed", class_name="chip warn"),
        rx.match(card.state, *chips, rx.el.span(class_name="chip none")),
    )


def _actions(card: ObjectVar[su.Card]) -> rx.Component:
    return rx.fragment(
        rx.cond(
            card.can_show,
            button(f"Show me {card.name} again", on_click=su.show_again(card.id), class_name="strong"),
        ),
        rx.cond(
            card.needs_file,
            rx.el.label("Choose file", su.choose_file(card.id, class_name="sr-only"), class_name="btn quiet"),
        ),
        rx.cond(card.can_resume, button("Resume", on_click=su.resume(card.id), class_name="strong")),
        rx.cond(card.can_retry, button("Retry", on_click=su.retry(card.id), class_name="strong")),
        rx.cond(card.can_pause, button("Pause", on_click=su.pause(card.id))),
        rx.cond(card.download_url != "", plain_link("Download", card.download_url, class_name="action")),
        rx.cond(card.share_url != "", button("Copy link", on_click=su.copy_link(card.share_url))),
        rx.cond(card.can_cancel, button("Cancel", on_click=su.cancel(card.id))),
        rx.cond(
            card.can_dismiss,
            button(
                icons.cross(),
                on_click=su.dismiss(card.id),
                class_name="icon-button",
                custom_attrs={"aria-label": "Remove from this list"},
            ),
        ),
    )


def _free(card: ObjectVar[su.Card]) -> rx.Component:
    return rx.el.div(
        rx.el.p(card.wait_text),
        link("Keep working", to="/projects", class_name="btn"),
        su.tell_button(class_name="btn quiet"),
        class_name="free",
        custom_attrs={"data-testid": "no-need-to-wait"},
    )
