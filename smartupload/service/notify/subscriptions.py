"""Which browsers of an owner take pushes: each once, at a push service that is listed, with keys that are keys."""

from __future__ import annotations

import secrets

from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import delete, func, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from smartupload import words
from smartupload.errors import InvalidRequest, PushNotAllowed, PushUnavailable
from smartupload.models import Contact, PushSubscription
from smartupload.service import inputs
from smartupload.service.context import Context
from smartupload.service.notify import endpoints
from smartupload.words import Sentence

MAX_PER_OWNER = 20
"""Browsers; with one more, the one that has not been heard of for longest goes."""
_AUTH_BYTES = 16


def public_key(ctx: Context) -> str:
    """The key that browsers subscribe with. Raises PushUnavailable."""
    if ctx.pusher is None:
        raise PushUnavailable
    return ctx.pusher.public_key


def subscribe(ctx: Context, owner: str, endpoint: str, p256dh: str, auth: str) -> None:
    """Push to this browser from now on (see ports.PushTarget); that is also the person's word that pushes are wanted.

    Repeating it changes nothing. A browser that is somebody else's meanwhile gets only what is theirs from now on.
    Raises PushUnavailable, PushNotAllowed, InvalidRequest.
    """
    if ctx.pusher is None:
        raise PushUnavailable
    if not endpoints.is_allowed(ctx.settings.push_hosts, endpoint):
        raise PushNotAllowed
    keys = {"p256dh": _point(p256dh), "auth": _secret(auth)}
    now = ctx.clock.now()
    insert = sqlite.insert if ctx.db.is_sqlite else postgresql.insert
    renewed = {"owner": owner, **keys, "language": words.language(), "created_at": now}
    with ctx.db.write() as session:
        # Under a new id, so that what is still on its way to who used this browser before finds nobody.
        session.exec(
            delete(PushSubscription).where(
                col(PushSubscription.endpoint) == endpoint, col(PushSubscription.owner) != owner
            )
        )
        session.exec(
            insert(PushSubscription)
            .values(id=secrets.token_hex(12), endpoint=endpoint, **renewed)
            .on_conflict_do_update(index_elements=["endpoint"], set_=renewed)
        )
        _drop_oldest(session, owner)
        session.exec(update(Contact).where(col(Contact.owner) == owner).values(pushes=True))


def unsubscribe(ctx: Context, endpoint: str) -> None:
    """Push there no more, whoever's it was: only that browser knows the endpoint. Harmless when there is none."""
    if not inputs.is_name(endpoint):
        return
    with ctx.db.write() as session:
        session.exec(delete(PushSubscription).where(col(PushSubscription.endpoint) == endpoint))


def forget(ctx: Context, subscription: PushSubscription) -> None:
    """Delete one whose browser is no more, unless it was subscribed anew meanwhile."""
    with ctx.db.write() as session:
        session.exec(
            delete(PushSubscription).where(
                col(PushSubscription.id) == subscription.id, col(PushSubscription.created_at) == subscription.created_at
            )
        )


def count(ctx: Context, owner: str) -> int:
    """How many browsers of this owner take pushes."""
    statement = select(func.count()).select_from(PushSubscription).where(PushSubscription.owner == owner)
    with ctx.db.read() as session:
        return session.exec(statement).one()


def _drop_oldest(session: Session, owner: str) -> None:
    newest_first = (
        select(PushSubscription.id)
        .where(PushSubscription.owner == owner)
        .order_by(col(PushSubscription.created_at).desc(), col(PushSubscription.id))
    )
    too_many = list(session.exec(newest_first))[MAX_PER_OWNER:]
    if too_many:
        session.exec(delete(PushSubscription).where(col(PushSubscription.id).in_(too_many)))


_NO_KEYS = Sentence("problem-invalid_request-push-keys")


def _point(text: str) -> str:
    """The browser's public key (RFC 8291): a point of P-256, uncompressed."""
    raw = _decoded(text)
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)
    except ValueError:
        raise InvalidRequest(_NO_KEYS) from None
    if len(raw) != 65:  # compressed
        raise InvalidRequest(_NO_KEYS)
    return text.rstrip("=")


def _secret(text: str) -> str:
    if len(_decoded(text)) != _AUTH_BYTES:
        raise InvalidRequest(_NO_KEYS)
    return text.rstrip("=")


def _decoded(text: str) -> bytes:
    plain = text.rstrip("=")
    try:
        return inputs.decoded(plain + "=" * (-len(plain) % 4), altchars=b"-_")
    except ValueError:
        raise InvalidRequest(_NO_KEYS) from None
