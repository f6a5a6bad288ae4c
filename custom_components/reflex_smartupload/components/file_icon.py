"""The field with a file's picture: a small one of an image that is here, a shape in the colour of its kind for all others."""

from __future__ import annotations

import reflex as rx

from ..provider import ClientComponent
from .look import DEFAULT, Look


class FileIcon(ClientComponent):
    """Shows the letters of `kind` until what draws pictures has come; that is loaded with the first one on a page."""

    tag = "FileIcon"

    kind: rx.Var[str]

    file_name: rx.Var[str]

    card_id: rx.Var[str]
    """Of which card this browser may have the bytes."""


def kind_icon(
    kind: rx.Var[str] | str, look: Look = DEFAULT, *, name: rx.Var[str] | str = "", card_id: rx.Var[str] | str = ""
) -> rx.Component:
    """The type of a file as a coloured shape with a few letters below it.

    Args:
        kind: those letters, such as a card's `kind`.
        look: names and rules; see `Look`.
        name: of the file, whose ending may say more than the letters.
        card_id: of a card; of an image whose bytes this browser has, there is a small picture.
    """
    is_long = rx.Var.create(kind).to(str).length() > 3
    return FileIcon.create(
        kind=kind,
        file_name=name,
        card_id=card_id,
        class_name=rx.cond(is_long, look.names("icon long"), look.names("icon")),
    )
