"""How a size is read here, in powers of 1000, or of 1024 with an i, as the settings of the server half have it; and how it is written in a page."""

import re

from reflex_base.vars.base import Var

from .actions import direct

_UNITS = {"": 1, "b": 1, "bytes": 1} | {
    letter + suffix: base**power
    for power, letter in enumerate("kmgt", start=1)
    for suffix, base in (("", 1000), ("b", 1000), ("ib", 1024), ("i", 1024))
}
_SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([a-z]*)", re.IGNORECASE)


def size_of(value: int | str) -> int:
    """Bytes of ``5_000_000`` or ``"5 MB"``. Raises ValueError when it is no size, or nothing."""
    if isinstance(value, str):
        match = _SIZE.fullmatch(value.strip())
        if match is None or match[2].lower() not in _UNITS:
            raise ValueError(f"{value!r} is no size: write it like 5_000_000, '5 MB' or '2 GiB'")
        value = int(float(match[1]) * _UNITS[match[2].lower()])
    if isinstance(value, bool) or not isinstance(value, int):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"{value!r} is no size: write it like 5_000_000, '5 MB' or '2 GiB'")
    if value <= 0:
        raise ValueError("a size is more than nothing")
    return value


def size_text(size: int) -> Var[str]:
    """``5 MB`` or ``1.5 GB``, as the cards write a limit."""
    return direct("roundSizeText").call(size).to(str)
