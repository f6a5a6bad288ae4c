"""The ways a file gets in: a drop zone, inputs for files and folders, and a file given again.

Dropping and pasting work in the whole window of every page that has a place for files; the zone
is where people look for it. Where a page has several uploaders, what falls into a zone is its uploader's; where it has no
place for files, a message says so. While files are dragged over the window the document element
carries ``data-dropping``, for the style sheet.
"""

from typing import Any

import reflex as rx
from reflex.components.component import Component

from .client import DEPENDENCIES
from .provider import ClientComponent


class FileInput(ClientComponent):
    """A real ``<input type=file>`` whose files go to the engine."""

    tag = "FileInput"
    lib_dependencies: list[str] = DEPENDENCIES

    folder: rx.Var[bool]
    """Picks a folder with everything in it instead of files."""

    card_id: rx.Var[str]
    """Gives the file of this card again instead of starting a new upload."""

    disabled: rx.Var[bool]

    accept: rx.Var[str]
    """What the browser's own picker offers, as HTML has it: ``image/*,.pdf``. What is dropped is not bound by it; the server's settings are for that."""

    uploader: rx.Var[dict[str, Any]]
    """Which uploader takes its files, and what goes with them; see `configure`."""

    capture: rx.Var[str]
    """Phones: take a picture with this camera (``user`` or ``environment``) instead of choosing one."""

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Component:
        """Raises TypeError for a prop that it does not have: Reflex would take it for a style."""
        known = {*cls.get_fields(), *cls.get_event_triggers()}
        wrong = sorted(name for name in props if name not in known and not name.startswith(("aria_", "data_")))
        if wrong:
            raise TypeError(
                f"an input for files has no {', '.join(wrong)}; styles go into `style`, attributes of HTML into `custom_attrs`"
            )
        return super().create(*children, **props)


class UploaderMark(ClientComponent):
    """Renders nothing and makes an uploader known to the page while it is there."""

    tag = "UploaderMark"

    uploader: rx.Var[dict[str, Any]]


def file_input(**props: Any) -> Component:
    """An input for any number of files; wrap it in a ``rx.el.label`` to make it pretty."""
    props.setdefault("custom_attrs", {}).setdefault("data-testid", "file-input")
    return FileInput.create(**props)


def folder_input(**props: Any) -> Component:
    """An input for a whole folder. Phones without folders show their file picker."""
    props.setdefault("custom_attrs", {}).setdefault("data-testid", "folder-input")
    return FileInput.create(folder=True, **props)


def choose_file(card_id: str | rx.Var[str], **props: Any) -> Component:
    """An input that hands the engine the bytes of a card with ``needs_file``."""
    props.setdefault("custom_attrs", {}).setdefault("data-testid", "choose-file")
    return FileInput.create(card_id=card_id, **props)


def drop_zone(*children: Any, uploader: str | rx.Var[str] = "", system_files: bool = False, **props: Any) -> Component:
    """A place that invites to drop files and folders; put a `file_input` into it. `uploader`: whose place it is, see `configure`.

    `system_files`: takes what systems keep in folders for themselves (``.DS_Store``, ``Thumbs.db``) like any other file. Without it
    such files of a folder are left out, and a message says how many. Of an uploader that is configured, `configure` says so.
    """
    kept = {"data-system-files": ""} if system_files else {}
    given = {"data-testid": "drop-zone", "data-uploader": uploader} | kept | props.pop("custom_attrs", {})
    return rx.el.div(*children, custom_attrs=given, **props)
