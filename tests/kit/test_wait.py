"""Waiting ends with the first true value, or with a sentence that says what did not come."""

from __future__ import annotations

import pytest
from smartupload_testing.wait import wait_for


def test_it_gives_the_first_true_value() -> None:
    values = iter([None, False, 0, "there", "later"])
    assert wait_for(lambda: next(values), 5, "a value", every=0) == "there"


def test_it_says_what_did_not_come_and_what_was_seen_last() -> None:
    with pytest.raises(AssertionError, match=r"waited 0 s for the moon; last seen: \[\]"):
        wait_for(list, 0, "the moon")
