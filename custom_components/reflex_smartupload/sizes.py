"""How a size is written and read here: in powers of 1000, or of 1024 with an i, as the settings of the server half have it."""

import re
from decimal import ROUND_HALF_UP, Decimal

_TEXTS = ("bytes", "KB", "MB", "GB", "TB")
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


def text_of(size: int) -> str:
    """``5 MB`` or ``1.5 GB``: as the cards write a limit, ``roundSizeText`` in ``client/core/view/messages.js``."""
    value, unit = float(size), 0
    while value >= 999.5 and unit < len(_TEXTS) - 1:
        value, unit = value / 1000, unit + 1
    if unit == 0:
        return "1 byte" if size == 1 else f"{size} bytes"
    large = unit > 2
    places = 0 if value >= 99.5 else int(large) if value >= 9.95 else 1 + int(large)
    # A format would round half to even, and JavaScript rounds it up.
    figure = str(Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
    return f"{figure.rstrip('0').rstrip('.') if places else figure} {_TEXTS[unit]}"
