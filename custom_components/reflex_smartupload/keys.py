"""What an element has to say so that a key does the same as pressing it, and the switch that takes such keys away."""

from typing import Any

import reflex as rx
from reflex.components.component import Component

from .provider import ClientComponent


class KeySwitch(ClientComponent):
    """A check box in its label: whether single letters do something in this browser."""

    tag = "KeySwitch"

    label: rx.Var[str]


def key_switch(label: rx.Var[str], **props: Any) -> Component:
    """Single letters are in the way of who dictates, so there has to be one where there are such keys (WCAG 2.1.4)."""
    return KeySwitch.create(label=label, **props)


def by_key(key: str) -> dict[str, str]:
    """Attributes: `key` does what a press does, or leads to the field. ``F2`` and the like are about the row that has the focus."""
    return {"aria-keyshortcuts": key}
