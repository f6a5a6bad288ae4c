"""Which tokens of an identity provider are believed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey

from smartupload.adapters import oidc
from smartupload.adapters.oidc import OidcProvider
from smartupload.errors import ProviderFault, ProviderUnavailable
from smartupload.ports import SignedIn, SignIn

ISSUER = "https://login.example.org"
ATTEMPT = SignIn("state", "nonce", "verifier", "https://files.example.org/login/callback")
KEY, OTHER = RSAKey.generate_key(2048), RSAKey.generate_key(2048)


class Issuer:
    """Answers what it is told to."""

    def __init__(self, **says: Any) -> None:
        self.says = {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/authorize",
            "token_endpoint": f"{ISSUER}/token",
            "jwks_uri": f"{ISSUER}/keys",
        } | says
        self.keys: list[Any] = [KEY]
        self.token = ""
        self.userinfo: Any = {}
        self.asked: list[httpx.Request] = []

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        found: dict[str, Any] = {
            "/.well-known/openid-configuration": self.says,
            "/keys": KeySet(self.keys).as_dict(),
            "/token": {"access_token": "a", "token_type": "Bearer", "id_token": self.token},
            "/userinfo": self.userinfo,
        }
        return httpx.Response(200, json=found[request.url.path])

    def signs_in(
        self, audience: str = "", header: dict[str, Any] | None = None, key: Any = KEY, **claims: Any
    ) -> SignedIn:
        """Whoever comes back with such a token."""
        now = int(time.time())
        said = {"iss": ISSUER, "aud": "files", "sub": "1", "nonce": "nonce", "iat": now, "exp": now + 60} | claims
        self.token = jwt.encode(
            header or {"alg": "RS256"},
            {name: one for name, one in said.items() if one is not None},
            key,
            algorithms=["RS256", "ES256", "HS256", "none"],
        )
        provider = OidcProvider(ISSUER, "files", "hush", audience, transport=httpx.MockTransport(self.answer))
        return asyncio.run(provider.signed_in(ATTEMPT, "code"))

    def count(self, path: str) -> int:
        return len([one for one in self.asked if one.url.path == path])


def test_who_somebody_is() -> None:
    issuer = Issuer()
    found = issuer.signs_in(sid="s", name="Anna", email="anna@example.org", email_verified=True)
    assert found == SignedIn(ISSUER, "1", "s", "Anna", "anna@example.org")
    (sent,) = [one for one in issuer.asked if one.url.path == "/token"]
    assert b"code_verifier=verifier" in sent.content
    assert sent.headers["authorization"].startswith("Basic ")


def test_an_address_that_was_not_checked_is_none() -> None:
    for checked in (None, False, "false", 1):
        assert Issuer().signs_in(email="anna@example.org", email_verified=checked).email == ""
    assert Issuer().signs_in(email="anna@example.org", email_verified="true").email == "anna@example.org"


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example.org"},
        {"aud": "somebody else"},
        {"aud": None},
        {"exp": 1},
        {"exp": None},
        {"nonce": "another"},
        {"nonce": None},
        {"sub": None},
        {"azp": "somebody else"},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_us(claims: dict[str, Any]) -> None:
    with pytest.raises(ProviderFault):
        Issuer().signs_in(**claims)


def test_a_token_for_another_name_of_ours() -> None:
    assert Issuer().signs_in(audience="api", aud=["api", "files"]).subject == "1"
    with pytest.raises(ProviderFault):
        Issuer().signs_in(audience="api")


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ({"alg": "none"}, None),
        ({"alg": "HS256"}, OctKey.import_key("hush" * 8)),
        ({"alg": "RS256"}, OTHER),
        ({"alg": "RS256", "kid": KEY.thumbprint()}, OTHER),
    ],
    ids=["none", "our secret", "another key", "another key under its name"],
)
def test_a_signature_that_is_not_its_own(header: dict[str, Any], key: Any) -> None:
    with pytest.raises(ProviderFault):
        Issuer().signs_in(header=header, key=key)


def test_one_of_several_keys_named_or_not() -> None:
    issuer = Issuer()
    curve = ECKey.generate_key("P-256")
    issuer.keys = [OTHER, curve, KEY]
    assert issuer.signs_in().subject == "1"
    assert issuer.signs_in(header={"alg": "RS256", "kid": KEY.thumbprint()}).subject == "1"
    assert issuer.signs_in(header={"alg": "ES256"}, key=curve).subject == "1"


def test_new_keys_are_fetched_once_they_are_needed_and_not_more_often(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    monkeypatch.setattr(oidc.time, "monotonic", lambda: clock[0])
    issuer = Issuer()
    provider = OidcProvider(ISSUER, "files", transport=httpx.MockTransport(issuer.answer))
    events = {"events": {"http://schemas.openid.net/event/backchannel-logout": {}}}

    def told(key: Any) -> str:
        claims = {
            "iss": ISSUER,
            "aud": "files",
            "sub": "1",
            "iat": int(time.time()),
            "exp": int(time.time()) + 60,
        } | events
        return asyncio.run(provider.signed_out(jwt.encode({"alg": "RS256"}, claims, key))).subject

    assert told(KEY) == "1"
    for _ in range(5):
        with pytest.raises(ProviderFault):
            told(OTHER)
    assert issuer.count("/keys") == 1, "forged tokens cause no look within a second"
    issuer.keys = [OTHER]
    clock[0] += 2
    assert told(OTHER) == "1"
    assert issuer.count("/keys") == 2
    assert issuer.count("/.well-known/openid-configuration") == 1


def test_what_else_it_says_of_somebody() -> None:
    issuer = Issuer(userinfo_endpoint=f"{ISSUER}/userinfo")
    issuer.userinfo = {"sub": "1", "email": "anna@example.org", "email_verified": True}
    assert issuer.signs_in().email == "anna@example.org"
    issuer.userinfo["sub"] = "2"
    assert issuer.signs_in().email == "", "of somebody else"


@pytest.mark.parametrize("says", [{"issuer": "https://evil.example.org"}, {"token_endpoint": None}, {"jwks_uri": 1}])
def test_a_provider_that_is_none(says: dict[str, Any]) -> None:
    with pytest.raises(ProviderFault):
        Issuer(**says).signs_in()


@pytest.mark.parametrize(
    "answer",
    [lambda _: httpx.Response(500), lambda _: httpx.Response(200, text="a page"), lambda request: (_ for _ in ()).throw(httpx.ConnectError("away", request=request))],
)  # fmt: skip
def test_one_that_is_away(answer: Callable[[httpx.Request], httpx.Response]) -> None:
    provider = OidcProvider(ISSUER, "files", transport=httpx.MockTransport(answer))
    with pytest.raises(ProviderUnavailable):
        asyncio.run(provider.address(ATTEMPT))
