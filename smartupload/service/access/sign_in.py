"""How somebody signs in with the identity provider, from the first address to the session, and what it may end later."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac

import structlog

from smartupload.errors import NotFound, Problem, ProviderFault, ProviderUnavailable, SignInFailed, SignInUnavailable
from smartupload.ports import IdentityProvider, SignIn
from smartupload.service.access import sessions
from smartupload.service.context import Context

log = structlog.get_logger("smartupload.access")

CALLBACK = "/login/callback"
"""Where the provider sends browsers back to; it has to know the address beforehand."""


async def address(ctx: Context, secret: str) -> str:
    """Where a browser goes that has this secret for its attempt. Raises SignInUnavailable."""
    try:
        return await _provider(ctx).address(_attempt(ctx, secret))
    except ProviderFault as fault:
        raise _told(fault) from fault


async def finish(ctx: Context, secret: str, state: str, code: str) -> str:
    """The browser has come back; the secret of its session. Raises SignInFailed, SignInUnavailable."""
    attempt = _attempt(ctx, secret)
    # Whoever sends somebody else's answer here would sign this browser in as somebody else.
    if not secret or not code or not hmac.compare_digest(attempt.state.encode(), state.encode(errors="replace")):
        raise SignInFailed
    try:
        who = await _provider(ctx).signed_in(attempt, code)
    except ProviderFault as fault:
        raise _told(fault) from fault
    return await asyncio.to_thread(sessions.begin, ctx, who)


async def end_as_told(ctx: Context, token: str) -> None:
    """The provider ends sessions. Raises SignInFailed for a token that is not its own, SignInUnavailable."""
    try:
        told = await _provider(ctx).signed_out(token)
    except ProviderFault as fault:
        raise _told(fault) from fault
    count = await asyncio.to_thread(sessions.end_as_told, ctx, told)
    log.info("the identity provider has signed somebody out", sessions=count)


async def farewell(ctx: Context) -> str:
    """Where a browser goes to be signed out at the provider as well; empty where that is not possible now."""
    try:
        return await _provider(ctx).farewell(f"{ctx.settings.site_url}/")
    except ProviderFault as fault:
        log.warning("nobody can be signed out at the identity provider", reason=str(fault))
        return ""


def _provider(ctx: Context) -> IdentityProvider:
    if ctx.provider is None:
        raise NotFound
    return ctx.provider


def _told(fault: ProviderFault) -> Problem:
    log.warning("a sign-in did not come to its end", reason=str(fault))
    return SignInUnavailable() if isinstance(fault, ProviderUnavailable) else SignInFailed()


def _attempt(ctx: Context, secret: str) -> SignIn:
    """All that an attempt is known by follows from one secret, which only the browser has: the server keeps nothing of it."""
    state, nonce, verifier = (_derived(what, secret) for what in ("state", "nonce", "verifier"))
    return SignIn(state, nonce, verifier, ctx.settings.site_url + CALLBACK)


def _derived(what: str, secret: str) -> str:
    found = hashlib.sha256(f"smartupload sign-in {what} {secret}".encode()).digest()
    return base64.urlsafe_b64encode(found).decode().rstrip("=")
