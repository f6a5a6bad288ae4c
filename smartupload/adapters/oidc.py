"""IdentityProvider over OpenID Connect: discovery, authorisation code with PKCE, and which signatures are believed.

https://openid.net/specs/openid-connect-core-1_0.html, https://openid.net/specs/openid-connect-backchannel-1_0.html
"""

from __future__ import annotations

import asyncio
import time
import warnings
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.deprecate import AuthlibDeprecationWarning
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from smartupload.adapters import here, trust
from smartupload.errors import ProviderFault, ProviderUnavailable
from smartupload.ports import SignedIn, SignedOut, SignIn

with warnings.catch_warnings():
    # It would like the next httpx, which nothing else here has yet, and says so at every start.
    warnings.simplefilter("ignore", AuthlibDeprecationWarning)
    from authlib.integrations.httpx_client import AsyncOAuth2Client

SECONDS = 10.0
"""For one answer."""
KEPT = 3600.0
"""Seconds for which what it says of itself, and its keys, are believed."""
AGAIN = 1.0
"""Seconds at least between two looks for new keys: whoever sends forged tokens must not cause more."""
LEEWAY = 60
"""Seconds by which its clock may differ."""
LOGOUT_LIFE = 600
"""Seconds for which a logout token counts that does not say how long."""

_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA"]
_LOGOUT = "http://schemas.openid.net/event/backchannel-logout"


