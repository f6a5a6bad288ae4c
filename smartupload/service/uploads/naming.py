"""What a file is called here and which type it has then: by our own rules, then as the app around says; the same for a new file and for one with another name."""

from __future__ import annotations

from dataclasses import replace

import structlog

from smartupload import hooks
from smartupload.errors import BadName, HookFault, HookUnavailable, UploadRefused
from smartupload.ports import Hooks
from smartupload.service.context import Context
from smartupload.service.files import kinds, limits, media_types, names

log = structlog.get_logger("smartupload.service")


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
