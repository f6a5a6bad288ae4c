"""One line of the library: what is known of a file, and what can be done with it."""

from typing import Any

import reflex as rx
import reflex_smartupload as su
from reflex.vars import ObjectVar
from reflex_smartupload.components.card import IN_THE_MIDDLE, whole
from reflex_smartupload.keys import by_key
from reflex_smartupload.removal import delete_file
from reflex_smartupload.selection import select_box

from smartupload.state import FilesState
from smartupload.state.file_rows import FileRow

from .card import LOOK
from .layout import button, link, moment, plain_link
from .tags import tag_chips, tag_form

#: Characters that fit into the field; a name has 255 bytes at most.
LONGEST_NAME = 255


@rx.memo
def file_row(row: ObjectVar[FileRow], rest: rx.RestProp) -> rx.Component:
    """One line of the library."""
    return rx.el.tr(
        rest,
        rx.el.td(
            rx.el.label(select_box(row.id, su.say("files-select", name=row.name)), class_name="box"),
            class_name="cell-box",
        ),
        rx.el.td(
            rx.el.div(
                su.kind_icon(row.kind, LOOK, name=row.name),
                rx.el.div(
                    rx.cond(FilesState.renaming == row.id, _new_name(row), _name(row)),
                    _tags(row),
                    rx.cond(row.sent_by != "", rx.el.div(row.sent_by, dir="auto", class_name="sub fine")),
                    rx.cond(row.error != "", rx.el.div(row.error, class_name="problem")),
                ),
                class_name="with-icon",
            ),
            class_name="cell-main",
        ),
        rx.el.td(row.size, class_name="number"),
        rx.el.td(moment(row.date)),
        rx.el.td(_state(row), class_name="cell-state"),
        rx.el.td(_actions(row), class_name="cell-acts"),
        custom_attrs={"data-testid": "file-row", "data-upload-id": row.id, "data-state": row.state},
    )


def _state(row: ObjectVar[FileRow]) -> rx.Component:
    """In words; of what is on its way also how far it is: as its card here says, else as the server does."""
    card = su.card_of(row.id)
    percent = rx.cond(card.upload_id != "", card.percent, row.percent)
    words = rx.cond(
        row.state == "paused", su.say("files-paused", percent=percent), su.say("files-sending", percent=percent)
    )
    bar = rx.el.div(
        su.bar_fill("sent", percent),
        class_name="bar slim",
        role="progressbar",
        custom_attrs={
            "aria-label": su.say("card-upload-of", name=row.name),
            "aria-valuemin": "0",
            "aria-valuemax": "100",
            "aria-valuenow": percent,
        },
    )
    return rx.cond(
        (row.state == "uploading") | (row.state == "paused"),
        rx.el.div(rx.el.span(words, class_name=f"chip {row.tone}"), bar, class_name="stage"),
        rx.el.span(row.state_text, class_name=f"chip {row.tone}"),
    )


def _pause(row: ObjectVar[FileRow], its: dict[str, Any]) -> rx.Component:
    """Its card does it at once, with or without the server; for an upload that has none here the server does."""
    card = su.card_of(row.id)
    pause, resume = su.say("card-pause"), su.say("card-resume")
    is_elsewhere = card.upload_id == ""
    return rx.fragment(
        rx.cond(card.can_pause, button(pause, on_click=su.pause(card.id), custom_attrs=its)),
        rx.cond(card.can_resume, button(resume, on_click=su.resume(card.id), custom_attrs=its)),
        rx.cond(
            is_elsewhere & (row.state == "uploading"),
            button(pause, on_click=FilesState.pause(row.id), custom_attrs=its),
        ),
        rx.cond(
            is_elsewhere & (row.state == "paused"),
            button(resume, on_click=FilesState.resume(row.id), custom_attrs=its),
        ),
    )


def _name(row: ObjectVar[FileRow]) -> rx.Component:
    return link(
        whole(row.name),
        to=row.share_path,
        prefetch="intent",
        id=_name_id(row),
        custom_attrs={"dir": "auto", **IN_THE_MIDDLE},
        class_name="name",
        title=row.name,
    )


def _new_name(row: ObjectVar[FileRow]) -> rx.Component:
    """Enter saves, Escape gives back; what is marked when it opens is the name without its extension."""
    wrong = f"wrong-{row.id}"
    field = rx.el.input(
        name="name",
        default_value=row.name,
        auto_focus=True,
        auto_complete="off",
        max_length=LONGEST_NAME,
        class_name="field",
        custom_attrs={
            "aria-label": su.say("files-new-name", name=row.name),
            "aria-invalid": rx.cond(FilesState.wrong_name != "", "true", "false"),
            "aria-describedby": wrong,
            "data-stem": "",
            "dir": "auto",
            "enterkeyhint": "done",
            "spellcheck": "false",
        },
    )
    return rx.el.div(
        rx.el.form(
            field,
            button(su.say("files-save"), type="submit", class_name="action strong"),
            button(
                su.say("files-keep-name"),
                on_click=FilesState.ask_name(""),
                class_name="action",
                custom_attrs={"data-escape": True},
            ),
            on_submit=FilesState.rename(row.id),
            class_name="rename",
        ),
        rx.el.div(FilesState.wrong_name, id=wrong, class_name="problem", role="alert"),
        role="group",
        custom_attrs={"aria-label": su.say("files-rename")},
    )


def _tags(row: ObjectVar[FileRow]) -> rx.Component:
    return rx.cond(
        FilesState.tagging == row.id,
        tag_form(
            rx.Var.create([row.id]).to(list[str]),
            row.tags,
            su.say("files-tags-of", name=row.name),
            f"wrong-tag-{row.id}",
        ),
        rx.cond(row.tags, tag_chips(row.tags)),
    )


def _name_id(row: ObjectVar[FileRow]) -> str:
    return f"file-{row.id}"


def _actions(row: ObjectVar[FileRow]) -> rx.Component:
    its = {"aria-describedby": _name_id(row)}
    return rx.el.div(
        _pause(row, its),
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
        rx.cond(
            (row.state == "ready") & (row.share_path != "/f/"),
            button(
                su.say("files-rename"),
                on_click=FilesState.ask_name(row.id),
                custom_attrs={**its, **by_key("F2")},
            ),
        ),
        rx.cond(
            row.share_path != "/f/",
            button(su.say("files-tags"), on_click=FilesState.ask_tags(row.id), custom_attrs=its),
        ),
        button(su.say("files-delete"), on_click=delete_file(row.id, row.name), custom_attrs=its),
        class_name="acts",
    )
