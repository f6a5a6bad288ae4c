"""How long a form that a browser was given is good."""

from __future__ import annotations

from datetime import timedelta

from smartupload.service.context import Context

_LONGEST = timedelta(days=7)
"""No signature lives longer (AWS Signature Version 4)."""


def lifetime(ctx: Context) -> timedelta:
    """As long as the upload is kept, if a signature lives that long."""
    return min(timedelta(days=ctx.settings.abandon_after_days), _LONGEST)
