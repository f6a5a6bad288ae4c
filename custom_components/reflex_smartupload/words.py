"""What pages and components say: a sentence by its key, in the language of whoever looks; the sentences are in ``locales``."""

from typing import Any

import reflex as rx
from reflex_base.vars.base import LiteralVar

from .actions import direct


def say(key: str, **arguments: rx.Var[Any] | str | float) -> rx.Var[str]:
    """A sentence of a catalogue, as it reads where it is shown.

    Args:
        key: of the sentence, as ``card-pause``.
        arguments: what it puts in, by the names that it has there: a number is written and counted as the language does it.
    """
    given = [LiteralVar.create(arguments)] if arguments else []
    return direct("say").call(key, *given).to(str)
