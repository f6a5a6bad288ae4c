"""How long a client may take to say what it wants, and how many connections one address may hold: uvicorn's own protocol, with that added."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from typing import Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol

from smartupload.api.limits.address import Network, is_trusted, site_of

LINGER = 2.0
"""Seconds for which more of a body is taken after its request was answered, such as one that is refused by its header. A browser reads the answer
once its body is through, or the connection is reset: at once it might be lost with it, later a browser would send for nothing."""


def limited(seconds: float, most: int, trusted: Sequence[Network] = ()) -> type[asyncio.Protocol]:
    """The protocol of a server.

    A connection on which no request is under way is closed after so many `seconds` unless the header of one has come to its end by
    then: also when nothing comes. The rest of a body that nobody waits for has LINGER. `most`: of one address at a time, but for proxies that
    are `trusted`, through which many come. Websockets are counted elsewhere (api/limits/connections.py), and the time of a body (api/guard.py).
    """
    held: Counter[str] = Counter()
    # By httptools or h11, which have the same names for what is used here; h11 does not tell of the end of a body, and cuts after it, too.
    base: Any = AutoHTTPProtocol

    class Limited(base):
        _late: asyncio.TimerHandle | None = None
        _from = ""

        def connection_made(self, transport: asyncio.Transport) -> None:
            super().connection_made(transport)
            peer = transport.get_extra_info("peername")
            address = str(peer[0]) if isinstance(peer, tuple) and peer else ""
            if address and not is_trusted(address, trusted):
                site = site_of(address)
                if held[site] >= most:
                    transport.abort()
                    return
                held[site] += 1
                self._from = site
            self._expects_header()

        def data_received(self, data: bytes) -> None:
            if self._is_idle():
                self._expects_header()
            super().data_received(data)
            if not self._is_idle():
                self._has_header()

        def on_response_complete(self) -> None:
            super().on_response_complete()
            if self._is_idle() and self.cycle is not None and self.cycle.more_body:
                self._has_header()
                self._late = asyncio.get_running_loop().call_later(min(LINGER, seconds), self._is_late)

        def on_message_complete(self) -> None:
            super().on_message_complete()
            if self.cycle is not None and self.cycle.response_complete:
                self._has_header()
                self._expects_header()

        def handle_websocket_upgrade(self, *given: Any) -> None:
            # From here on it is another protocol's, and this one hears of it no more.
            self._let_go()
            super().handle_websocket_upgrade(*given)

        def connection_lost(self, exc: Exception | None) -> None:
            self._let_go()
            super().connection_lost(exc)

        def _is_idle(self) -> bool:
            return self.cycle is None or self.cycle.response_complete

        def _expects_header(self) -> None:
            if self._late is None:
                self._late = asyncio.get_running_loop().call_later(seconds, self._is_late)

        def _has_header(self) -> None:
            if self._late is not None:
                self._late.cancel()
                self._late = None

        def _is_late(self) -> None:
            self._late = None
            if self._is_idle() and not self.transport.is_closing():
                self.transport.abort()

        def _let_go(self) -> None:
            self._has_header()
            if self._from:
                held[self._from] -= 1
                if held[self._from] <= 0:
                    del held[self._from]
                self._from = ""

    return Limited
