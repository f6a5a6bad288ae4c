"""What somebody with a drop link and no account may ask: who gets the cookie that they are known by, and which routes it opens."""

from __future__ import annotations

import re

from starlette.types import Scope

from smartupload.api.addresses import path_of

_ID = r"/api/uploads/[^/]+"
SENDS = (
    # Their own uploads, until these have arrived; of a new one the link is asked (service/drops).
    r"(GET|POST) /api/uploads",
    rf"(GET|DELETE) {_ID}",
    rf"POST {_ID}/(parts|handover|complete|pause|resume|claim)",
    rf"PUT {_ID}/parts/[^/]+/relay",
    r"POST /api/batch/(create|sign|complete|cancel|tell)",
    r"POST /api/obstacles",
    r"GET /api/events",
    r"POST /api/holds",
    r"GET /api/holds/[^/]+/[^/]+/[^/]+",
    r"GET /api/client-settings",
    r"GET /api/drop/[^/]+",
)
"""Method and path. What is not in it is closed to them."""
_SENDS = re.compile("|".join(f"(?:{one})" for one in SENDS))
_BEGINS = re.compile(r"/drop/[^/]+|/api/drop/[^/]+")


def is_sending(scope: Scope) -> bool:
    """Whether it is something that sending takes. What comes by a websocket is not: see state/gate."""
    if scope["type"] != "http":
        return False
    method = "GET" if scope["method"] == "HEAD" else scope["method"]
    return _SENDS.fullmatch(f"{method} {path_of(scope)}") is not None


def begins(scope: Scope) -> bool:
    """Whether whoever has no cookie is given one there: nowhere but behind a link."""
    return scope["type"] == "http" and scope["method"] == "GET" and _BEGINS.fullmatch(path_of(scope)) is not None
