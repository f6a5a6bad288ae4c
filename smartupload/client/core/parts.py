"""Which parts of one upload are confirmed, which are taken by a thread, and which goes out next."""

from __future__ import annotations

from collections.abc import Iterable


class Parts:
    """The parts of one file of `size` bytes, numbered from 1. Not for several threads at once: whoever has it holds a lock."""

    def __init__(self, size: int, part_size: int, confirmed: Iterable[int] = ()) -> None:
        self.size = size
        self.part_size = part_size
        self.count = -(-size // part_size)
        self._confirmed = set(confirmed)
        self._taken: set[int] = set()
        self._next = 1

    def span(self, number: int) -> tuple[int, int]:
        """Where a part begins, and how many bytes it has."""
        start = (number - 1) * self.part_size
        return start, min(self.part_size, self.size - start)

    def take(self) -> int | None:
        """The next part that nobody has; None when there is none now."""
        while self._next <= self.count:
            number = self._next
            self._next += 1
            if number not in self._confirmed and number not in self._taken:
                self._taken.add(number)
                return number
        return None

    def confirm(self, number: int) -> None:
        """The store has it."""
        self._taken.discard(number)
        self._confirmed.add(number)

    def begin_anew(self) -> None:
        """Nothing confirmed counts any more; what is taken stays with whoever has it."""
        self._confirmed.clear()
        self._next = 1

    @property
    def are_all_confirmed(self) -> bool:
        """Whether nothing is left to send."""
        return len(self._confirmed) == self.count

    @property
    def left(self) -> int:
        """How many parts are not confirmed."""
        return self.count - len(self._confirmed)

    @property
    def confirmed_bytes(self) -> int:
        """Bytes of the confirmed parts."""
        full = len(self._confirmed) * self.part_size
        return full - (self.count * self.part_size - self.size) if self.count in self._confirmed else full
