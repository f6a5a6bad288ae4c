"""What a page shows no more because somebody removed it, while they can still take that back; and how a file is deleted so."""

from reflex.vars import ArrayVar
from reflex_base.utils.imports import ImportVar
from reflex_base.vars import VarData
from reflex_base.vars.base import Var
from reflex_base.vars.function import FunctionVar

from .actions import direct
from .client import LIST_MODULE, REACT_MODULE
from .provider import provider_wraps


def removed() -> ArrayVar[list[str]]:
    """Ids of uploads that look deleted, and of cards that look removed."""
    data = VarData(
        imports={REACT_MODULE: [ImportVar(tag="useRemoved")]},
        hooks={"const smartuploadRemoved = useRemoved();": None},
        app_wraps=provider_wraps(),
    )
    return Var(_js_expr="smartuploadRemoved", _var_type=list[str], _var_data=data).to(list[str])


def delete_file(upload_id: str | Var[str], name: str | Var[str]) -> FunctionVar:
    """Delete a file for good; for ten seconds, or until the page is left, it can be taken back."""
    return direct("deleteFile", LIST_MODULE).partial(upload_id, name)
