"""Files: the library of everything a person has uploaded."""

import reflex as rx
import reflex_smartupload as su
from reflex.vars import ObjectVar
from reflex_smartupload.components.card import IN_THE_MIDDLE, whole
from reflex_smartupload.removal import delete_file, removed

from smartupload.state import FilesState, LibraryState
from smartupload.state.library import FileRow

from .card import LOOK
from .forget import forget_control
from .layout import button, link, moment, plain_link, search_field
from .layout import page as layout
from .question import question


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


@rx.memo
def file_row(row: ObjectVar[FileRow], rest: rx.RestProp) -> rx.Component:
    """One line of the library."""
    return rx.el.tr(
        rest,
        rx.el.td(
            rx.el.div(
                su.kind_icon(row.kind, LOOK),
                rx.el.div(
                    link(
                        whole(row.name),
                        to=row.share_path,
                        prefetch="intent",
                        id=_name_id(row),
                        custom_attrs={"dir": "auto", **IN_THE_MIDDLE},
                        class_name="name",
                        title=row.name,
                    ),
                    rx.cond(row.sent_by != "", rx.el.div(row.sent_by, dir="auto", class_name="sub fine")),
                    rx.cond(row.error != "", rx.el.div(row.error, class_name="problem")),
                ),
                class_name="with-icon",
            ),
            class_name="cell-main",
        ),
        rx.el.td(row.size, class_name="number"),
        rx.el.td(moment(row.date)),
        rx.el.td(rx.el.span(row.state_text, class_name=f"chip {row.tone}")),
        rx.el.td(rx.cond(FilesState.asked == row.id, _confirm(row), _actions(row)), class_name="cell-acts"),
        custom_attrs={"data-testid": "file-row", "data-upload-id": row.id, "data-state": row.state},
    )


def _name_id(row: ObjectVar[FileRow]) -> str:
    return f"file-{row.id}"


def _actions(row: ObjectVar[FileRow]) -> rx.Component:
    its = {"aria-describedby": _name_id(row)}
    return rx.el.div(
        rx.cond(
            row.download_url != "",
            plain_link(su.say("files-download"), row.download_url, class_name="action", custom_attrs=its),
        ),
        rx.cond(
            row.share_url != "",
            button(su.say("files-copy-link"), on_click=su.copy_link(row.share_url), custom_attrs=its),
            link(
                su.say("files-not-shared"), to=row.share_path, prefetch="intent", class_name="action", custom_attrs=its
            ),
        ),
        button(su.say("files-delete"), on_click=FilesState.ask(row.id), custom_attrs=its),
        class_name="acts",
    )


def _confirm(row: ObjectVar[FileRow]) -> rx.Component:
    return question(
        su.say("files-delete-question"),
        su.say("files-delete-yes"),
        [delete_file(row.id, row.name), FilesState.keep],
        FilesState.keep,
        described_by=_name_id(row),
    )
