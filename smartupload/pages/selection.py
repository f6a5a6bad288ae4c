"""The line above the list of files: what there is, or what is selected and what can be done with it."""

import reflex as rx
import reflex_smartupload as su
from reflex.vars import ObjectVar
from reflex_smartupload.selection import (
    Chosen,
    chosen,
    clear_selection,
    copy_links,
    delete_files,
    download_files,
    select_all,
)

from smartupload.state import FilesState

from .layout import button
from .tags import tag_form

#: Where an id of a file could stand: the tags of all that are selected are being changed.
SELECTED = "selected"


def selection_line(otherwise: rx.Component) -> rx.Component:
    """As high with something selected as without, so that no row moves below a second click."""
    of = chosen(FilesState.rows)
    return rx.el.div(
        rx.el.label(
            select_all(of.count, rx.Var.create(FilesState.rows).to(list).length(), su.say("files-select-all")),
            class_name="box",
        ),
        rx.cond(of.count.to(int) > 0, _chosen(of), otherwise),
        class_name="selection",
        # As a row is: where the focus stays when what has it is taken away.
        custom_attrs={"data-testid": "selection", "data-row": ""},
    )


def _chosen(of: ObjectVar[Chosen]) -> rx.Component:
    return rx.fragment(
        rx.el.span(su.say("files-selected", count=of.count, size=of.size), class_name="sum", role="status"),
        rx.cond(
            FilesState.tagging == SELECTED,
            tag_form(of.ids, of.tags, su.say("files-tags-of-selected"), "wrong-tag"),
            _actions(of),
        ),
    )


def _actions(of: ObjectVar[Chosen]) -> rx.Component:
    return rx.el.div(
        rx.cond(of.downloads.to(int) > 0, button(su.say("files-download"), on_click=download_files(of))),
        rx.cond(of.links.to(int) > 0, button(su.say("files-copy-links"), on_click=copy_links(of))),
        button(su.say("files-tags"), on_click=FilesState.ask_tags(SELECTED)),
        button(su.say("files-delete"), on_click=delete_files(of)),
        button(su.say("files-select-none"), on_click=clear_selection()),
        class_name="acts",
        role="group",
        custom_attrs={"aria-label": su.say("files-with-selected")},
    )
