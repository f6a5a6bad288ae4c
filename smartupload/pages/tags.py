"""The tags of files: chips at a name, the form in which they are given and taken, and the choice of the one whose files are shown."""

from typing import Any

import reflex as rx
import reflex_smartupload as su

from smartupload.state import FilesState
from smartupload.state.bounds import SEARCH

from .layout import button

#: The tags that there are, for fields that help with them.
_KNOWN = "files-tags"


def tag_chips(tags: Any) -> rx.Component:
    """The tags of a file; each shows the files that have it."""
    return rx.el.div(rx.foreach(tags, _chip), class_name="tags")


def _chip(tag: rx.Var[str]) -> rx.Component:
    return button(
        tag,
        on_click=FilesState.show_tag(tag),
        class_name="tag",
        dir="auto",
        custom_attrs={"aria-label": su.say("files-tagged", tag=tag)},
    )


def tag_form(ids: rx.Var[Any], tags: Any, name: rx.Var[str], wrong: str | rx.Var[str]) -> rx.Component:
    """Enter gives one, a chip takes one away, Escape is done. `name`: whose tags they are, `wrong`: the id of what is said of a wrong one."""
    field = rx.el.input(
        name="tag",
        # With each that was given it is a new one.
        key=rx.Var.create(FilesState.tagged).to(str),
        auto_focus=True,
        auto_complete="off",
        max_length=SEARCH,
        class_name="field",
        placeholder=su.say("files-new-tag"),
        list=_KNOWN,
        custom_attrs={
            "aria-label": su.say("files-new-tag"),
            "aria-invalid": rx.cond(FilesState.wrong_tag != "", "true", "false"),
            "aria-describedby": wrong,
            "dir": "auto",
            "enterkeyhint": "done",
        },
    )
    return rx.el.div(
        rx.el.div(rx.foreach(tags, lambda tag: _taken(ids, tag)), class_name="tags"),
        rx.el.form(
            field,
            button(su.say("files-add-tag"), type="submit", class_name="action strong"),
            button(
                su.say("files-tags-done"),
                on_click=FilesState.ask_tags(""),
                class_name="action",
                custom_attrs={"data-escape": True},
            ),
            on_submit=FilesState.give_tags(ids),
            class_name="rename",
        ),
        rx.el.div(FilesState.wrong_tag, id=wrong, class_name="problem", role="alert"),
        role="group",
        class_name="tagging",
        custom_attrs={"aria-label": name},
    )


def _taken(ids: rx.Var[Any], tag: rx.Var[str]) -> rx.Component:
    return button(
        rx.el.bdi(tag),
        rx.el.span("×", custom_attrs={"aria-hidden": "true"}),
        on_click=FilesState.take_tag(ids, tag),
        class_name="tag",
        custom_attrs={"aria-label": su.say("files-untag", tag=tag)},
    )


def tag_filter() -> rx.Component:
    """The choice of a tag, once there is one; and what fields suggest."""
    choice = rx.el.label(
        rx.el.span(su.say("files-tag"), class_name="sr-only"),
        rx.el.select(
            rx.el.option(su.say("files-all-tags"), value=""),
            rx.foreach(
                FilesState.tags,
                lambda one: rx.el.option(su.say("files-tag-count", tag=one.name, count=one.count), value=one.name),
            ),
            value=FilesState.tag,
            on_change=FilesState.show_tag,
        ),
        class_name="by-tag",
    )
    return rx.fragment(
        rx.cond(FilesState.tags, choice),
        rx.el.datalist(rx.foreach(FilesState.tags, lambda one: rx.el.option(value=one.name)), id=_KNOWN),
    )
