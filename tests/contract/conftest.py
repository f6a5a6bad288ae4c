"""The stores that the contract is held against."""

from tests.fixtures_store import seaweed, stack

__all__ = ["seaweed", "stack"]
