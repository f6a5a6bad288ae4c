"""What a share link's address ends in: a token that nobody guesses."""

from __future__ import annotations

import secrets

_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


_LENGTH = 22
_ALL = len(_LETTERS) ** _LENGTH


def token() -> str:
    """A share token: 131 bits, letters and digits only."""
    # One number of all that there are, since a random letter costs as much as that.
    number, letters = secrets.randbelow(_ALL), ""
    for _ in range(_LENGTH):
        number, place = divmod(number, len(_LETTERS))
        letters += _LETTERS[place]
    return letters
