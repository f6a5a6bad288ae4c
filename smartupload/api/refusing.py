"""How a websocket is refused before it is open: with the same problem as a request, where the server can say it."""

from __future__ import annotations

from starlette.types import Receive, Scope, Send

from smartupload.api.errors import problem_response
from smartupload.errors import Problem

_REFUSED = 1008
"""Against the rules (RFC 6455, section 7.4.1); before the handshake servers make 403 of it."""


async def refuse_socket(problem: Problem, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer the handshake with the problem."""
    await receive()  # websocket.connect
    if "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close", "code": _REFUSED, "reason": problem.code})
        return
    response = problem_response(problem)
    await send(
        {"type": "websocket.http.response.start", "status": response.status_code, "headers": response.raw_headers}
    )
    await send({"type": "websocket.http.response.body", "body": response.body})
