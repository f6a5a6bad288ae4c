"""What a drop link is called: its token, which opens it, and the uploader by which each sender's browser sends through it.

Both are made of the link's id with the site's key, so that no row and no backup holds what opens a link.
"""

from __future__ import annotations

import hashlib
import hmac
import re

from smartupload.service.context import Context

_TOKEN = re.compile(r"([0-9a-f]{16})([0-9a-f]{32})")
_UPLOADER = re.compile(r"drop-([0-9a-f]{16})-([0-9a-f]{24})")
LONGEST_KEY = 200


def exist(ctx: Context) -> bool:
    """Whether there are drop links on this site."""
    return bool(ctx.drop_key)


def token(ctx: Context, drop_id: str) -> str:
    """What its address ends with."""
    return drop_id + _seal(ctx, "drop link", drop_id)[:32]


def opened(ctx: Context, given: str) -> str:
    """The id of the link that a token opens; empty for one that this site did not make."""
    found = _TOKEN.fullmatch(given)
    if not exist(ctx) or found is None or not hmac.compare_digest(token(ctx, found[1]), given):
        return ""
    return found[1]


def uploader(ctx: Context, drop_id: str, sender: str) -> str:
    """The uploader through which this sender's browser sends by this link: of no use to any other browser."""
    return f"drop-{drop_id}-{_seal(ctx, 'drop sender', drop_id, sender)[:24]}"


def is_uploader(given: str) -> bool:
    """Whether it is an uploader as drop links have them, whoever's."""
    return _UPLOADER.fullmatch(given) is not None


def named(ctx: Context, given: str, sender: str) -> str:
    """The id of the link that an uploader is of; empty for one that was not given to this sender."""
    found = _UPLOADER.fullmatch(given)
    if not exist(ctx) or found is None or not hmac.compare_digest(uploader(ctx, found[1], sender), given):
        return ""
    return found[1]


def key_of(name: str, key: str) -> str:
    """What stands in the place of a sender's Idempotency-Key, so that it meets none of the owner's. One that is refused stays as it is.

    Made of the uploader's name, which stays the same when its sender signs in and takes along what they have begun.
    """
    if not key or len(key) > LONGEST_KEY or not key.isprintable():
        return key
    return f"sent:{hashlib.sha256(f'{name} {key}'.encode(errors='replace')).hexdigest()}"


def _seal(ctx: Context, *words: str) -> str:
    return hmac.new(ctx.drop_key, " ".join(words).encode(), hashlib.sha256).hexdigest()
