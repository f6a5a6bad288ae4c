"""Which files of a list are selected, and what is done with all of them: check boxes for rows, and what a bar above the list says and does."""

import dataclasses
from collections.abc import Sequence
from typing import Any

import reflex as rx
from reflex.components.component import Component
from reflex.vars import ObjectVar
from reflex_base.utils.imports import ImportVar
from reflex_base.vars import VarData
from reflex_base.vars.base import Var
from reflex_base.vars.function import FunctionVar

from .actions import direct
from .client import LIST_MODULE
from .provider import ClientComponent, provider_wraps


@dataclasses.dataclass
class Chosen:
    """The rows that are selected and shown: their ids and tags, how many, how large together, and how many of them have a link, or can be downloaded."""

    files: list[dict[str, Any]]
    ids: list[str]
    tags: list[str]
    count: int
    size: str
    links: int
    downloads: int


class SelectBox(ClientComponent):
    """Selects a row; with Shift all from the one before to this one."""

    library = LIST_MODULE
    tag = "SelectBox"

    upload_id: rx.Var[str]

    label: rx.Var[str]


class SelectAll(ClientComponent):
    """Selects all rows that are shown, or none."""

    library = LIST_MODULE
    tag = "SelectAll"

    count: rx.Var[int]

    all: rx.Var[int]

    label: rx.Var[str]


def select_box(upload_id: Var[str], label: Var[str]) -> Component:
    """The check box of one row."""
    return SelectBox.create(upload_id=upload_id, label=label)


def select_all(count: Var[int] | int, shown: Var[int] | int, label: Var[str]) -> Component:
    """The check box of all; `count` of `shown` are selected."""
    return SelectAll.create(count=count, all=shown, label=label)


def chosen(rows: Var[Any] | Sequence[Any]) -> ObjectVar[Chosen]:
    """Those of these rows that are selected; each row has `id`, `name`, `bytes`, `share_url` and `download_url`, and may have `tags`."""
    given = Var.create(rows)
    own = VarData(
        imports={LIST_MODULE: [ImportVar(tag="useChosen")]},
        hooks={f"const smartuploadChosen = useChosen({given!s});": None},
        app_wraps=provider_wraps(),
    )
    data = VarData.merge(given._get_all_var_data(), own)
    return Var(_js_expr="smartuploadChosen", _var_type=Chosen, _var_data=data).to(Chosen)


def delete_files(of: ObjectVar[Chosen]) -> FunctionVar:
    """Delete them for good; for ten seconds, or until the page is left, that can be taken back."""
    return direct("deleteFiles", LIST_MODULE).partial(of.files)


def copy_links(of: ObjectVar[Chosen]) -> FunctionVar:
    """Put their links on the clipboard, each in a line."""
    return direct("copyLinks", LIST_MODULE).partial(of.files)


def download_files(of: ObjectVar[Chosen]) -> FunctionVar:
    """Download them one after another."""
    return direct("downloadFiles", LIST_MODULE).partial(of.files)


def clear_selection() -> FunctionVar:
    """Select none."""
    return direct("clearSelection", LIST_MODULE)
