"""How an answer is cut off on purpose: it has no end, which its client notices, and the server writes no fault of it into the log."""

from __future__ import annotations

import logging
from contextvars import ContextVar

_cut = ContextVar("_cut", default=False)
"""Set where uvicorn finds it afterwards, since each request has a task of its own."""


class _Meant(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        """See logging.Filter."""
        return not (_cut.get() and record.msg == "ASGI callable returned without completing response.")


_MEANT = _Meant()


def cut_off() -> None:
    """What this request is answered stays without an end; nothing is sent after that. ASGI has no message for it."""
    _cut.set(True)
    logging.getLogger("uvicorn.error").addFilter(_MEANT)
