"""What a line does with one request that a rule is about, and with the answers that come back."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Coroutine
from typing import Any, NamedTuple

from smartupload_testing.line.part import Put, Request
from smartupload_testing.line.rules import Rule

CHUNK = 64 * 1024
END = b"\r\n\r\n"


class Passed(NamedTuple):
    """A request that was passed on, and what is to become of its answer."""

    put: Put | None
    rule: Rule | None


async def both_ways(far: asyncio.StreamWriter, *halves: Coroutine[Any, Any, None]) -> None:
    """Until one of them has come to its end: then the other goes on no more, and the far side is let go."""
    tasks = [asyncio.ensure_future(half) for half in halves]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        far.transport.abort()


async def swallow(_: bytes) -> None:
    """For a body that nobody gets."""


def meets(rule: Rule, back: asyncio.StreamWriter) -> bool:
    """Whether the rule answers the request; one that cuts it later is set going. Raises ConnectionError for one that is blocked."""
    if rule.block:
        raise ConnectionError(f"blocked by {rule.text}")
    if rule.cut_seconds >= 0:
        asyncio.get_running_loop().call_later(rule.cut_seconds, back.transport.abort)
    return rule.answers


async def answer(
    rule: Rule, reader: asyncio.StreamReader, back: asyncio.StreamWriter, request: Request, put: Put | None
) -> None:
    """In the place of the other side. Raises ConnectionError after one that came early, since the body is not read."""
    if put is not None:
        put.dropped = True
    back.write(rule.answer())
    await back.drain()
    if rule.early:
        # What still comes is read for a moment, or the answer would be lost with the connection.
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(reader.readexactly(request.length), 1)
        raise ConnectionError(f"answered by {rule.text}")


async def pass_answers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, waiting: list[Passed]) -> None:
    """To whoever asked, as they are, but for what rules take away."""
    held = False
    while data := await reader.read(4 * CHUNK):
        if waiting and data.startswith(b"HTTP/1."):
            put, rule = waiting.pop(0)
            if put is not None:
                put.status = int(data[9:12])
                put.ended = time.monotonic()
            held = rule is not None and rule.hold
            if rule is not None and rule.strip:
                if END not in data:
                    data += await reader.readuntil(END)
                head, _, rest = data.partition(END)
                data = rule.stripped(head) + END + rest
        if held:
            continue
        writer.write(data)
        await writer.drain()
