"""Whether the tray is folded out (remembered per browser tab, folded on small screens), and the room that the page keeps for it."""

from collections.abc import Sequence

from reflex_base.utils.imports import ImportVar
from reflex_base.vars import VarData
from reflex_base.vars.base import LiteralVar, Var
from reflex_base.vars.function import FunctionVar
from reflex_base.vars.number import BooleanVar

from .actions import direct
from .client import REACT_MODULE
from .provider import ClientComponent, provider_wraps


class TrayRoom(ClientComponent):
    """Renders nothing and tells the page how much room the tray takes in which it stands."""

    tag = "TrayRoom"


class Behind(ClientComponent):
    """Around an app (`rx.App.extra_app_wraps`): its first child comes after the page, also for the Tab key."""

    tag = "Behind"


def tray_open(folded_on: Sequence[str] = ()) -> BooleanVar:
    """True while the tray shows its rows.

    Args:
        folded_on: paths on which it starts folded, because the page shows the cards itself.
    """
    data = VarData(
        imports={REACT_MODULE: [ImportVar(tag="useTrayOpen")]},
        hooks={f"const smartuploadTrayOpen = useTrayOpen({LiteralVar.create(list(folded_on))!s});": None},
        app_wraps=provider_wraps(),
    )
    return Var(_js_expr="smartuploadTrayOpen", _var_type=bool, _var_data=data).to(bool)


def toggle_tray() -> FunctionVar:
    """Fold the tray in or out."""
    return direct("toggleTray")
