"""What a file is called here and which type it has then: by our own rules, then as the app around says; the same for a new file and for one with another name.

While a file is on its way it keeps its name: by name, size and date the browser that sends it knows it again.
"""

from __future__ import annotations

from dataclasses import replace

import structlog

from smartupload import hooks
from smartupload.errors import (
    BadName,
    HookFault,
    HookUnavailable,
    NotReady,
    StoreRefused,
    UploadNotFound,
    UploadRefused,
)
from smartupload.models import READY, SCANNING, SENDING, VERIFYING, Upload
from smartupload.ports import Hooks
from smartupload.service.audit import entries
from smartupload.service.context import Context
from smartupload.service.files import kinds, limits, media_types, names
from smartupload.service.presentation import downloads
from smartupload.service.presentation.views import UploadView, view
from smartupload.service.records import rows
from smartupload.words import Sentence

log = structlog.get_logger("smartupload.service")

_ON_ITS_WAY = (*SENDING, VERIFYING, SCANNING)


def named(ctx: Context, file: hooks.NewFile, head: bytes, was: str = "") -> hooks.NewFile:
    """The file with the name and media type that it has here; `head`: its first bytes, empty where nobody has them, `was`: its name so far.

    Raises BadName, TypeNotAllowed, TypeMismatch, UploadRefused, HookUnavailable.
    """
    here = _checked(ctx, file, names.clean(file.name), head, was)
    if ctx.hooks is None or not ctx.hooks.is_asked_first:
        return here
    name = _asked(ctx.hooks, here)
    return here if name == here.name else _checked(ctx, file, name, head, was)


def _checked(ctx: Context, file: hooks.NewFile, name: str, head: bytes, was: str) -> hooks.NewFile:
    kind = limits.clean_type(_said(file.type, name, was), name)
    kinds.check(ctx.settings, name, kind, head)
    return replace(file, name=name, type=kind)


def _said(declared: str, name: str, was: str) -> str:
    """What is said of its type. A browser says it by the extension, so with another one it is what the new name says, where that says anything."""
    if not was or media_types.extension_of(name) == media_types.extension_of(was):
        return declared
    return declared if media_types.named(name, media_types.UNKNOWN) == media_types.UNKNOWN else ""


def _asked(app: Hooks, seen: hooks.NewFile) -> str:
    """The name that the hooks give it. Raises UploadRefused, HookUnavailable."""
    try:
        if (other := app.file_name(seen)) is not None:
            try:
                seen = replace(seen, name=names.clean(other))
            except BadName as bad:
                raise HookFault(f"file_name gave {other[:80]!r}, of which no usable name is left") from bad
        refusal = app.may_upload(seen)
    except HookFault as fault:
        log.error("a name waits for a hook", cause=str(fault), exc_info=fault)
        raise HookUnavailable from fault
    if refusal is not None:
        raise UploadRefused(refusal)
    return seen.name


def rename_upload(ctx: Context, owner: str, upload_id: str, name: str) -> UploadView:
    """The name by which it is shown and saved from now on, as cleaned and checked as that of a new file.

    Raises UploadNotFound, NotReady, BadName, TypeNotAllowed, TypeMismatch, UploadRefused, HookUnavailable, StoreUnavailable.
    """
    row = rows.load_own(ctx, owner, upload_id)
    if row.state in _ON_ITS_WAY:
        raise NotReady(Sentence("problem-not_ready-name"), state=row.state)
    downloads.check_ready(row)
    head = _head(ctx, row)
    file = hooks.NewFile(
        row.owner, name, row.size, row.type, row.last_modified, hooks.Metadata(row.metadata_), row.uploader
    )
    here = named(ctx, file, head, row.name)
    if here.name == row.name:
        return view(ctx, row, owner)
    changed = rows.change(
        ctx,
        row,
        (READY,),
        audit=(entries.RENAMED, {}),
        name=here.name,
        name_key=names.key(here.name),
        type=here.type,
        sniffed=kinds.check(ctx.settings, here.name, here.type, head),
    )
    if changed is None:
        raise UploadNotFound  # deleted meanwhile
    return view(ctx, changed, owner)


def _head(ctx: Context, row: Upload) -> bytes:
    try:
        return b"".join(ctx.store.read(row.key, 0, kinds.wanted(row.size)))
    except StoreRefused as refused:
        if refused.code != "NoSuchKey":
            raise
        raise UploadNotFound from refused
