"""The question before something is done for good, in the place of the button that was pressed; and a button that asks it."""

from typing import Any

import reflex as rx
import reflex_smartupload as su

from .card import LOOK
from .layout import button


def question(
    words: rx.Var[str],
    yes: rx.Var[str],
    does: Any,
    keep: Any,
    look: su.Look = LOOK,
    described_by: str | rx.Var[str] = "",
) -> rx.Component:
    """Whoever presses Enter twice has done nothing: the focus is on Keep, which Escape presses as well.

    The engine's page gives the focus back to what asked, or to what took its place (client/shell/document/focus.js).
    """
    its = {"aria-describedby": described_by} if not isinstance(described_by, str) or described_by else {}
    return rx.el.div(
        rx.el.span(words, class_name=look.names("ask")),
        button(yes, on_click=does, class_name=look.names("action danger"), custom_attrs=its),
        button(
            su.say("share-keep"),
            on_click=keep,
            auto_focus=True,
            class_name=look.names("action"),
            custom_attrs={"data-escape": True},
        ),
        class_name=look.names("acts"),
        role="group",
        custom_attrs={"aria-label": words},
    )
