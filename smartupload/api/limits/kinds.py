"""The rates: which request counts as what, how much it costs, and how much is taken from one owner and from one address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

SECONDS = 600
"""Of every rate. So long somebody waits at most who has used all of it at once, which is as good as spread over the time."""


Whose = Literal["owner", "address"]


@dataclass(frozen=True, slots=True)
class Kind:
    """Times within `SECONDS`, for one owner, and for all who come from one address: a school, an office, a provider's gateway."""

    name: str
    owner: int
    address: int

    def most(self, whose: Whose, factor: float) -> int:
        """Times the factor of the settings."""
        return max(1, round(getattr(self, whose) * factor))


# Somebody who drops 10,000 files begins, signs and completes each of them, and looks at each after a return.
CREATES = Kind("creates", 12_000, 24_000)
SIGNS = Kind("signs", 60_000, 240_000)
COMPLETES = Kind("completes", 24_000, 48_000)
READS = Kind("reads", 24_000, 96_000)
CHANGES = Kind("changes", 12_000, 48_000)
DOWNLOADS = Kind("downloads", 600, 3_000)
STREAMS = Kind("streams", 300, 3_000)
MAILS = Kind("mails", 10, 30)
SOCKETS = Kind("sockets", 300, 3_000)
MESSAGES = Kind("messages", 6_000, 60_000)
KINDS = (CREATES, SIGNS, COMPLETES, READS, CHANGES, DOWNLOADS, STREAMS, MAILS, SOCKETS, MESSAGES)

_UPLOAD = "/api/uploads/{upload_id}"
_WITH_BODY = {
    ("POST", "/api/batch/create"): CREATES,
    ("POST", "/api/batch/sign"): SIGNS,
    ("POST", f"{_UPLOAD}/parts"): SIGNS,
    ("POST", f"{_UPLOAD}/handover"): SIGNS,
    ("POST", "/api/batch/complete"): COMPLETES,
    ("POST", "/api/batch/cancel"): CHANGES,
    ("PUT", "/api/notifications"): MAILS,
}
_ALONE = {
    ("POST", "/api/uploads"): CREATES,
    ("POST", f"{_UPLOAD}/complete"): COMPLETES,
    ("GET", "/api/events"): STREAMS,
    ("PUT", f"{_UPLOAD}/parts/{{number}}/relay"): SIGNS,
    # Said every few seconds, and nothing is written down.
    ("POST", "/api/batch/tell"): READS,
}
_FREE = ("/healthz", "/readyz")
"""A probe that is refused takes a machine out of service."""


def needs_body(method: str, route: str) -> bool:
    """Whether what it costs stands in the body."""
    return (method, route) in _WITH_BODY


def kind_of(method: str, route: str, body: Mapping[str, Any]) -> tuple[Kind, int] | None:
    """What a request to this route is, and how many of it; None for what is not counted."""
    if route in _FREE:
        return None
    kind = _WITH_BODY.get((method, route))
    if kind is MAILS:
        return (MAILS if body.get("email") else CHANGES), 1
    if kind is not None:
        return kind, _items(body)
    kind = _ALONE.get((method, route))
    if kind is not None:
        return kind, 1
    if method not in ("GET", "HEAD"):
        return CHANGES, 1
    return (DOWNLOADS if route.endswith(("/download", "/preview")) else READS), 1


def _items(body: Mapping[str, Any]) -> int:
    """Files, uploads, or parts of all uploads together. What is not understood is one: it is refused anyway."""
    for name in ("files", "ids", "parts"):
        if isinstance(found := body.get(name), list):
            return max(1, len(found))  # pyright: ignore[reportUnknownArgumentType]
    uploads = body.get("uploads")
    each = [one.get("parts") for one in uploads if isinstance(one, dict)] if isinstance(uploads, list) else []
    return max(1, sum(len(parts) for parts in each if isinstance(parts, list)))
