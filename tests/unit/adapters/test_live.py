"""Changes from any thread reach the loop: none is lost, and a crowd of them is one."""

from __future__ import annotations

import asyncio
import threading

from smartupload.adapters.live import LiveHub, LiveQueue


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


def test_ears_hear_of_their_owner_only_and_the_queue_of_all() -> None:
    async def look() -> None:
        hub = LiveHub()
        with hub.subscribe("anna") as anna, hub.subscribe("anna") as other, hub.subscribe("ben") as ben:
            assert hub.subscribers() == {"anna": 2, "ben": 1}
            with hub.subscribe("") as nobody:
                assert hub.subscribers() == {"anna": 2, "ben": 1}, "it only hears of the end"
                hub.changed("anna")
                assert not await nobody.wait(0)
                nobody.wake()
                assert await nobody.wait(5)
                assert not nobody.ended
            thread = threading.Thread(target=hub.changed, args=("anna",))
            thread.start()
            thread.join()
            assert await anna.wait(10)
            assert await other.wait(10)
            assert not await ben.wait(0.01)
            assert await hub.next() == "anna"
        assert hub.subscribers() == {}

    asyncio.run(look())


def test_a_crowd_of_changes_is_one_and_those_of_before_count() -> None:
    async def look() -> None:
        hub = LiveHub()
        with hub.subscribe("anna") as subscription:
            for _ in range(1000):
                hub.changed("anna")
            assert await subscription.wait(10)
            assert not await subscription.wait(0.01)

    asyncio.run(look())


def test_one_more_than_an_owner_may_have_ends_the_oldest() -> None:
    async def look() -> None:
        hub = LiveHub(most=2)
        first, second = hub.subscribe("anna"), hub.subscribe("anna")
        waiting = asyncio.create_task(first.wait(60))
        third = hub.subscribe("anna")
        assert await asyncio.wait_for(waiting, 10)
        assert [(subscription.ended, subscription.crowded) for subscription in (first, second, third)] == [
            (True, True),
            (False, False),
            (False, False),
        ]
        assert hub.subscribers() == {"anna": 2}

    asyncio.run(look())


def test_closing_ends_every_ear_also_those_that_come_later() -> None:
    async def look() -> None:
        hub = LiveHub()
        subscriptions = [hub.subscribe("anna"), hub.subscribe("ben")]
        waiting = [asyncio.create_task(subscription.wait(60)) for subscription in subscriptions]
        await asyncio.sleep(0)
        thread = threading.Thread(target=hub.close)
        thread.start()
        thread.join()
        assert await asyncio.wait_for(asyncio.gather(*waiting), 10) == [True, True]
        late = hub.subscribe("anna")
        assert await late.wait(10)
        assert [(subscription.ended, subscription.crowded) for subscription in (*subscriptions, late)] == [
            (True, False)
        ] * 3
        assert hub.subscribers() == {}

    asyncio.run(look())


def test_a_visit_counts_for_a_while() -> None:
    hub = LiveHub(visit=3600)
    assert hub.visited() == set()
    hub.visit("anna")
    hub.visit("anna")
    assert hub.visited() == {"anna"}
    assert hub.subscribers() == {}
    over = LiveHub(visit=0)
    over.visit("anna")
    assert over.visited() == set()
