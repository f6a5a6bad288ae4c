"""What a share link's address ends in: a token that nobody guesses."""

from __future__ import annotations

import secrets

_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def token() -> str:
    """A share token: 131 bits, letters and digits only."""
    return "".join(secrets.choice(_LETTERS) for _ in range(22))
