"""The JSON of groups: files that were given together, and the one link for all of them."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from smartupload.api.exact import Moment
from smartupload.api.schemas import LinkAnswer


class GroupAnswer(BaseModel):
    """A group that has a link."""

    model_config = ConfigDict(from_attributes=True)

    key: str = Field(description="what its browser calls it: `group` of its uploads")
    name: str = Field(description="of the folder, empty where it is none")
    files: int = Field(description="that are there, on their way, or did not arrive")
    bytes: int = Field(description="of these")
    made_at: Moment
    link: LinkAnswer


class GroupList(BaseModel):
    """Those of the caller."""

    groups: list[GroupAnswer]


class SharedEntryAnswer(BaseModel):
    """One file of a group."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    folder: str = Field(description="in which it is, `/` between folders; empty for none")
    size: int
    type: str
    state: str
    percent: int
    download_url: str | None = Field(description="null until it is ready")


class SharedGroupAnswer(BaseModel):
    """What the link of a group shows to anybody."""

    model_config = ConfigDict(from_attributes=True)

    name: str = Field(description="of the folder, empty where it is none")
    ready: int = Field(description="files that are there")
    bytes: int = Field(description="of these")
    coming: int = Field(description="files on their way")
    left_out: int = Field(description="files that did not arrive or were blocked: they are not in the list")
    unscanned: int = Field(description="files that are there and were not looked into for viruses")
    files: list[SharedEntryAnswer]
    next: str | None = Field(description="`after` for the files behind these; null when these were the last")
    download_url: str | None = Field(description="of all that are ready, as a ZIP; null while there is none")
