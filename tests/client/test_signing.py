"""Signing: one call for all that wait, and everybody hears its own."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from smartupload_testing.wait import wait_for

from smartupload.client.core.answers import Grant
from smartupload.client.sending import threads_for
from smartupload.client.signing import Signed, Signing

MIB = 1024 * 1024


class Server:
    """Answers when it is let; keeps what it was asked."""

    def __init__(self) -> None:
        self.calls: list[list[int]] = []
        self.may_answer = threading.Event()
        self.fails: BaseException | None = None

    def sign(self, claims: Sequence[Mapping[str, Any]]) -> Mapping[int, Grant]:
        self.calls.append([claim["number"] for claim in claims])
        assert self.may_answer.wait(10)
        if self.fails is not None:
            raise self.fails
        return {claim["number"]: Grant(1, False, (f"u{claim['number']}",)) for claim in claims if claim["number"] != 7}


def asked(server: Server, numbers: Sequence[int]) -> list[Signed | None]:
    """The first call is under way when the others ask."""
    signing = Signing(server.sign)
    with ThreadPoolExecutor(len(numbers)) as pool:
        first = pool.submit(signing.ask, numbers[0], 1, "x")
        wait_for(lambda: server.calls, 5, "the first call")
        others = [pool.submit(signing.ask, number, 1, "x") for number in numbers[1:]]
        wait_for(lambda: len(signing._calls._waiting) == len(others), 5, "the others to wait")
        server.may_answer.set()
        return [one.result(10) for one in (first, *others)]


def test_what_is_asked_meanwhile_goes_with_the_next_call() -> None:
    server = Server()
    answers = asked(server, range(1, 7))
    assert [one.grant.urls for one in answers if one] == [(f"u{number}",) for number in range(1, 7)]
    assert [sorted(call) for call in server.calls] == [[1], [2, 3, 4, 5, 6]]


def test_more_than_one_call_takes() -> None:
    server = Server()
    assert all(asked(server, range(101, 161)))
    assert [len(call) for call in server.calls] == [1, 50, 9]


def test_what_is_not_signed_is_none() -> None:
    assert [one is None for one in asked(Server(), [7, 8])] == [True, False]


def test_a_failure_is_everybodys_in_the_call() -> None:
    server = Server()
    server.fails = RuntimeError("no")
    with pytest.raises(RuntimeError, match="no"):
        asked(server, [1, 2, 3])


def test_how_many_threads() -> None:
    assert threads_for(8 * MIB, 1000, 6) == (8, 6)
    assert threads_for(8 * MIB, 1, 6) == (1, 1)
    assert threads_for(8 * MIB, 3, 1) == (3, 1)
    assert threads_for(64 * MIB, 1000, 6) == (4, 4)
    assert threads_for(525 * MIB, 10_000, 6) == (1, 1)
