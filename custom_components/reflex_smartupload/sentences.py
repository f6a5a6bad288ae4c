"""A sentence with elements in it, such as a link or a name in bold: each language says where they stand."""

from typing import Any

import reflex as rx
from reflex.components.component import Component

from .provider import ClientComponent
from .words import say

#: The first of the characters that stand in the sentence where an element does; no text has them.
_FIRST_MARK = 0xE000


class Sentence(ClientComponent):
    """Puts its children into a text, each at the place of its mark."""

    tag = "Sentence"

    text: rx.Var[str]

    between: rx.Var[str]
    """Classes of the words around the children, which stand in elements of their own then."""


def sentence(key: str, between: str = "", **arguments: Component | rx.Var[Any] | str | float) -> Component:
    """Like `say`, for a sentence of which some arguments are components: ``sentence("account-signed-in-as", name=rx.el.strong(State.name))``.

    Args:
        key: of the sentence.
        between: class names for the words around the components.
        arguments: what it puts in, by the names that it has there; those that are no components are values, as those of `say`.
    """
    parts = {name: one for name, one in arguments.items() if isinstance(one, Component)}
    values = {name: one for name, one in arguments.items() if not isinstance(one, Component)}
    marks = {name: chr(_FIRST_MARK + place) for place, name in enumerate(parts)}
    return Sentence.create(
        *parts.values(), text=say(key, **marks, **values), **({"between": between} if between else {})
    )
