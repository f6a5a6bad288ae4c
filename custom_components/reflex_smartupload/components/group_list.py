"""How the list of files looks that were given together: a window of rows, and what each of them shows."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex.components.component import Component
from reflex.vars import ObjectVar
from reflex.vars.base import Var

from ..live import Card, Group
from ..provider import ClientComponent
from .card import actions, chip, figures, progress
from .file_icon import kind_icon
from .look import DEFAULT, Look


class GroupFiles(ClientComponent):
    """Scrolls the rows of a group, and is where the arrow keys find their way."""

    tag = "GroupFiles"

    group: rx.Var[Group]


def group_files(*rows: Any, group: ObjectVar[Group], **props: Any) -> Component:
    """The list of a group's files around those `group_rows` that can be seen. Its rows are of one height, lie at their `top` and have `aria-posinset`."""
    return GroupFiles.create(*rows, group=group, **props)


def group_row(
    card: ObjectVar[Card],
    at: Var[int],
    of: Var[int],
    top: Var[str],
    current: Var[bool],
    *children: Any,
    look: Look = DEFAULT,
) -> rx.Component:
    """One file in the list of its group, with everything that the DOM contract promises of a card (docs/qa.md). `children` come first in it."""
    tab_index = rx.cond(current, 0, -1).to(int)
    name = f"smartupload-file-{card.id}"
    return rx.el.li(
        *children,
        kind_icon(card.kind, look, name=card.name, card_id=card.id),
        rx.el.div(
            rx.el.div(
                card.name,
                id=name,
                dir="auto",
                class_name=look.names("name"),
                title=rx.cond(card.path != "", card.path, card.name),
            ),
            rx.cond(
                card.error != "",
                rx.el.p(card.error, class_name=look.names("problem"), title=card.error),
                figures(card, look),
            ),
            class_name=look.names("what"),
        ),
        chip(card, look),
        actions(card, look, where="file", tab_index=tab_index),
        progress(card, look),
        # The card of the group says it for all; what stands here is for scripts, and for whoever hears the row.
        rx.el.div(
            card.leave_text,
            class_name=look.names("sr-only"),
            custom_attrs={"data-testid": "leave", "data-leave": card.leave},
        ),
        class_name=look.names("group-row"),
        custom_attrs={
            "role": "listitem",
            "aria-posinset": at,
            "aria-setsize": of,
            "aria-label": card.name,
            "tabIndex": tab_index,
            "style": rx.Var.create({"top": top}),
            "data-testid": "file-card",
            "data-upload-id": card.upload_id,
            "data-state": card.state,
            "data-error": card.error_code,
        },
    )


@rx.memo
def smartupload_group_row(
    card: ObjectVar[Card], at: rx.Var[int], of: rx.Var[int], top: rx.Var[str], current: rx.Var[bool], rest: rx.RestProp
) -> rx.Component:
    """The whole card is one prop, so it renders again only when it changed."""
    return group_row(card, at, of, top, current, rest)
