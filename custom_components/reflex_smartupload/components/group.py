"""How files look that were given together: one card for all of them, and a list of which only the rows that can be seen are in the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import reflex as rx
from reflex.vars import ObjectVar

from ..actions import (
    cancel_group,
    copy_group_link,
    dismiss_group,
    fold_group,
    pause_group,
    resume_group,
    retry_group,
    send_group_now,
    show_only,
    sign_in,
    undo_group,
)
from ..live import Group, GroupView, group_rows, group_view
from ..tell import tell_button
from ..words import say
from .card import UNDOES, about, button, drawn, figures, hero, progress, removing, state_chip, stroke
from .group_list import group_files, smartupload_group_row
from .look import DEFAULT, Look

GroupSlot = Callable[[ObjectVar[Group]], rx.Component] | None
"""What draws one piece of a group's card; None leaves it out."""

_FOLDER = "M3.5 7a2 2 0 0 1 2-2h4l2 2.4h7a2 2 0 0 1 2 2V17a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2z"
_STACK = "M8 4.5h8a2 2 0 0 1 2 2V14M5.5 8.5h8a2 2 0 0 1 2 2V18a2 2 0 0 1-2 2h-8a2 2 0 0 1-2-2v-7.5a2 2 0 0 1 2-2z"


def group_card(
    group: ObjectVar[Group],
    *children: Any,
    row: Callable[..., rx.Component] = smartupload_group_row,
    look: Look = DEFAULT,
    **slots: GroupSlot,
) -> rx.Component:
    """The card of all files that were given together.

    Args:
        group: from `groups`.
        children: what comes first inside of it.
        row: what draws one file, called with `card`, `at`, `of`, `top`, `current` and `key`: an `rx.memo` of your own around `group_row`.
        look: names and rules; see `Look`.
        slots: for each piece a function of the group that draws another one, or None to leave it out: `icon`, `name`, `meta` (figures), `chip`,
            `actions`, `bar`, `leave`, `problem` (how many need the person), `free` (nobody needs to wait), `fold` (shows the list), `files` (the list).

    Raises:
        TypeError: for a piece that it does not have.
    """
    view = group_view(group)
    own = {name: partial(piece, group, view, row, look) for name, piece in _PIECES.items()}
    pieces = drawn("the card of a group", group, slots, own)
    return rx.el.article(
        *children,
        pieces["icon"],
        rx.el.div(pieces["name"], pieces["meta"], class_name=look.names("what")),
        *(pieces[name] for name in ("chip", "actions", "bar")),
        hero(group.leave, pieces["leave"], pieces["free"], look),
        *(pieces[name] for name in ("problem", "fold", "files")),
        class_name=rx.cond(group.wait, look.names("card group wait"), look.names("card group")),
        style=look.style("group"),
        custom_attrs={
            "data-testid": "group-card",
            "data-state": group.state,
            "data-problems": group.problems,
            "aria-label": group.name,
        },
    )


@rx.memo
def smartupload_group(group: ObjectVar[Group], rest: rx.RestProp) -> rx.Component:
    """The whole group is one prop, so it renders again only when it changed."""
    return group_card(group, rest)


_Row = Callable[..., rx.Component]
_Piece = Callable[[ObjectVar[Group], ObjectVar[GroupView], _Row, Look], rx.Component]


def _name_id(group: ObjectVar[Group]) -> str:
    return f"smartupload-group-{group.id}"


def _icon(group: ObjectVar[Group], _: ObjectVar[GroupView], __: _Row, look: Look) -> rx.Component:
    drawing = rx.cond(group.is_folder, stroke(_FOLDER, look, size=20), stroke(_STACK, look, size=20))
    return rx.el.div(drawing, class_name=look.names("icon"), custom_attrs={"aria-hidden": "true"})


def _name(group: ObjectVar[Group], _: ObjectVar[GroupView], __: _Row, look: Look) -> rx.Component:
    return rx.el.div(group.name, id=_name_id(group), dir="auto", class_name=look.names("name"), title=group.name)


def _meta(group: ObjectVar[Group], _: ObjectVar[GroupView], __: _Row, look: Look) -> rx.Component:
    # Once all are there, their number is the name already, unless they have that of a folder.
    count = rx.cond(group.count == group.name, "", group.count)
    return figures(group, look, rx.el.span(count, custom_attrs={"data-testid": "group-count"}))


def _chip(group: ObjectVar[Group], _: ObjectVar[GroupView], __: _Row, look: Look) -> rx.Component:
    # That not all went well is said beside how many did not.
    return rx.cond(
        group.state == "failed", rx.el.span(class_name=look.names("chip none")), state_chip(group.state, look)
    )


