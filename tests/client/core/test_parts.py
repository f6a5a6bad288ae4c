"""Which part goes next, and how much is confirmed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from smartupload.client.core.parts import Parts


def test_the_parts_of_a_file() -> None:
    parts = Parts(25, 10)
    assert parts.count == 3
    assert [parts.span(number) for number in (1, 2, 3)] == [(0, 10), (10, 10), (20, 5)]
    assert Parts(20, 10).span(2) == (10, 10)


def test_each_is_taken_once_and_those_that_are_there_never() -> None:
    parts = Parts(45, 10, confirmed={2})
    assert [parts.take() for _ in range(5)] == [1, 3, 4, 5, None]


def test_what_is_confirmed_no_longer_is_taken_again_but_for_what_somebody_has() -> None:
    parts = Parts(45, 10)
    for _ in range(3):
        parts.take()
    parts.confirm(1)
    parts.confirm(2)
    parts.begin_anew()
    assert (parts.confirmed_bytes, parts.left) == (0, 5)
    assert [parts.take() for _ in range(5)] == [1, 2, 4, 5, None]
    parts.confirm(3)
    assert parts.left == 4


@given(size=st.integers(1, 1000), part_size=st.integers(1, 100), data=st.data())
def test_bytes_and_parts_agree(size: int, part_size: int, data: st.DataObject) -> None:
    parts = Parts(size, part_size)
    confirmed = data.draw(st.sets(st.integers(1, parts.count)))
    for number in confirmed:
        parts.confirm(number)
    assert parts.confirmed_bytes == sum(parts.span(number)[1] for number in confirmed)
    assert parts.left == parts.count - len(confirmed)
    assert parts.are_all_confirmed == (parts.confirmed_bytes == size)
