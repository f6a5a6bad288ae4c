"""The JSON of the API: what requests must look like and what answers promise."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Annotated, Any, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, StrictBool, field_serializer, model_validator
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import to_json

from smartupload.api import part_schemas
from smartupload.api.exact import BASE64, EXACT, MAX_HEAD, MAX_SIZE, Metadata, Moment
from smartupload.service.access.tokens import LONGEST_NAME, MOST_DAYS
from smartupload.service.files import metadata as rules
from smartupload.service.links.link import MAX_DOWNLOADS
from smartupload.service.parts import obstacles
from smartupload.service.presentation.views import ConfirmedPart, UploadView
from smartupload.service.tags.rules import LONGEST as LONGEST_TAG
from smartupload.service.tags.rules import MOST as MOST_TAGS


class ErrorAnswer(BaseModel):
    """Why an upload did not work."""

    code: str
    detail: str


class NewUpload(BaseModel):
    """A file that is about to be sent. A member that is not one of these is refused, so that nothing is lost in silence."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(max_length=4096, description="as the browser says it; it is cleaned")
    size: Annotated[int, Field(ge=0, le=MAX_SIZE), EXACT] = Field(description="bytes")
    type: str = Field(default="", max_length=255, description="media type as the browser says it")
    last_modified: Moment | None = Field(default=None, description="ISO 8601")
    head: str | None = Field(
        default=None, max_length=MAX_HEAD, description="base64 of the first 4 KiB", json_schema_extra=BASE64
    )
    line_rate: Annotated[float, Field(ge=0, allow_inf_nan=False), EXACT] | None = Field(
        default=None, description="bytes/s, when known"
    )
    metadata: Metadata = Field(
        default_factory=dict[str, str],
        description=f"what the page or program says of the file, at most {rules.MAX_BYTES} bytes as JSON; it is kept as it "
        "was first given for this key",
    )
    uploader: str = Field(
        default="",
        pattern=rules.UPLOADER,
        description="which uploader of the page took it; empty for one without a name",
    )
    group: str = Field(
        default="",
        pattern=rules.UPLOADER,
        description="what the browser calls the files with which it was given; empty for one that came singly",
    )
    path: str = Field(
        default="", max_length=4096, description="folders and name, `/` between them, as given with a group"
    )
    first: part_schemas.FirstPart | None = Field(
        default=None, description="its first part, to be signed in the same call where parts turn out to have that size"
    )


class FileChange(BaseModel):
    """Another name for a file, or other tags; what is not given stays."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"minProperties": 1})

    name: str | SkipJsonSchema[None] = Field(
        default=None, max_length=4096, description="it is cleaned and checked as that of a new file is"
    )
    tags: list[Annotated[str, Field(max_length=200)]] | SkipJsonSchema[None] = Field(
        default=None,
        max_length=100,
        description=f"those that it has from then on, and no others: at most {MOST_TAGS}, each of {LONGEST_TAG} characters "
        "at most, large and small letters being the same",
    )

    @model_validator(mode="before")
    @classmethod
    def _says_something(cls, given: Any) -> Any:
        if isinstance(given, dict) and (not given or None in given.values()):
            raise ValueError("a name, or tags, or both")
        return cast("object", given)


class Claim(BaseModel):
    """What proves that the caller's browser began the upload."""

    key: str = Field(min_length=1, max_length=200, description="the Idempotency-Key of its creation")


class UploadAnswer(BaseModel):
    """One upload."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    size: int
    type: str
    last_modified: Moment | None
    state: str
    part_size: int
    part_count: int
    confirmed_bytes: int
    epoch: int
    created_at: Moment
    updated_at: Moment
    completed_at: Moment | None
    expires_at: Moment
    share_token: str
    share_url: str
    metadata: dict[str, str] = Field(description="what was said of it when it was begun")
    uploader: str = Field(description="which uploader of a page took it; empty for one without a name")
    scan: str = Field(description="empty before the scan, then `clean`, `found`, or `off` when nobody scanned it")
    error: ErrorAnswer | None
    checksum: str | None = Field(
        description="S3's composite SHA-256 of what the file was made of: base64, `-` and the number of parts; null before it was made"
    )
    versions: list[str] = Field(
        description="the browsers' names of the states of the file that vouched for all parts when it was begun to be made; "
        "the empty one is whoever gave no name; none before it was made"
    )


_ONLY_INSIDE = {field.name for field in fields(UploadView)} - UploadAnswer.model_fields.keys()
"""What only our own pages are shown of an upload, and where it is no FileAnswer."""


def upload_json(upload: UploadView) -> bytes:
    """An UploadAnswer, written from the view as it is: it was made here, and holds what UploadAnswer wants."""
    return to_json(upload, exclude=_ONLY_INSIDE)


class FileAnswer(UploadAnswer):
    """One upload and the tags that its owner has given it."""

    tags: list[str]


class UploadDetail(FileAnswer):
    """One upload with every part the store holds."""

    confirmed: list[ConfirmedPart]


class UploadList(BaseModel):
    """A page of uploads, newest first."""

    uploads: list[FileAnswer]
    next_cursor: str | None


class BegunUpload(UploadAnswer):
    """An upload that was begun, and its first part, if it was told of and could be signed."""

    signed: part_schemas.SignedPartsAnswer | None = None

    @field_serializer("signed")
    def _without_what_does_not_apply(self, signed: part_schemas.SignedPartsAnswer | None) -> dict[str, Any] | None:
        return signed and signed.model_dump(exclude_none=True)


class Obstacle(BaseModel):
    """What a browser met on its way to the store."""

    reason: obstacles.Reason
    status: Annotated[int, EXACT] = Field(ge=0, le=599, description="of the answer; 0 where there was none")
    host: str = Field(max_length=300, description="of the store: scheme, name and port")


TOKEN = r"^[A-Za-z0-9_-]{1,64}$"
"""What an engine calls something of its own."""


class NewHold(BaseModel):
    """A handover that is to be held back."""

    registration: str = Field(pattern=TOKEN, description="what the browser calls the handover")
    uploads: list[Annotated[str, Field(min_length=1, max_length=64)]] = Field(
        min_length=1, max_length=1000, description="the ids of all uploads of which something is in it"
    )
    stream: str = Field(pattern=TOKEN, description="the id with which the engine opens its stream of events")


class HoldAnswer(BaseModel):
    """Whether it is held back."""

    held: bool = Field(description="false: the browser was let go before, and sends")


class SharedAnswer(BaseModel):
    """What the link shows to anybody."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    size: int
    type: str
    state: str
    percent: int
    created_at: Moment
    completed_at: Moment | None
    download_url: str | None
    scan: str
    error: ErrorAnswer | None
    preview: str = Field(description="`picture`, `pdf`, `audio`, `video`, `text`, or empty when there is none")
    preview_url: str | None


