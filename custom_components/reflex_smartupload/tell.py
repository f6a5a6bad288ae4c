"""How a person says that they want to be told when a file is there: a button beside a file, and a switch for a settings page.

Both ask the browser for its permission on the click, never before. Where no push can come, the button offers a field for an
e-mail address instead. They bring no style: the place is a ``div.tell`` (or ``div.tell-switch``), its form a ``form.tell-mail``.
"""

from typing import Any

import reflex as rx
from reflex.components.component import Component

from .client import CLIENT, DEPENDENCIES
from .provider import ClientComponent
from .words import say


class _Tell(ClientComponent):
    lib_dependencies: list[str] = DEPENDENCIES

    label: rx.Var[str]


class TellButton(_Tell):
    """A button that becomes a sentence, or a field for an address."""

    tag = "TellButton"

    watch: rx.Var[str]
    """Token of a share link."""


class TellSwitch(_Tell):
    """A switch for the pushes to this browser."""

    library = f"{CLIENT}/shell/notices/controls.js"
    tag = "TellSwitch"


def tell_button(label: str | rx.Var[str] = "", watch: str | rx.Var[str] = "", **props: Any) -> Component:
    """A button that makes sure that this person is told; once they are, it says so and is no button any more.

    Args:
        label: "Notify me", or with `watch` "Tell me when it is there", when empty.
        watch: the token of a share link, for a visitor who waits for somebody else's file.
        props: `class_name` goes to the buttons, the rest to the place around them.
    """
    watches = isinstance(watch, rx.Var) or watch != ""
    words = say("places-tell-me") if watches else say("places-notify-me")
    return TellButton.create(
        label=label if isinstance(label, rx.Var) or label else words, **({"watch": watch} if watches else {}), **props
    )


def tell_switch(label: str | rx.Var[str] = "", **props: Any) -> Component:
    """A switch (``role=switch``) for the pushes to this browser; where they cannot come it is off for good, and says why.

    Args:
        label: the name of the switch; "Messages to this browser" when empty.
        props: `class_name` goes to the switch, the rest to the place around it.
    """
    words = say("places-messages-here") if isinstance(label, str) and not label else label
    return TellSwitch.create(label=words, **props)
