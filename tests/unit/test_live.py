"""Changes from any thread reach the loop: none is lost, and a crowd of them is one."""

from __future__ import annotations

import asyncio
import threading

from smartupload.adapters.live import LiveQueue


def test_what_changed_before_anybody_looked_is_not_lost() -> None:
    live = LiveQueue()
    live.changed("anna")
    live.changed("ben")
    live.changed("anna")

    async def look() -> list[str]:
        return [await live.next(), await live.next()]

    assert asyncio.run(look()) == ["anna", "ben"]


def test_whoever_waits_is_woken_from_another_thread() -> None:
    live = LiveQueue()

    async def look() -> str:
        waiting = asyncio.create_task(live.next())
        await asyncio.sleep(0)
        assert not waiting.done()
        thread = threading.Thread(target=live.changed, args=("anna",))
        thread.start()
        thread.join()
        return await asyncio.wait_for(waiting, 5)

    assert asyncio.run(look()) == "anna"


def test_giving_up_waiting_loses_nothing() -> None:
    live = LiveQueue()

    async def look() -> str:
        waiting = asyncio.create_task(live.next())
        await asyncio.sleep(0)
        live.changed("anna")
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        return await asyncio.wait_for(live.next(), 5)

    assert asyncio.run(look()) == "anna"


def test_many_threads_and_owners() -> None:
    live = LiveQueue()
    owners = {f"owner {number}" for number in range(200)}

    async def look() -> set[str]:
        threads = [threading.Thread(target=live.changed, args=(owner,)) for owner in owners]
        for thread in threads:
            thread.start()
        seen: set[str] = set()
        async with asyncio.timeout(10):
            while seen != owners:
                seen.add(await live.next())
        return seen

    assert asyncio.run(look()) == owners


def test_a_loop_that_is_closed_does_no_harm() -> None:
    live = LiveQueue()

    async def look() -> None:
        waiting = asyncio.create_task(live.next())
        await asyncio.sleep(0)
        waiting.cancel()

    asyncio.run(look())
    live.changed("anna")
