"""How many at once of one owner are worked on: no more than there are places, and nobody waits for another owner."""

from __future__ import annotations

import asyncio

import pytest

from smartupload.api.limits import places
from smartupload.api.limits.places import Places


async def crowd(found: Places, many: int, owner: str = "anna") -> int:
    """So many at once; the most that were inside at the same time."""
    inside = most = 0

    async def one() -> None:
        nonlocal inside, most
        async with found.of(owner):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(one() for _ in range(many)))
    return most


def test_no_more_than_there_are_places() -> None:
    assert asyncio.run(crowd(Places(3), 10)) == 3


def test_nobody_is_counted_with_nobody() -> None:
    assert asyncio.run(crowd(Places(3), 10, "")) == 10


def test_another_owner_does_not_wait() -> None:
    async def scene() -> None:
        found = Places(1)
        async with found.of("anna"):
            waiting = asyncio.create_task(crowd(found, 1))
            async with asyncio.timeout(10), found.of("ben"):
                assert not waiting.done()
        assert await waiting == 1
        assert not found._held, "nothing is kept of those who have gone"

    asyncio.run(scene())


@pytest.mark.parametrize(("many", "rests"), [(2, 0), (5, 3)])
def test_a_place_rests_while_more_wait(many: int, rests: int, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    async def scene() -> None:
        found, all_here = Places(2, rest=7.0, longest=0.2), asyncio.Event()

        async def one() -> None:
            async with found.of("anna"):
                await all_here.wait()

        tasks = [asyncio.create_task(one()) for _ in range(many)]
        asyncio.get_running_loop().call_soon(all_here.set)
        await asyncio.gather(*tasks)

    monkeypatch.setattr(places.asyncio, "sleep", sleep)
    asyncio.run(scene())
    assert len(slept) == rests
    assert all(0 <= seconds <= 0.2 for seconds in slept)