def _actions(group: ObjectVar[Group], _: ObjectVar[GroupView], __: _Row, look: Look) -> rx.Component:
    plain, strong = look.names("action"), look.names("action strong")
    its = about(_name_id(group))

    def act(text: rx.Var[str], does: Any, class_name: str = plain, **more: Any) -> rx.Component:
        return button(text, on_click=does, class_name=class_name, custom_attrs=its | more)

    return rx.el.div(
        rx.cond(group.sign_in_url != "", act(say("group-sign-in"), sign_in(group.sign_in_url), strong)),
        rx.cond(group.can_resume, act(say("group-resume"), resume_group(group.id), strong)),
        rx.cond(group.can_retry, act(say("group-retry"), retry_group(group.id), strong)),
        rx.cond(group.can_send_now, act(say("group-send-now"), send_group_now(group.id), strong)),
        rx.cond(group.can_pause, act(say("group-pause"), pause_group(group.id))),
        rx.cond(group.can_undo, act(say("group-undo"), undo_group(group.id), strong, **UNDOES)),
        rx.cond(group.can_share, act(say("group-copy-link"), copy_group_link(group.id))),
        rx.cond(group.can_cancel, act(say("group-cancel"), cancel_group(group.id))),
        rx.cond(group.can_dismiss, removing(dismiss_group(group.id), its, look)),
        class_name=look.names("acts"),
    )


def _bar(group: ObjectVar[Group], _: ObjectVar[GroupView], __: _Row, look: Look) -> rx.Component:
    return progress(group, look)


def _leave(group: ObjectVar[Group], _: ObjectVar[GroupView], __: _Row, look: Look) -> rx.Component:
    return rx.el.div(
        group.leave_text,
        class_name=look.names("leave"),
        custom_attrs={"data-testid": "leave", "data-leave": group.leave},
    )


def _problem(group: ObjectVar[Group], view: ObjectVar[GroupView], __: _Row, look: Look) -> rx.Component:
    return rx.cond(
        group.problems.to(int) > 0,
        rx.el.p(
            rx.el.span(group.problem_text, id=f"{_name_id(group)}-problems"),
            button(
                rx.cond(view.only, say("group-show-all"), say("group-show-problems")),
                on_click=show_only(group.id, ~view.only),
                class_name=look.names("action strong"),
                custom_attrs={"data-testid": "group-problems", **about(f"{_name_id(group)}-problems")},
            ),
            class_name=look.names("problem"),
        ),
    )


def _free(group: ObjectVar[Group], _: ObjectVar[GroupView], __: _Row, look: Look) -> rx.Component:
    return rx.cond(
        group.wait,
        rx.el.div(
            rx.el.p(group.wait_text),
            tell_button(class_name=look.names("btn quiet")),
            class_name=look.names("free"),
            custom_attrs={"data-testid": "no-need-to-wait"},
        ),
    )


def _lists(group: ObjectVar[Group]) -> rx.Var[bool]:
    """Whether there is anything in its list: what was cancelled is, for as long as that can be undone."""
    return (group.files.to(int) > 0) | group.can_undo


def _fold(group: ObjectVar[Group], view: ObjectVar[GroupView], __: _Row, look: Look) -> rx.Component:
    fold = button(
        stroke("m9 6 6 6-6 6", look, size=16, class_name="chevron"),
        rx.cond(view.open, say("group-hide-files"), say("group-show-files")),
        on_click=fold_group(group.id, ~view.open),
        class_name=look.names("action fold"),
        custom_attrs={
            "data-testid": "group-unfold",
            "aria-expanded": view.open,
            "aria-controls": f"{_name_id(group)}-files",
            **about(_name_id(group)),
        },
    )
    return rx.cond(_lists(group), fold)


def _files(group: ObjectVar[Group], view: ObjectVar[GroupView], row: _Row, look: Look) -> rx.Component:
    rows = rx.foreach(
        group_rows(group),
        lambda one: row(card=one.card, at=one.at, of=one.of, top=one.top, current=one.is_current, key=one.card.id),
    )
    return rx.cond(
        _lists(group) & view.open,
        group_files(
            rows,
            group=group,
            id=f"{_name_id(group)}-files",
            class_name=rx.cond(view.only, look.names("group-files only"), look.names("group-files")),
        ),
    )


_PIECES: dict[str, _Piece] = {
    "icon": _icon, "name": _name, "meta": _meta, "chip": _chip, "actions": _actions, "bar": _bar, "leave": _leave,
    "problem": _problem, "free": _free, "fold": _fold, "files": _files,
}  # fmt: skip
