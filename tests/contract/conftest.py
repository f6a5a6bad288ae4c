"""The stores that the contract is held against."""

from __future__ import annotations

from typing import Any

import pytest

from smartupload.adapters.memory import MemoryStore
from tests.fixtures_store import seaweed, stack

__all__ = ["seaweed", "stack"]


@pytest.fixture(params=["memory", "memory that lists digests", "seaweedfs"])
def store(request: pytest.FixtureRequest) -> Any:
    """Each of them in turn."""
    if request.param == "seaweedfs":
        return request.getfixturevalue("seaweed")
    return MemoryStore(lists_digests="digests" in request.param)
