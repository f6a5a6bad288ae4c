"""What the audit log says of a start: which settings are not as they come, and none of the secrets among them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from smartupload.service.audit import entries
from smartupload.service.context import Context
from smartupload.settings import Settings

_ADDRESSES = frozenset({"database_url", "s3_endpoint_url", "webhook_url", "events_queue_url", "clamd_url"})
"""They may hold a password, or a token in their path or query."""
_SECRETS = frozenset({"s3_access_key_id"})


def note(ctx: Context) -> None:
    """Write that this process has started, and with what."""
    entries.note(ctx, entries.STARTED, {"settings": said(ctx.settings)})


def said(settings: Settings) -> dict[str, Any]:
    """The settings that somebody has set; of a secret only that it is there, of an address only where it leads."""
    found: dict[str, Any] = {}
    for name, field in Settings.model_fields.items():
        value: object = getattr(settings, name)
        if value == field.default:
            continue
        if not field.repr or name in _SECRETS:
            found[name] = "set"
        elif name in _ADDRESSES:
            parts = urlsplit(str(value))
            found[name] = f"{parts.scheme}://{parts.hostname or ''}"
        else:
            found[name] = value if isinstance(value, (int, str, bool)) else str(value)
    return found
