"""A real OpenID Connect provider in a thread, which changes its keys, says who somebody is, and signs people out as it is told."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Generator
from typing import Any
from urllib.parse import urlsplit

import httpx
import oidc_provider_mock
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

CLIENT_ID = "smartupload"
_LOGOUT = "http://schemas.openid.net/event/backchannel-logout"


class Provider:
    """`url` is the issuer."""

    def __init__(self) -> None:
        self._app: Any = oidc_provider_mock.app(require_nonce=True)
        # Its debugger keeps what went wrong to itself.
        self._app.debug = False
        self._server = make_server("localhost", 0, self._app.wsgi_app.app, threaded=True)
        self.url = f"http://localhost:{self._server.server_port}"
        self._people = httpx.Client()
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        with self._app.test_request_context("/"):
            import flask

            self._app.preprocess_request()
            self._storage: Any = flask.g.oidc_provider_mock_storage

    def close(self) -> None:
        self._people.close()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    @property
    def settings(self) -> dict[str, str]:
        """What a site has to be told of it."""
        return {"oidc_issuer": self.url, "oidc_client_id": CLIENT_ID, "oidc_client_secret": "hush"}

    def knows(self, subject: str, **claims: Any) -> None:
        """Somebody of whom it says that."""
        self._people.put(f"{self.url}/users/{subject}", json=claims).raise_for_status()

    def changes_keys(self) -> None:
        """From now on it signs with another key, and shows that one alone."""
        from authlib import jose

        self._storage.jwk = jose.RSAKey.generate_key(is_private=True)

    def says_yes(self, address: str, subject: str) -> str:
        """Somebody types their name at the address that the site has sent them to; where they are sent then."""
        answer = self._people.post(address, data={"sub": subject})
        assert answer.status_code == 302, answer.text
        return answer.headers["location"]

    def logout_token(self, subject: str, **claims: Any) -> str:
        """What it tells a site in order to sign somebody out. What is None is left out."""
        key = RSAKey.import_key(self._storage.jwk.as_dict(is_private=True))
        now = int(time.time())
        told = {"iss": self.url, "aud": CLIENT_ID, "iat": now, "exp": now + 120, "jti": f"{now}", "sub": subject}
        told |= {"events": {_LOGOUT: {}}} | claims
        return jwt.encode({"alg": "RS256"}, {name: one for name, one in told.items() if one is not None}, key)

    def signs_in(self, browser: httpx.Client, subject: str, path: str = "/files") -> httpx.Response:
        """The whole way, in a browser; the last answer, which leads back to the path."""
        begun = browser.get("/login", params={"to": path})
        assert begun.status_code == 303, begun.text
        back = urlsplit(self.says_yes(begun.headers["location"], subject))
        return browser.get(f"{back.path}?{back.query}")


@contextlib.contextmanager
def running() -> Generator[Provider]:
    provider = Provider()
    try:
        yield provider
    finally:
        provider.close()


@pytest.fixture(scope="session")
def provider() -> Generator[Provider]:
    with running() as one:
        yield one