class LinkLimits(BaseModel):
    """What the owner allows whoever has the link."""

    revoked: StrictBool = False
    until: Moment | None = Field(default=None, description="ISO 8601; null is for ever")
    downloads_left: Annotated[int, Field(ge=0, le=MAX_DOWNLOADS), EXACT] | None = Field(
        default=None, description="null is any number"
    )


class LinkAnswer(LinkLimits):
    """The link, and what its owner allows."""

    model_config = ConfigDict(from_attributes=True)

    url: str
    token: str


class WatchAnswer(BaseModel):
    """Whether the visitor is told."""

    watching: bool


class PushKey(BaseModel):
    """The application server key (RFC 8292)."""

    key: str = Field(description="base64url of the uncompressed point")


class SubscriptionKeys(BaseModel):
    """The browser's keys (RFC 8291), base64url."""

    p256dh: str = Field(max_length=128)
    auth: str = Field(max_length=64)


class OldSubscription(BaseModel):
    """What tells a browser's subscription from all others."""

    endpoint: str = Field(max_length=4096)


class NewSubscription(OldSubscription):
    """What `PushSubscription.toJSON()` gives in the browser; its expiration time is of no use here."""

    model_config = ConfigDict(extra="ignore")

    keys: SubscriptionKeys


class ClientSettings(BaseModel):
    """What the browser half has to know."""

    wait_threshold_seconds: int
    max_file_size: int | None
    allowed_types: list[str]
    max_parallel_parts: int
    handover: bool = Field(description="whether the store takes the forms of a handover")
    owner: str = Field(description="the same for the same owner, and good for nothing else")
    abandon_after_days: int = Field(description="how long an upload that stands still is kept")
    ask_on_metered_mb: int = Field(
        description="above so many MB a browser asks before it sends them over a line that costs money; 0 is never"
    )
    sign_in: str = Field(default="", description="where one signs in; empty where nobody has said that")
    signed_in: bool = Field(default=True, description="whether the owner may do anything now")
    stores: list[str] = Field(default=[], description="where parts go, for a page to connect to ahead")
    anonymous: bool = Field(
        default=False, description="whether who signs in now goes on with what was picked in the same tab before"
    )


class Me(BaseModel):
    """Who is here."""

    signs_in: bool = Field(description="whether people sign in with the site itself")
    signed_in: bool = False
    name: str = Field(default="", description="as the identity provider has it")
    admin: bool = False
    left: int = Field(default=0, description="uploads that can be taken along")


class TakeOver(BaseModel):
    """The answer to whether to."""

    take: StrictBool = True


class TakenOver(BaseModel):
    """How many there were."""

    taken: int


class SignedOut(BaseModel):
    """Where the browser goes now."""

    to: str = Field(description="to sign out at the identity provider as well; empty where there is nothing")


class NoticeSettings(BaseModel):
    """How somebody is told of what happened."""

    model_config = ConfigDict(from_attributes=True)

    email: str = Field(description="confirmed; empty for none")
    asked: str = Field(description="waits for its confirmation; empty for none")
    mails: bool
    pushes: bool
    subscriptions: int = Field(description="browsers that take pushes")


class NoticeChange(BaseModel):
    """What is to be changed."""

    email: str | None = Field(default=None, max_length=400, description="empty removes it")
    mails: StrictBool | None = None
    pushes: StrictBool | None = None


class NewToken(BaseModel):
    """A token to be made."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(
        min_length=1,
        max_length=4 * LONGEST_NAME,
        description=f"by which its owner knows it: {LONGEST_NAME} characters at most, spaces around them aside",
    )
    scopes: list[Literal["upload", "read"]] = Field(
        min_length=1,
        max_length=2,
        description="`upload`: put files and go on with them; `read`: see and fetch what is there",
    )
    days: Annotated[int, EXACT] = Field(default=90, ge=1, le=MOST_DAYS, description="after which it ends")


class TokenAnswer(BaseModel):
    """A token, without its text."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = Field(description="within a minute")


class TokenList(BaseModel):
    """Those of the caller, the newest first."""

    tokens: list[TokenAnswer]


class MadeToken(TokenAnswer):
    """A new one."""

    token: str = Field(description="what a program sends as `Authorization: Bearer`; it is said this once")


class ProblemAnswer(BaseModel):
    """RFC 9457."""

    type: str
    title: str
    status: int
    code: str
    detail: str
