"""Which fields a signed form leaves to whoever holds it: none, also before a store that looks for fewer than the rules of S3 want."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

EMPTY = (
    "success_action_redirect",
    "redirect",
    "acl",
    "Content-Type",
    "Content-Disposition",
    "Content-Encoding",
    "Cache-Control",
    "Expires",
)
"""By the rules of S3 a form is refused that has a field which its policy does not name. SeaweedFS holds only fields of `x-amz-` to that,
and takes a condition on these for met when they are not there. Other stores may want a field that a condition names."""


def conditions(size: int, names_empty: bool) -> Sequence[Any]:
    """What a policy says beside the values of the form's own fields. `names_empty`: the store is one of SeaweedFS."""
    length = ["content-length-range", size, size]
    return [length, *(["eq", f"${name}", ""] for name in EMPTY)] if names_empty else [length]
