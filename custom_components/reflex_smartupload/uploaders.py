"""Several uploaders on one page, each with places, rules and a list of cards of its own."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from typing import Any

import reflex as rx
from reflex.vars import ArrayVar
from reflex_base.vars.base import LiteralVar

from . import live, rules
from .components.card_list import card_list as list_of_cards
from .components.card_list import smartupload_card
from .components.group import smartupload_group
from .components.look import DEFAULT, Look
from .components.places import area
from .picker import UploaderMark
from .picker import drop_zone as any_zone
from .picker import file_input as any_file_input
from .picker import folder_input as any_folder_input
from .sizes import size_of, size_text
from .words import say

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_TYPE = re.compile(r"\.[^\s,*/]+|[\w!#$&^.+-]+/(\*|[\w!#$&^.+-]+)")


@dataclasses.dataclass(frozen=True)
class Uploader:
    """One uploader of a page, as `configure` makes it. What its places take has its name at the server, too."""

    namespace: str | rx.Var[str]
    accept: str = ""
    max_size: int | None = None
    """Bytes."""
    max_files: int | None = None
    metadata: Mapping[str, Any] = dataclasses.field(default_factory=dict[str, Any])
    system_files: bool = False

    def file_input(self, **props: Any) -> rx.Component:
        """`file_input`, whose files this uploader takes; the browser's picker offers what it accepts."""
        return any_file_input(**self._accepting(props), uploader=self._described())

    def folder_input(self, **props: Any) -> rx.Component:
        """`folder_input`, of whose files this uploader takes those that fit."""
        return any_folder_input(**props, uploader=self._described())

    def drop_zone(self, *children: Any, **props: Any) -> rx.Component:
        """`drop_zone`: what is dropped on it, or pasted in it, this uploader takes."""
        return any_zone(*children, self._mark(), uploader=self.namespace, **props)

    def drop_area(
        self, *children: Any, folders: bool | None = None, look: Look = DEFAULT, **props: Any
    ) -> rx.Component:
        """`drop_area` of this uploader; without a way to choose a folder where it takes one file at a time."""
        has_folder = self.max_files != 1 if folders is None else folders
        return area(
            children,
            zone=self.drop_zone,
            files=self.file_input,
            folder=self.folder_input if has_folder else None,
            words=say("places-files-or-folders-here") if has_folder else say("places-files-here"),
            most=rx.fragment(" · ", say("places-most", size=size_text(self.max_size))) if self.max_size else None,
            look=look,
            props=props,
        )

    def cards(self, section: str = "", first: int = 0, *, single: bool = False) -> ArrayVar[list[live.Card]]:
        """`cards` of this uploader alone."""
        return live.cards(section, first, uploader=self.namespace, single=single)

    def groups(self, section: str = "") -> ArrayVar[list[live.Group]]:
        """`groups` of this uploader alone."""
        return live.groups(section, uploader=self.namespace)

    def card_list(
        self,
        section: str = "",
        heading: str | rx.Var[str] = "",
        *,
        card: Callable[..., rx.Component] = smartupload_card,
        group: Callable[..., rx.Component] = smartupload_group,
        look: Look = DEFAULT,
    ) -> rx.Component:
        """`card_list` of this uploader alone."""
        return list_of_cards(section, heading, uploader=self.namespace, card=card, group=group, look=look)

    def _accepting(self, props: dict[str, Any]) -> dict[str, Any]:
        return ({"accept": self.accept} if self.accept else {}) | props

    def _mark(self) -> rx.Component:
        return UploaderMark.create(uploader=self._described())

    def _described(self) -> dict[str, Any]:
        rules = {"accept": self.accept, "maxSize": self.max_size or 0, "maxFiles": self.max_files or 0}
        rules |= {"systemFiles": True} if self.system_files else {}
        known = {"isKnown": rx.State.is_hydrated} if _comes_later(self.metadata) else {}
        return {"name": self.namespace, "rules": rules, "metadata": dict(self.metadata), **known}


def _comes_later(metadata: Mapping[str, Any]) -> bool:
    """Whether some of it is a value of a State, which a page has only once it has come from the server."""
    data = rx.Var.create(dict(metadata))._get_all_var_data()
    # A bare name is a prop of an `rx.memo`, of which nothing else is known.
    bare = any(
        isinstance(value, rx.Var) and not isinstance(value, LiteralVar) and value._get_all_var_data() is None
        for value in metadata.values()
    )
    return bare or (data is not None and bool(data.state))


def configure(
    namespace: str | rx.Var[str],
    accept: str = "",
    max_size: int | str | None = None,
    max_files: int | None = None,
    metadata: Mapping[str, Any] | None = None,
    system_files: bool = False,
) -> Uploader:
    """An uploader with rules of its own, beside others on the same page.

    Its rules hold for what is chosen, dropped and pasted; what breaks them gets a card in its list that says what to do. Who
    speaks to the API without this page is not bound by them: the server's settings and hooks are for that.

    Args:
        namespace: its name here and at the server: up to 64 letters, digits, ``_`` and ``-``. Or a Var, such as a value of a
            State, for one uploader for each of many records; what the server refuses of it is said on the card.
        accept: which files it takes, as HTML has it: ``image/*,.pdf``; all when empty.
        max_size: of a file, in bytes or as ``"5 MB"``.
        max_files: how many may be on their way in it at a time.
        metadata: texts, or Vars such as values of a State, that go with each file as they are at the moment of the pick;
            hooks and events have them. At most 20, with names of letters, digits, ``_``, ``.`` and ``-``, of up to 1,000
            characters each and 4 KiB together.
        system_files: whether what systems keep in folders for themselves (``.DS_Store``, ``Thumbs.db``, ``desktop.ini``, ``._…``,
            ``~$…``, ``__MACOSX``) is taken, too. Without it such files of a folder are left out, and a message says how many.

    Raises:
        ValueError: for what cannot be a name, a type, a size or a number of files, and for texts that the server would refuse.
        TypeError: for metadata that is neither a text nor a Var, and for any other argument of another type.
    """
    if not isinstance(namespace, rx.Var) and not _NAME.fullmatch(rules.text("namespace", namespace)):
        raise ValueError(f"{namespace!r} is no name for an uploader: write up to 64 letters, digits, _ and -")
    types = [one.strip() for one in rules.text("accept", accept).split(",") if one.strip()]
    if wrong := [one for one in types if not _TYPE.fullmatch(one)]:
        raise ValueError(f"{', '.join(wrong)} is no type of files: write them like image/*, application/pdf or .pdf")
    most = None if max_files is None else rules.number("max_files", max_files)
    said = rules.metadata(metadata)
    size = None if max_size is None else size_of(max_size)
    return Uploader(namespace, ",".join(types), size, most, said, rules.truth("system_files", system_files))
