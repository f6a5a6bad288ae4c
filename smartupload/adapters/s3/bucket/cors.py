"""Which CORS rules a bucket needs for pages of ours, read as S3 reads them: the first rule that fits an origin and a method decides."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

METHODS = ("PUT", "GET", "HEAD", "POST")
EXPOSED = ("ETag", "x-amz-checksum-sha256")
"""What pages read of the answer to a part: without it they cannot tell the store from somebody else's page."""
SENT = ("content-type", "x-amz-checksum-sha256")
_MAX_AGE = 7200

Rule = Mapping[str, Any]


def rule(origins: Sequence[str], also_exposed: Sequence[str] = ()) -> dict[str, Any]:
    """What pages of these origins need."""
    exposed = {name.lower(): name for name in (*also_exposed, *EXPOSED)}
    return {
        "AllowedOrigins": list(origins),
        "AllowedMethods": list(METHODS),
        "AllowedHeaders": ["*"],
        "ExposeHeaders": list(exposed.values()),
        "MaxAgeSeconds": _MAX_AGE,
    }


def lacking(rules: Sequence[Rule], origin: str, headers: Sequence[str]) -> str:
    """What pages of this origin, which send these headers, are not let do; empty when all is well."""
    for method in METHODS:
        fitting = [one for one in rules if _fits(one, origin, method)]
        if not fitting:
            return f"{method} is not allowed"
        if method != "PUT":
            continue
        if not any(_allows(one, headers) for one in fitting):
            missing = [name for name in headers if not any(_allows(one, [name]) for one in fitting)]
            return f"the header {(missing or headers)[0]} is not allowed"
        told = {str(name).lower() for name in fitting[0].get("ExposeHeaders", ())}
        for name in EXPOSED:
            if name.lower() not in told:
                return f"the header {name} is not exposed"
    return ""


def merged(rules: Sequence[Rule], origins: Sequence[str]) -> list[Rule]:
    """The rules that are there, and ours before them: what they expose to these origins stays exposed."""
    there = [one for one in rules if any(_matches(one.get("AllowedOrigins", ()), origin) for origin in origins)]
    exposed = [str(name) for one in there for name in one.get("ExposeHeaders", ())]
    return [rule(origins, exposed), *rules]


def _fits(one: Rule, origin: str, method: str) -> bool:
    return method in one.get("AllowedMethods", ()) and _matches(one.get("AllowedOrigins", ()), origin)


def _allows(one: Rule, headers: Sequence[str]) -> bool:
    allowed = [str(name).lower() for name in one.get("AllowedHeaders", ())]
    return all(_matches(allowed, name.lower()) for name in headers)


def _matches(patterns: Sequence[str], text: str) -> bool:
    """A star stands for any letters."""
    return any(re.fullmatch(".*".join(re.escape(piece) for piece in one.split("*")), text) for one in patterns)
