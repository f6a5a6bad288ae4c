"""When a store is asked: as long as it answers, and again soon after it does."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

import pytest
from botocore.exceptions import BotoCoreError, EndpointConnectionError

from smartupload.adapters.s3.circuit import FEW, SILENT, Circuit, Silent


class Clock:
    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def circuit(clock: Clock) -> Circuit:
    return Circuit(clock)


def runs_out(circuit: Circuit, clock: Clock, seconds: float = 10) -> None:
    """A call that is not answered in time."""
    call = circuit.call()
    call.__enter__()
    clock.at += seconds
    ends_unanswered(call)


def ends_unanswered(call: contextlib.AbstractContextManager[None]) -> None:
    error = EndpointConnectionError(endpoint_url="x")
    with contextlib.suppress(BotoCoreError):
        call.__exit__(type(error), error, None)


def is_asked(circuit: Circuit) -> bool:
    try:
        with circuit.call():
            return True
    except Silent:
        return False


def test_a_store_that_refuses_at_once_is_asked_on(circuit: Circuit, clock: Clock) -> None:
    for _ in range(5):
        runs_out(circuit, clock, seconds=0.1)
    assert is_asked(circuit)


def test_after_a_silence_it_is_asked_ever_more_seldom_until_it_answers(circuit: Circuit, clock: Clock) -> None:
    waits: list[float] = []
    runs_out(circuit, clock)
    for _ in range(6):
        began = clock.at
        looking = circuit.call()
        while True:
            try:
                looking.__enter__()
                break
            except Silent:
                clock.at += 0.5
                looking = circuit.call()
        waits.append(clock.at - began)
        assert not is_asked(circuit), "one looks, the others wait"
        clock.at += 10
        ends_unanswered(looking)
    assert waits == [0.5, 1, 2, 4, 5, 5]
    clock.at += 5
    assert is_asked(circuit)
    assert is_asked(circuit)


def asked(circuit: Circuit, many: int) -> Sequence[contextlib.AbstractContextManager[None]]:
    """So many calls under way, for as long as somebody holds them."""
    calls = [circuit.call() for _ in range(many)]
    for call in calls:
        call.__enter__()
    return calls


def test_it_is_silent_before_the_first_has_given_up(circuit: Circuit, clock: Clock) -> None:
    calls = asked(circuit, FEW)
    assert is_asked(circuit)
    clock.at += SILENT
    with circuit.call():
        assert not is_asked(circuit), "one looks already"
    assert is_asked(circuit), "the one that looked was answered"
    assert len(calls) == FEW


def test_few_wait_for_one_that_is_slow(circuit: Circuit, clock: Clock) -> None:
    for _ in range(3):
        calls = asked(circuit, FEW - 1)
        clock.at += SILENT + 1
        assert is_asked(circuit)
        for call in calls:
            clock.at += 1
            call.__exit__(None, None, None)


@pytest.mark.parametrize(("seconds", "is_waited_for"), [(7.9, True), (8, False)])
def test_one_that_is_known_to_be_slow_is_waited_for_by_all(
    circuit: Circuit, clock: Clock, seconds: float, is_waited_for: bool
) -> None:
    (first,) = asked(circuit, 1)
    clock.at += 4
    first.__exit__(None, None, None)
    calls = asked(circuit, 4 * FEW)
    clock.at += seconds
    with circuit.call():
        assert is_asked(circuit) == is_waited_for, "twice as long is silence"
    assert len(calls) == 4 * FEW


def test_what_may_take_long_says_nothing(circuit: Circuit, clock: Clock) -> None:
    with circuit.call(patient=True):
        clock.at += 30
        assert is_asked(circuit)


def test_what_may_take_long_is_no_look(circuit: Circuit, clock: Clock) -> None:
    runs_out(circuit, clock)
    clock.at += 60
    with pytest.raises(Silent), circuit.call(patient=True):
        raise AssertionError("it was asked")
    assert is_asked(circuit)


def test_those_that_began_together_count_once(circuit: Circuit, clock: Clock) -> None:
    calls = [circuit.call() for _ in range(8)]
    for call in calls:
        call.__enter__()
    clock.at += 10
    for call in calls:
        ends_unanswered(call)
    clock.at += 0.5
    assert is_asked(circuit)


def test_no_second_try_after_a_first_that_took_long(circuit: Circuit, clock: Clock) -> None:
    circuit.check_again()
    with circuit.call():
        circuit.check_again()
        clock.at += SILENT
        with pytest.raises(Silent):
            circuit.check_again()
    circuit.check_again()
