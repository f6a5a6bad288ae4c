"""How a size reads, in powers of 1000 like the file managers."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_UNITS = ("bytes", "KB", "MB", "GB", "TB")


def size_text(size: int) -> str:
    """``2.14 GB`` for a size in bytes, exactly as ``client/core/view/messages.js`` writes it on the cards."""
    value, unit = float(size), 0
    while value >= 999.5 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    if unit == 0:
        return "1 byte" if size == 1 else f"{size} bytes"
    large = unit > 2
    places = 0 if value >= 99.5 else int(large) if value >= 9.95 else 1 + int(large)
    # A format would round half to even, and JavaScript rounds it up.
    return f"{Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)} {_UNITS[unit]}"