class OidcProvider:
    """One issuer. `audience`: what its tokens have to be for, the client itself unless given."""

    def __init__(
        self,
        issuer: str,
        client_id: str,
        client_secret: str = "",
        audience: str = "",
        transport: httpx.AsyncBaseTransport | None = None,
        ca_file: str = "",
    ) -> None:
        self._issuer = issuer
        self._client_id = client_id
        self._client_secret = client_secret
        self._audience = audience or client_id
        self._transport = transport
        # Read once: it takes longer than all else that is done here.
        self._tls = trust.context(ca_file)
        self._mounts = here.PAST_PROXIES
        self._turn = asyncio.Lock()
        self._said: Mapping[str, Any] = {}
        self._said_at = float("-inf")
        self._keys: KeySet | None = None
        self._keys_at = float("-inf")

    async def look(self) -> None:
        """Whether it can be used, as far as it can be told without anybody who signs in. Raises ProviderFault."""
        await self._key_set((await self._configuration())["jwks_uri"], newest=True)

    async def address(self, attempt: SignIn) -> str:
        """See ports.IdentityProvider."""
        said = await self._configuration()
        async with self._client(attempt) as client:
            address, _ = client.create_authorization_url(
                said["authorization_endpoint"],
                state=attempt.state,
                nonce=attempt.nonce,
                code_verifier=attempt.verifier,
            )
        return address

    async def signed_in(self, attempt: SignIn, code: str) -> SignedIn:
        """See ports.IdentityProvider."""
        said = await self._configuration()
        async with self._client(attempt, said) as client:
            try:
                answer = await client.fetch_token(
                    said["token_endpoint"],
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=attempt.verifier,
                )
                claims = await self._claims(str(answer.get("id_token") or ""))
                self._check_id(claims, attempt.nonce)
                if "email" not in claims and said.get("userinfo_endpoint"):
                    more = (await client.get(said["userinfo_endpoint"])).raise_for_status().json()
                    # Of somebody else it says nothing here (Core, 5.3.2).
                    if isinstance(more, dict) and more.get("sub") == claims["sub"]:
                        claims = {**more, **claims}
            except AuthlibBaseError as refused:
                raise ProviderFault(f"the code was not taken: {refused}") from refused
            except (httpx.HTTPError, ValueError) as error:
                raise ProviderUnavailable(f"{self._issuer}: {error!r}") from error
        return SignedIn(
            issuer=self._issuer,
            subject=claims["sub"],
            sid=_text(claims, "sid"),
            name=_text(claims, "name") or _text(claims, "preferred_username") or _text(claims, "email"),
            email=_text(claims, "email") if _is_checked(claims) else "",
        )

    async def signed_out(self, token: str) -> SignedOut:
        """See ports.IdentityProvider."""
        claims = await self._claims(token)
        events, at = claims.get("events"), claims.get("iat")
        if not isinstance(events, dict) or _LOGOUT not in events or "nonce" in claims:
            raise ProviderFault("this is no logout token")
        if not isinstance(at, int | float) or ("exp" not in claims and time.time() - at > LOGOUT_LIFE + LEEWAY):
            raise ProviderFault("the logout token is too old")
        subject, sid = _text(claims, "sub"), _text(claims, "sid")
        if not subject and not sid:
            raise ProviderFault("the logout token names nobody")
        return SignedOut(self._issuer, subject, sid, datetime.fromtimestamp(at + LEEWAY, UTC))

    async def farewell(self, back: str) -> str:
        """See ports.IdentityProvider."""
        place = (await self._configuration()).get("end_session_endpoint")
        if not isinstance(place, str) or not place:
            return ""
        asked = urlencode({"client_id": self._client_id, "post_logout_redirect_uri": back})
        return f"{place}{'&' if '?' in place else '?'}{asked}"

    def _client(self, attempt: SignIn, said: Mapping[str, Any] | None = None) -> Any:
        methods = (said or {}).get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        method = "client_secret_basic" if "client_secret_basic" in methods else "client_secret_post"
        return AsyncOAuth2Client(
            client_id=self._client_id,
            client_secret=self._client_secret or None,
            token_endpoint_auth_method=method if self._client_secret else "none",
            scope="openid email profile",
            redirect_uri=attempt.back,
            code_challenge_method="S256",
            timeout=SECONDS,
            transport=self._transport,
            verify=self._tls,
            mounts=self._mounts,
        )

    async def _configuration(self) -> Mapping[str, Any]:
        async with self._turn:
            if time.monotonic() - self._said_at > KEPT:
                said = await self._get(f"{self._issuer}/.well-known/openid-configuration")
                # One that says it is somebody else is believed nothing (Discovery, 4.3).
                if str(said.get("issuer", "")).rstrip("/") != self._issuer:
                    raise ProviderFault(f"{self._issuer} says that it is {said.get('issuer')!r}")
                for place in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                    if not isinstance(said.get(place), str):
                        raise ProviderFault(f"{self._issuer} does not say its {place}")
                self._said, self._said_at = said, time.monotonic()
            return self._said

    async def _get(self, address: str) -> Mapping[str, Any]:
        try:
            async with httpx.AsyncClient(
                timeout=SECONDS, transport=self._transport, verify=self._tls, mounts=self._mounts
            ) as client:
                found = (await client.get(address)).raise_for_status().json()
        except (httpx.HTTPError, ValueError) as error:
            raise ProviderUnavailable(f"{address}: {error!r}") from error
        if not isinstance(found, dict):
            raise ProviderFault(f"{address} gives no object")
        return found

    async def _claims(self, token: str) -> dict[str, Any]:
        """Of a token that one of its keys has signed. Where none of those that are known has, they are fetched anew: it may have other ones now."""
        said = await self._configuration()
        for newest in (False, True):
            keys = await self._key_set(said["jwks_uri"], newest)
            claims = _signed(token, keys)
            if claims is not None:
                return self._checked(claims, said["issuer"])
        raise ProviderFault("the token is not signed with one of the issuer's keys")

    async def _key_set(self, address: str, newest: bool) -> KeySet:
        async with self._turn:
            if self._keys is None or time.monotonic() - self._keys_at > (AGAIN if newest else KEPT):
                found: Any = await self._get(address)
                try:
                    self._keys = KeySet.import_key_set(found)
                except (JoseError, KeyError, TypeError, ValueError) as error:
                    raise ProviderFault(f"{address} gives no keys: {error!r}") from error
                self._keys_at = time.monotonic()
            return self._keys

    def _checked(self, claims: dict[str, Any], issuer: str) -> dict[str, Any]:
        rules = jwt.JWTClaimsRegistry(
            leeway=LEEWAY,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": self._audience},
        )
        try:
            rules.validate(claims)
        except JoseError as wrong:
            raise ProviderFault(f"the token is not for us, or no longer: {wrong}") from wrong
        return claims

    def _check_id(self, claims: dict[str, Any], nonce: str) -> None:
        if claims.get("nonce") != nonce:
            raise ProviderFault("the token belongs to another attempt to sign in")
        if not _text(claims, "sub") or not isinstance(claims.get("exp"), int | float):
            raise ProviderFault("the token names nobody, or has no end")
        if claims.get("azp", self._client_id) != self._client_id:
            raise ProviderFault("the token was issued to somebody else")


def _signed(token: str, keys: KeySet) -> dict[str, Any] | None:
    """What it says, if one of these keys has signed it. Each is tried, since not every token says which one it was."""
    for key in keys:
        try:
            return dict(jwt.decode(token, key, algorithms=_ALGORITHMS).claims)
        except (JoseError, ValueError, TypeError):
            continue
    return None


def _is_checked(claims: Mapping[str, Any]) -> bool:
    found = claims.get("email_verified")
    return found is True or found == "true"  # some say it as a text


def _text(claims: Mapping[str, Any], name: str) -> str:
    found = claims.get(name)
    return found[:255] if isinstance(found, str) else ""
