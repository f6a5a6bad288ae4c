"""How sizes, days and ranges of time read, in powers of 1000 like the file managers; in English exactly as the cards write them."""

from __future__ import annotations

import math
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from .catalogue import ENGLISH, catalogues

_UNITS = ("bytes", "kb", "mb", "gb", "tb")


def size_text(size: int, language: str = ENGLISH) -> str:
    """``2.14 GB`` for a size in bytes, exactly as ``client/core/view/messages.js`` writes it on the cards."""
    value, unit = float(size), 0
    while value >= 999.5 and unit < len(_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    if unit == 0:
        return catalogues().say("size-bytes", language, {"count": size})
    large = unit > 2
    places = 0 if value >= 99.5 else int(large) if value >= 9.95 else 1 + int(large)
    # A format would round half to even, and JavaScript rounds it up.
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return catalogues().say(f"size-{_UNITS[unit]}", language, {"value": _decimal(rounded, places, language)})


def time_text(low: float, high: float, language: str = ENGLISH) -> str:
    """``4–6 min`` for a range of seconds, exactly as ``client/core/view/messages.js`` writes it, without its ``left``."""
    if high < 5:
        return catalogues().say("time-few", language, {})
    per, unit = (5, "s") if high < 90 else (60, "min") if high < 5400 else (3600, "h")
    step = 5 if unit == "s" else 1
    start = max(1, math.floor(low / per + 0.5)) * step
    end = max(1, math.ceil(high / per - 0.2)) * step
    if start >= end:
        return catalogues().say(f"time-about-{unit}", language, {"end": end})
    return catalogues().say(f"time-range-{unit}", language, {"start": start, "end": end})


def day_text(day: date, language: str = ENGLISH) -> str:
    """``5 December 2026``."""
    from babel.dates import format_date

    return format_date(day, "d MMMM y" if language == ENGLISH else "long", locale=_locale(language))


def short_day_text(day: date, language: str = ENGLISH) -> str:
    """``5 Dec``: a day of about now."""
    from babel.dates import format_date, format_skeleton

    if language == ENGLISH:
        return format_date(day, "d MMM", locale=ENGLISH)
    return format_skeleton("MMMd", day, locale=_locale(language))


def _decimal(value: Decimal, places: int, language: str) -> str:
    if language == ENGLISH:
        return str(value)
    from babel.numbers import format_decimal

    return format_decimal(value, "0" + ("." + "0" * places if places else ""), locale=_locale(language))


def _locale(language: str) -> str:
    """As Babel writes it; English for a language that it does not know."""
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(language.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return ENGLISH
