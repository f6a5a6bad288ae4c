"""How a name stands in a sentence whose text runs the other way."""

import unicodedata

_RIGHT_TO_LEFT = {"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDF", "PDI"}


def isolated(name: str) -> str:
    """The name between two signs that nobody sees (U+2068, U+2069), so that it turns nothing around it; as it is where it could not."""
    return f"\u2068{name}\u2069" if any(unicodedata.bidirectional(one) in _RIGHT_TO_LEFT for one in name) else name
