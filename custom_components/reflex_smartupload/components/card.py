"""How one file on its way looks, in every state; each of its pieces can be replaced or left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from ..actions import cancel, copy_link, dismiss, pause, resume, retry, send_now, show_again, sign_in, undo
from ..live import Card
from ..picker import choose_file
from ..tell import tell_button
from ..words import say
from .file_icon import kind_icon
from .look import DEFAULT, Look

Slot = Callable[[ObjectVar[Card]], rx.Component] | None
"""What draws one piece of a card; None leaves it out."""

#: state -> word and tone of the chip; a state that the bar and the buttons tell has none
_CHIPS = {
    "waiting": (say("card-waiting"), "warn"),
    "verifying": (say("card-being-checked"), "busy"),
    "scanning": (say("card-being-checked"), "busy"),
    "blocked": (say("card-blocked"), "bad"),
    "failed": (say("card-failed"), "bad"),
    "expired": (say("card-expired"), "bad"),
    "cancelled": (say("card-cancelled"), "calm"),
}


def card(card: ObjectVar[Card], *children: Any, look: Look = DEFAULT, **slots: Slot) -> rx.Component:
    """One card, with everything that the DOM contract promises (docs/qa.md).

    Args:
        card: from `cards`.
        children: what comes first inside of it.
        look: names and rules; see `Look`.
        slots: for each piece a function of the card that draws another one, or None to leave it out: `icon`, `name`,
            `meta` (figures), `chip`, `actions`, `bar`, `leave`, `problem`, `free` (nobody needs to wait).

    Raises:
        TypeError: for a piece that it does not have.
    """
    pieces = drawn("a card", card, slots, {name: partial(piece, card, look) for name, piece in _PIECES.items()})
    return rx.el.article(
        *children,
        pieces["icon"],
        rx.el.div(pieces["name"], pieces["meta"], class_name=look.names("what")),
        pieces["chip"],
        pieces["actions"],
        pieces["bar"],
        hero(card.leave, pieces["leave"], pieces["free"], look),
        pieces["problem"],
        class_name=rx.cond(card.wait, look.names("card wait"), look.names("card")),
        style=look.style("card"),
        custom_attrs={
            "data-testid": "file-card",
            "data-upload-id": card.upload_id,
            "data-state": card.state,
            "data-error": card.error_code,
            "aria-label": card.name,
        },
    )


def hero(leave: rx.Var[str], sentence: rx.Component, free: rx.Component, look: Look) -> rx.Component:
    """The one block about leaving: amber with what is needed before it is safe, green once it is; nothing while the question does not arise."""
    return rx.el.div(sentence, free, class_name=look.names("hero"), custom_attrs={"data-hero": leave})


def name_id(card: ObjectVar[Card], where: str = "card") -> str:
    """What an element with the card's name is called, so that each of its buttons says which file it is about."""
    return f"smartupload-{where}-{card.id}"


#: Attributes of what holds a name in one line: where it is too long, it is cut in the middle (``client/shell/document/names.js``).
IN_THE_MIDDLE = {"data-middle": ""}


#: Attributes of a button that undoes what was just done with its row: the focus goes there (``client/shell/document/focus.js``).
UNDOES = {"data-undo": "", "aria-keyshortcuts": "Control+Z"}


def whole(name: rx.Var[str] | str) -> rx.Component:
    """The name in such a place; the place itself has `dir="auto"`."""
    return rx.el.span(name)


def about(name: str) -> dict[str, Any]:
    """Attributes of a button that is about the file with this name."""
    return {"aria-describedby": name}


def drawn(
    what: str,
    item: Any,
    slots: Mapping[str, Callable[[Any], rx.Component] | None],
    own: Mapping[str, Callable[[], Any]],
) -> dict[str, rx.Component]:
    """The pieces of a card, its own or those that stand in their place. `what` it is called where it does not have one: TypeError."""
    if wrong := sorted(set(slots) - set(own)):
        raise TypeError(f"{what} has no {', '.join(wrong)}; it has {', '.join(own)}")

    def piece(name: str) -> rx.Component:
        if name not in slots:
            return own[name]()
        slot = slots[name]
        return rx.fragment() if slot is None else slot(item)

    return {name: piece(name) for name in own}


def button(*children: Any, **props: Any) -> rx.Component:
    """A button that never submits a form by accident."""
    props.setdefault("type", "button")
    return rx.el.button(*children, **props)


def stroke(path: str, look: Look, size: int = 18, class_name: str = "") -> rx.Component:
    """A small drawing in the colour of the text."""
    return rx.el.svg(
        rx.el.path(d=path),
        view_box="0 0 24 24",
        width=str(size),
        height=str(size),
        class_name=look.names(f"stroke {class_name}".strip()),
        custom_attrs={"aria-hidden": "true"},
    )


def bar_fill(class_name: str, percent: rx.Var[int] | int) -> rx.Component:
    """The filled part of a bar.

    A style of the element itself: Reflex's `style` makes a new rule of the style sheet for every percent.
    """
    moved = rx.Var.create({"transform": f"translateX({rx.Var.create(percent).to(int) - 100}%)"})
    return rx.el.div(class_name=class_name, custom_attrs={"style": moved})


def progress(card: ObjectVar[Any], look: Look = DEFAULT) -> rx.Component:
    """Two figures in one bar: pale is safe in this browser, full is in the store."""
    return rx.el.div(
        bar_fill(look.names("safe"), card.percent_safe),
        bar_fill(look.names("sent"), card.percent),
        class_name=look.names("bar"),
        role="progressbar",
        custom_attrs={
            "aria-label": say("card-upload-of", name=card.name),
            "aria-valuemin": "0",
            "aria-valuemax": "100",
            "aria-valuenow": card.percent,
            "aria-valuetext": say("card-progress", percent=card.percent, safe=card.percent_safe),
        },
    )


