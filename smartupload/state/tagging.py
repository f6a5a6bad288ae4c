"""What a list of files has of tags: by which one it shows files, and what is given to files and taken from them."""

import dataclasses
from collections.abc import Callable
from typing import Any

import reflex as rx

from smartupload.errors import Problem
from smartupload.service.tags import rules, tagging

from .bound import bound, in_thread, owner_of
from .bounds import FORM, ID, MANY_IDS, SEARCH, bounds


@dataclasses.dataclass
class TagRow:
    """A tag that files of this person have: its name, and with how many of them it is."""

    name: str
    count: int


def tag_rows(found: list[tagging.TagCount], shown: str) -> list[TagRow]:
    """All of them, and the one by which files are shown, also when none of them has it."""
    rows = [TagRow(one.name, one.count) for one in found]
    return rows if not shown or any(row.name == shown for row in rows) else [*rows, TagRow(shown, 0)]


def spelled(found: list[tagging.TagCount], tag: str) -> str:
    """The tag as it is written there."""
    key = rules.key(tag)
    return next((one.name for one in found if rules.key(one.name) == key), tag)


class Tagging(rx.State, mixin=True):
    """Beside `rx.State`: a list of files with tags."""

    #: the tag by which files are shown, empty for all, and those that there are
    tag: str = ""
    tags: list[TagRow] = []
    #: the file whose tags are being changed, what is wrong with the one that was given, and how many were given so far
    tagging: str = ""
    wrong_tag: str = ""
    tagged: int = 0

    async def _changed(self) -> None:
        """Show what is asked for now."""
        raise NotImplementedError

    async def _load(self) -> None:
        """Read what is shown, again."""
        raise NotImplementedError

    @rx.event
    @bounds(tag=SEARCH)
    async def show_tag(self, tag: str) -> None:
        """Show the files with this tag, or all."""
        self.tag = tag if rules.key(tag) else ""
        await self._changed()

    @rx.event
    @bounds(what=ID)
    def ask_tags(self, what: str) -> None:
        """Change the tags of a file, or of all that are selected; without one they stay as they are."""
        self.tagging, self.wrong_tag = what, ""

    @rx.event
    @bounds(upload_ids=MANY_IDS, form=FORM)
    async def give_tags(self, upload_ids: list[str], form: dict[str, Any]) -> None:
        """Give these files the `tag` of the form; of several with a comma between them each."""
        said = str(form.get("tag", "")).translate(_COMMAS).split(",")
        if await self._tags(tagging.give_tags, upload_ids, [one for one in said if one.strip()] or [""]):
            self.tagged += 1

    @rx.event
    @bounds(upload_ids=MANY_IDS, tag=SEARCH)
    async def take_tag(self, upload_ids: list[str], tag: str) -> None:
        """Take this tag from these files."""
        await self._tags(tagging.take_tag, upload_ids, tag)

    async def _tags(self, verb: Callable[..., None], upload_ids: list[str], what: object) -> bool:
        self.wrong_tag = ""
        try:
            await in_thread(verb, bound().context, await owner_of(self), [str(one) for one in upload_ids], what)
        except Problem as error:
            self.wrong_tag = error.read()
            return False
        await self._load()
        return True


#: Of Japanese, Chinese and Arabic.
_COMMAS = str.maketrans("、，،", ",,,")
