"""Lists of cards: those on their way and those of today, each drawn by the same function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from ..actions import dismiss_all
from ..live import Card, cards, groups
from ..words import say
from .card import button
from .card import card as ready_card
from .group import smartupload_group
from .look import DEFAULT, Look

LONG = 60
"""With more cards than so many, in all sections together, those out of sight are not laid out and nothing moves by itself."""


@rx.memo
def smartupload_card(card: ObjectVar[Card], rest: rx.RestProp) -> rx.Component:
    """The whole card is one prop, so it renders again only when it changed."""
    return ready_card(card, rest)


def card_list(
    section: str = "",
    heading: str | rx.Var[str] = "",
    *,
    uploader: str | rx.Var[str] | None = None,
    card: Callable[..., rx.Component] = smartupload_card,
    group: Callable[..., rx.Component] = smartupload_group,
    look: Look = DEFAULT,
) -> rx.Component:
    """A list that is not there while it is empty.

    Args:
        section: ``active`` (on their way) or ``done`` (ended today; with a button that clears it); everything when empty.
        heading: above it; none when empty.
        uploader: only what this one took, by its name; see `configure`.
        card: what draws one, called with `card` and `key`: an `rx.memo` of your own, since only then a change of one renders that one alone.
        group: what draws the files that were given together, called with `group` and `key`; the same around `group_card`.
        look: names and rules; see `Look`.
    """
    found, together = cards(section, uploader=uploader, single=True), groups(section, uploader)
    is_headed = isinstance(heading, rx.Var) or heading != ""
    clear = button(say("list-clear"), on_click=dismiss_all(uploader), class_name=look.names("action"))
    beside: list[Any] = [clear] if section == "done" else [_legend(look)] if is_headed else []
    head = (
        rx.el.div(rx.el.h2(heading), *beside, class_name=look.names("section-head"))
        if is_headed
        else rx.fragment(*beside)
    )
    return rx.cond(
        (found.length() > 0) | (together.length() > 0),
        rx.el.section(
            head,
            rx.el.div(
                rx.foreach(together, lambda one: group(group=one, key=one.id)),
                rx.foreach(found, lambda one: card(card=one, key=one.id)),
                class_name=rx.cond(
                    cards(first=LONG + 1, single=True).length() > LONG, look.names("list long"), look.names("list")
                ),
            ),
            class_name=look.names(f"section section-{section or 'all'}"),
            style=look.style("list"),
            custom_attrs={"aria-label": heading if is_headed else say("list-files")},
        ),
    )


def _legend(look: Look) -> rx.Component:
    """What the two shades of the bars below mean: said once, in words."""
    return rx.el.div(
        rx.el.span(say("list-legend-sent"), class_name=look.names("legend-sent")),
        rx.el.span(say("list-legend-safe"), class_name=look.names("legend-safe")),
        class_name=look.names("legend"),
    )
