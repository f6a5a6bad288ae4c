"""How a name stands in a sentence whose text runs the other way."""

import unicodedata

_ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))
"""What begins and ends such a place: one of the name's own would be taken for ours."""
_RIGHT_TO_LEFT = {"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDF", "PDI"}


def isolated(name: str) -> str:
    """The name between two signs that nobody sees (U+2068, U+2069), so that it turns nothing around it; as it is where it could not."""
    is_other = any(unicodedata.bidirectional(one) in _RIGHT_TO_LEFT for one in name)
    return f"\u2068{name.translate(_ISOLATES)}\u2069" if is_other else name
