"""Files: the library of everything a person has uploaded."""

import reflex as rx
import reflex_smartupload as su
from reflex_smartupload.removal import removed

from smartupload.state import FilesState, LibraryState

from .file_row import file_row
from .forget import forget_control
from .layout import button, link, search_field
from .layout import page as layout
from .selection import selection_line


def page() -> rx.Component:
    """The page at ``/files``."""
    return layout(
        # All of it is a place for files, and none that is seen as a box.
        su.drop_zone(
            su.when_changed(LibraryState.revision, FilesState.load),
            rx.el.div(search_field(su.say("files-search"), FilesState.search), class_name="toolbar"),
            rx.cond(FilesState.error != "", rx.el.p(FilesState.error, class_name="banner", role="alert")),
            rx.cond(
                FilesState.rows,
                rx.fragment(
                    selection_line(rx.fragment()),
                    rx.el.div(_table(), class_name="list"),
                    rx.cond(
                        FilesState.more,
                        button(su.say("files-more"), on_click=FilesState.show_more, class_name="btn quiet more"),
                    ),
                ),
                rx.cond(FilesState.loaded, _empty()),
            ),
            style={"display": "contents"},
        ),
        forget_control(),
        name="files",
        heading=su.say("files-heading"),
        sub=su.say("files-sub"),
        wide=True,
    )


def _empty() -> rx.Component:
    return rx.cond(
        FilesState.query != "",
        rx.el.p(su.say("files-none-found"), class_name="empty"),
        rx.el.div(
            rx.el.strong(su.say("files-none")),
            rx.el.p(su.say("files-none-hint")),
            link(su.say("files-upload"), to="/", class_name="btn"),
            class_name="empty",
        ),
    )


def _table() -> rx.Component:
    columns = [su.say("files-name"), su.say("files-size"), su.say("files-date"), su.say("files-state")]
    return rx.el.table(
        rx.el.thead(
            rx.el.tr(
                # What selects all stands above the list, where it is on a phone, too.
                rx.el.td(class_name="cell-box"),
                *(rx.el.th(column, scope="col") for column in columns),
                rx.el.th(rx.el.span(su.say("files-actions"), class_name="sr-only"), scope="col"),
            )
        ),
        rx.el.tbody(
            rx.foreach(
                FilesState.rows, lambda row: rx.cond(removed().contains(row.id), None, file_row(row=row, key=row.id))
            )
        ),
        class_name="table files",
    )
