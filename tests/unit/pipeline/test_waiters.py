"""Whoever waits is woken when their own upload has ended, and by nothing else."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from smartupload_testing.wait import wait_for

from smartupload.pipeline.waiters import Waiters


def test_woken_alone() -> None:
    waiters = Waiters()
    with ThreadPoolExecutor(3) as pool:
        one, also_one, two = (pool.submit(waiters.wait, upload, 60) for upload in ("one", "one", "two"))
        wait_for(lambda: sum(map(len, waiters._waiting.values())) == 3, 30, "all to wait")  # pyright: ignore[reportPrivateUsage]
        waiters.wake("one")
        one.result(30)
        also_one.result(30)
        assert not two.done()
        assert waiters.ids() == {"two"}
        waiters.wake_all()
        two.result(30)
    assert waiters.ids() == set()


def test_nobody_is_remembered_who_has_gone() -> None:
    waiters = Waiters()
    waiters.wait("one", 0.001)
    assert waiters.ids() == set()
    waiters.wake("one")
