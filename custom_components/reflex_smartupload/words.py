"""What pages and components say: a sentence by its key, in the language of whoever looks; the sentences are in ``locales``."""

from typing import Any

import reflex as rx
from reflex.config import get_config
from reflex_base.utils.imports import ImportVar
from reflex_base.vars import VarData
from reflex_base.vars.base import LiteralVar

from .actions import direct
from .catalogues import Catalogues
from .client import CLIENT
from .plugin import SmartuploadPlugin


def say(key: str, **arguments: rx.Var[Any] | str | float) -> rx.Var[str]:
    """A sentence of a catalogue, as it reads where it is shown.

    Args:
        key: of the sentence, as ``card-pause``.
        arguments: what it puts in, by the names that it has there: a number is written and counted as the language does it.
    """
    given = [LiteralVar.create(arguments)] if arguments else []
    said = direct("say").call(key, *given).to(str)
    place = app_catalogues().place_of(key)
    if not place:
        return said
    # A page fetches the words that it says, and no others; those of another language come all at once.
    return said._replace(merge_var_data=VarData(imports={"": [ImportVar(tag=f"{CLIENT}/{place}")]}))


def app_catalogues() -> Catalogues:
    """Those that the app has given to its plugin; the package's alone without one."""
    plugins = [plugin for plugin in get_config().plugins if isinstance(plugin, SmartuploadPlugin)]
    return plugins[0].catalogues if plugins else Catalogues()