def _icon(card: ObjectVar[Card], look: Look) -> rx.Component:
    return kind_icon(card.kind, look, name=card.name, card_id=card.id)


def _name(card: ObjectVar[Card], look: Look) -> rx.Component:
    return rx.el.div(
        whole(card.name),
        id=name_id(card),
        dir="auto",
        class_name=look.names("name"),
        title=rx.cond(card.path != "", card.path, card.name),
        custom_attrs=dict(IN_THE_MIDDLE),
    )


def figures(card: ObjectVar[Any], look: Look, *first: rx.Component) -> rx.Component:
    """What is known of it in figures, and its state in words where no chip says the same."""
    said = rx.Var.create([text.to(str).lower() for text, _ in _CHIPS.values()])
    return rx.el.div(
        *first,
        rx.el.span(card.amount),
        rx.el.span(card.speed, class_name=look.names("speed")),
        rx.el.span(card.eta, custom_attrs={"data-testid": "eta"}),
        rx.el.span(
            rx.cond(said.contains(card.detail), "", card.detail), class_name=look.names("quiet"), title=card.detail
        ),
        rx.el.span(card.finished_at, class_name=look.names("quiet")),
        class_name=look.names("meta"),
    )


def chip(card: ObjectVar[Card], look: Look) -> rx.Component:
    """The state in a word, where the bar and the buttons do not tell it."""
    return rx.cond(
        card.needs_file,
        rx.el.span(say("card-file-needed"), class_name=look.names("chip warn")),
        state_chip(card.state, look),
    )


def state_chip(state: rx.Var[str], look: Look) -> Any:
    """The same of a state alone."""
    chips = [(name, rx.el.span(text, class_name=look.names(f"chip {tone}"))) for name, (text, tone) in _CHIPS.items()]
    return rx.match(state, *chips, rx.el.span(class_name=look.names("chip none")))


def _actions(card: ObjectVar[Card], look: Look) -> rx.Component:
    return actions(card, look)


def actions(
    card: ObjectVar[Card], look: Look, *, where: str = "card", tab_index: rx.Var[int] | None = None
) -> rx.Component:
    """Its buttons. In the row of a group it cannot be taken off the list alone, and the Tab key comes to it as `tab_index` says."""
    plain, strong = look.names("action"), look.names("action strong")
    its = about(name_id(card, where)) | ({} if tab_index is None else {"tabIndex": tab_index})

    def act(text: rx.Var[str], does: Any, class_name: str = plain, **more: str) -> rx.Component:
        return button(text, on_click=does, class_name=class_name, custom_attrs=its | more)

    download = rx.el.a(say("card-download"), href=card.download_url, class_name=plain, custom_attrs=its)
    return rx.el.div(
        rx.cond(card.sign_in_url != "", act(say("card-sign-in"), sign_in(card.sign_in_url), strong)),
        rx.cond(
            card.can_show,
            act(
                say("card-show-again") if tab_index is not None else say("card-show-name-again", name=card.name),
                show_again(card.id),
                strong,
            ),
        ),
        rx.cond(
            card.needs_file,
            rx.el.label(
                say("card-choose-file"),
                choose_file(card.id, class_name=look.names("sr-only"), custom_attrs=dict(its)),
                class_name=look.names("btn quiet"),
            ),
        ),
        rx.cond(card.can_resume, act(say("card-resume"), resume(card.id), strong)),
        rx.cond(card.can_retry, act(say("card-retry"), retry(card.id), strong)),
        rx.cond(card.can_try_again, act(say("card-try-again"), retry(card.id), strong)),
        rx.cond(card.can_send_now, act(say("card-send-now"), send_now(card.id), strong)),
        rx.cond(card.can_pause, act(say("card-pause"), pause(card.id))),
        rx.cond(card.download_url != "", download),
        rx.cond(card.share_url != "", act(say("card-copy-link"), copy_link(card.share_url))),
        rx.cond(card.can_cancel, act(say("card-cancel"), cancel(card.id))),
        rx.cond(card.can_undo, act(say("card-undo"), undo(card.id), strong, **UNDOES)),
        *([] if tab_index is not None else [rx.cond(card.can_dismiss, removing(dismiss(card.id), its, look))]),
        class_name=look.names("acts"),
    )


def removing(does: Any, its: dict[str, Any], look: Look) -> rx.Component:
    """The button that takes a card off the list."""
    return button(
        stroke("m7 7 10 10M17 7 7 17", look, size=16),
        on_click=does,
        class_name=look.names("icon-button"),
        custom_attrs={"aria-label": say("card-remove"), **its},
    )


def _leave(card: ObjectVar[Card], look: Look) -> rx.Component:
    return rx.el.div(
        card.leave_text, class_name=look.names("leave"), custom_attrs={"data-testid": "leave", "data-leave": card.leave}
    )


def _problem(card: ObjectVar[Card], look: Look) -> rx.Component:
    return rx.cond(card.error != "", rx.el.p(card.error, class_name=look.names("problem")))


def _free(card: ObjectVar[Card], look: Look) -> rx.Component:
    return rx.cond(
        card.wait,
        rx.el.div(
            rx.el.p(card.wait_text),
            tell_button(class_name=look.names("btn quiet")),
            class_name=look.names("free"),
            custom_attrs={"data-testid": "no-need-to-wait"},
        ),
    )


_PIECES: dict[str, Callable[[ObjectVar[Card], Look], rx.Component]] = {
    "icon": _icon, "name": _name, "meta": figures, "chip": chip, "actions": _actions, "bar": progress, "leave": _leave,
    "problem": _problem, "free": _free,
}  # fmt: skip
