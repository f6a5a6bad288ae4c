"""Where files get in, what is said about leaving, and how somebody asks to be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import reflex as rx

from ..live import limits, totals
from ..picker import drop_zone, file_input, folder_input
from ..sentences import sentence
from ..tell import tell_button
from ..words import say
from .look import DEFAULT, Look


def drop_area(
    *children: Any, accept: str = "", folders: bool = True, look: Look = DEFAULT, **props: Any
) -> rx.Component:
    """A place that invites to drop files; a click anywhere on it opens the browser's picker.

    Args:
        children: what stands in it in place of "Drop files or folders anywhere".
        accept: what the picker offers, as HTML has it: ``image/*,.pdf``.
        folders: whether there is a way to choose a whole folder.
        look: names and rules; see `Look`.
        props: of the outermost element.
    """
    chosen = {"accept": accept} if accept else {}
    return area(
        children,
        zone=drop_zone,
        files=lambda **more: file_input(**more, **chosen),
        folder=folder_input if folders else None,
        words=say("places-files-or-folders-anywhere") if folders else say("places-files-anywhere"),
        most=None,
        look=look,
        props=props,
    )


def area(
    children: Sequence[Any],
    *,
    zone: Callable[..., rx.Component],
    files: Callable[..., rx.Component],
    folder: Callable[..., rx.Component] | None,
    words: rx.Var[str],
    most: rx.Component | None,
    look: Look,
    props: Mapping[str, Any],
) -> rx.Component:
    """Such a place, made of the parts of any uploader; `words` invite; `most`: what it says of the size, that of the server when None."""
    hidden = look.names("sr-only")
    server = limits()
    choose = rx.el.label(say("places-pick-files"), files(class_name=hidden), class_name=look.names("pick pick-files"))
    return zone(
        *(children or (rx.el.strong(words),)),
        rx.el.span(
            sentence("places-choose-files", look.names("pick-or"), files=choose)
            if folder is None
            else sentence(
                "places-choose-files-or-folder",
                look.names("pick-or"),
                files=choose,
                folder=rx.el.label(
                    say("places-pick-folder"), folder(class_name=hidden), class_name=look.names("pick pick-folder")
                ),
            ),
            most
            or rx.cond(
                server.max_file_size_text != "",
                rx.fragment(
                    rx.el.span(" · ", class_name=look.names("pick-or")),
                    rx.el.span(say("places-most", size=server.max_file_size_text), class_name=look.names("pick-most")),
                ),
            ),
        ),
        **{"class_name": look.names("drop"), "style": look.style("drop"), **props},
    )


def leave_note(look: Look = DEFAULT) -> rx.Component:
    """The sentence that says whether somebody may close this window, for all files together; nothing while there is none."""
    all_of_them = totals()
    return rx.el.div(
        all_of_them.leave_text,
        class_name=look.names("leave"),
        style=look.style("note"),
        custom_attrs={"data-testid": "leave-note", "data-leave": all_of_them.leave},
    )


def notify_button(label: str | rx.Var[str] = "", watch: str | rx.Var[str] = "", look: Look = DEFAULT) -> rx.Component:
    """`tell_button` with a look."""
    return rx.el.div(
        tell_button(label, watch, class_name=look.names("btn")),
        class_name=look.names("notify"),
        style=look.style("notify"),
    )
