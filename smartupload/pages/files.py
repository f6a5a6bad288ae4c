"""Files: the library of everything a person has uploaded, in the order and as far as they want to see it."""

import reflex as rx
import reflex_smartupload as su
from reflex_smartupload.keys import by_key
from reflex_smartupload.removal import removed
from reflex_smartupload.timing import address_query

from smartupload.state import FilesState, GroupLinksState, LibraryState

from .file_row import file_row
from .forget import forget_control
from .group_links import group_links
from .layout import button, link, search_field
from .layout import page as layout
from .selection import selection_line
from .tags import tag_filter

#: Columns that the list can be sorted by, and all orders for a screen without heads of columns.
_COLUMNS = {
    "name": su.say("files-name"),
    "size": su.say("files-size"),
    "date": su.say("files-date"),
    "state": su.say("files-state"),
}
_ORDERS = {
    "date-down": su.say("files-newest"),
    "date-up": su.say("files-oldest"),
    "name-up": su.say("files-by-name"),
    "name-down": su.say("files-by-name-back"),
    "size-down": su.say("files-largest"),
    "size-up": su.say("files-smallest"),
    "state-up": su.say("files-by-state"),
    "state-down": su.say("files-by-state-back"),
}
_GROUPS = {
    "": su.say("files-all"),
    "way": su.say("files-on-their-way"),
    "ready": su.say("files-ready"),
    "trouble": su.say("files-in-trouble"),
}


def page() -> rx.Component:
    """The page at ``/files``."""
    return layout(
        # All of it is a place for files, and none that is seen as a box.
        su.drop_zone(
            su.when_changed(LibraryState.revision, [FilesState.load, GroupLinksState.load]),
            address_query(FilesState.address),
            _toolbar(),
            rx.cond(FilesState.error != "", rx.el.p(FilesState.error, class_name="banner", role="alert")),
            group_links(),
            rx.cond(
                FilesState.rows,
                rx.fragment(
                    selection_line(_sum()),
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


def _toolbar() -> rx.Component:
    return rx.el.div(
        # What the address says is known after the page is there: then the field is made anew with it.
        search_field(
            su.say("files-search"),
            FilesState.search,
            default_value=FilesState.query,
            key=rx.Var.create(FilesState.opened).to(str),
        ),
        rx.el.div(
            *(_group(group, words) for group, words in _GROUPS.items()),
            class_name="filters",
            role="group",
            custom_attrs={"aria-label": su.say("files-state")},
        ),
        tag_filter(),
        rx.el.label(
            rx.el.span(su.say("files-order"), class_name="sr-only"),
            rx.el.select(
                *(rx.el.option(words, value=order) for order, words in _ORDERS.items()),
                value=FilesState.order,
                on_change=FilesState.arrange,
            ),
            class_name="orders",
        ),
        rx.el.label(
            su.say("files-upload"),
            su.file_input(class_name="sr-only", custom_attrs={"data-testid": "file-input", **by_key("u")}),
            class_name="btn",
        ),
        class_name="toolbar",
    )


def _group(group: str, words: rx.Var[str]) -> rx.Component:
    return button(
        words,
        on_click=FilesState.show(group),
        class_name="filter",
        custom_attrs={"aria-pressed": FilesState.group == group},
    )


def _sum() -> rx.Component:
    """How many there are, and how many of how many where some are left out."""
    return rx.el.span(
        rx.cond(
            FilesState.count == FilesState.total,
            su.say("files-sum", count=FilesState.total, size=FilesState.size),
            su.say("files-sum-of", count=FilesState.count, all=FilesState.total, size=FilesState.size),
        ),
        role="status",
        custom_attrs={"data-testid": "files-sum"},
    )


def _empty() -> rx.Component:
    return rx.cond(
        (FilesState.query != "") | (FilesState.group != "") | (FilesState.tag != ""),
        rx.el.div(
            rx.el.p(
                rx.cond(
                    FilesState.query != "",
                    su.say("files-none-found"),
                    rx.cond(FilesState.group != "", su.say("files-none-in-state"), su.say("files-none-tagged")),
                ),
                role="status",
            ),
            link(su.say("files-show-all"), to="/files", class_name="btn"),
            class_name="empty",
        ),
        rx.el.div(
            rx.el.strong(su.say("files-none")),
            rx.el.p(su.say("files-none-hint")),
            class_name="empty",
        ),
    )


def _head(column: str, words: rx.Var[str]) -> rx.Component:
    up, down = FilesState.order == f"{column}-up", FilesState.order == f"{column}-down"
    return rx.el.th(
        button(words, on_click=FilesState.arrange(column), class_name="by"),
        scope="col",
        class_name=f"col-{column}",
        custom_attrs={"aria-sort": rx.cond(up, "ascending", rx.cond(down, "descending", "none"))},
    )


def _table() -> rx.Component:
    return rx.el.table(
        rx.el.thead(
            rx.el.tr(
                # What selects all stands above the list, where it is on a phone, too.
                rx.el.td(class_name="cell-box"),
                *(_head(column, words) for column, words in _COLUMNS.items()),
                rx.el.th(rx.el.span(su.say("files-actions"), class_name="sr-only"), scope="col", class_name="col-acts"),
            )
        ),
        rx.el.tbody(
            rx.foreach(
                FilesState.rows, lambda row: rx.cond(removed().contains(row.id), None, file_row(row=row, key=row.id))
            )
        ),
        class_name="table files",
    )
