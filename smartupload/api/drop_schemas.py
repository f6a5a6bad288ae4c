"""The JSON of drop links: what is said to make one, and what its owner, and whoever has its token, see."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from smartupload.api.exact import EXACT, Moment
from smartupload.service.drops.links import LONGEST, MOST_BYTES, MOST_DAYS, MOST_FILES


class DropLimits(BaseModel):
    """What may come by a drop link. Null is no limit."""

    model_config = ConfigDict(from_attributes=True)

    files: int | None = Field(description="that are there of it at a time")
    size: int | None = Field(description="bytes of a file")
    bytes: int | None = Field(description="of all files together")
    types: list[str] = Field(description="the only kinds of files; all where there are none")


class NewDrop(BaseModel):
    """A drop link to be made."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(min_length=1, max_length=LONGEST, description="what is asked for")
    asker: str = Field(default="", max_length=LONGEST, description="who is said to ask; empty for nobody")
    days: Annotated[int, Field(ge=1, le=MOST_DAYS), EXACT] = Field(default=14, description="until it ends")
    most_files: Annotated[int, Field(ge=1, le=MOST_FILES), EXACT] | None = None
    most_size: Annotated[int, Field(ge=1, le=MOST_BYTES), EXACT] | None = Field(default=None, description="bytes")
    most_bytes: Annotated[int, Field(ge=1, le=MOST_BYTES), EXACT] | None = Field(default=None, description="bytes")
    types: list[str] = Field(default_factory=list[str], max_length=50, description="as in SMARTUPLOAD_ALLOWED_TYPES")


class DropAnswer(BaseModel):
    """A drop link as its owner sees it."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    url: str = Field(description="for whoever is to send files")
    title: str
    asker: str
    limits: DropLimits
    made_at: Moment
    until: Moment
    is_open: bool = Field(description="it takes files")
    files: int = Field(description="that came by it, or are on their way")
    bytes: int = Field(description="of these")


class DropList(BaseModel):
    """The caller's drop links."""

    drops: list[DropAnswer]


class DropPage(BaseModel):
    """A drop link as whoever has its token sees it."""

    model_config = ConfigDict(from_attributes=True)

    title: str
    asker: str
    limits: DropLimits
    until: Moment
    uploader: str = Field(
        description="what this browser names when it begins an upload by the link; empty without a cookie"
    )
