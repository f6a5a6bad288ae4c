"""Who runs the site: those whose mail address the settings name, once the identity provider has checked it, and whoever has the admin token."""

from __future__ import annotations

import hmac

from smartupload.errors import NotAnAdmin, NotFound, Unauthorized
from smartupload.service.access.sessions import Session
from smartupload.service.context import Context


def is_admin(ctx: Context, session: Session | None) -> bool:
    """Whether this person is one of the admins. Without a sign-in of our own nobody is."""
    if session is None or not session.live or not session.email or not ctx.settings.oidc_issuer:
        return False
    return session.email.casefold() in {address.casefold() for address in ctx.settings.admin_emails}


def authorize(ctx: Context, session: Session | None, authorization: str) -> None:
    """Let an admin through. Raises NotFound where there can be none, Unauthorized for nobody, NotAnAdmin for anybody else."""
    settings = ctx.settings
    if not settings.admin_token and not (settings.oidc_issuer and settings.admin_emails):
        raise NotFound
    scheme, _, given = authorization.partition(" ")
    if scheme.lower() == "bearer" and settings.admin_token:
        # In constant time, so that nobody finds it letter by letter.
        if hmac.compare_digest(given.strip().encode("latin-1", "replace"), settings.admin_token.encode()):
            return
        raise Unauthorized
    if is_admin(ctx, session):
        return
    raise NotAnAdmin if session is not None and session.live else Unauthorized
