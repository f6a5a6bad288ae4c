"""The site that is tried, over its public HTTP API: what an owner has there, the bytes of a file, and how it goes again."""

from __future__ import annotations

import hashlib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

GONE = ("cancelled", "expired")
"""States of an upload of which nothing is left."""
SECONDS = 60


@dataclass(frozen=True)
class Site:
    """`login` is a user and a password, for a page of the site (`has_login_page`) or else of HTTP; `trust` names a certificate besides the usual ones."""

    url: str
    login: tuple[str, str] | None = None
    trust: Path | None = None
    has_login_page: bool = False

    @property
    def signed_in_url(self) -> str:
        """The address with the login in it, as a person types it."""
        if self.login is None:
            return self.url
        parts = urlsplit(self.url)
        user, password = (quote(one, safe="") for one in self.login)
        return parts._replace(netloc=f"{user}:{password}@{parts.netloc}").geturl()

    def client(self, cookies: Mapping[str, str] | None = None) -> httpx.Client:
        """Of an owner, by the cookies of their browser."""
        headers = {"cookie": "; ".join(f"{name}={value}" for name, value in (cookies or {}).items())}
        return httpx.Client(
            base_url=self.url,
            auth=None if self.has_login_page else self.login,
            headers={name: value for name, value in headers.items() if value},
            verify=self._certificates(),
            timeout=SECONDS,
        )

    def _certificates(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self.trust is not None:
            context.load_verify_locations(self.trust)
        return context

    def answers(self) -> str:
        """Empty when it is there and is this app; else what is wrong, in a sentence."""
        try:
            with self.client() as client:
                answer = client.get("/api/client-settings")
        except httpx.HTTPError as error:
            return f"{self.url} cannot be reached: {error}"
        if self.has_login_page and answer.status_code in (302, 303, 307, 401, 403):
            return ""
        if answer.status_code == 401:
            return f"{self.url} wants {'another' if self.login else 'a'} login: LOGIN=user:password"
        if answer.status_code != 200 or "json" not in answer.headers.get("content-type", ""):
            return f"{self.url}/api/client-settings says {answer.status_code}: is it the address of a smartupload app?"
        try:
            with self.client() as client:
                first = client.get("/", follow_redirects=True)
        except httpx.HTTPError as error:
            return f"{self.url}/ cannot be reached: {error}"
        if first.status_code in (404, 405) or (
            first.status_code == 200 and "html" not in first.headers.get("content-type", "")
        ):
            return f"{self.url}/ serves no page, only the API. Wanted is the address of a site whose first page takes files ([data-testid=file-input])."
        return ""

    def uploads(self, cookies: Mapping[str, str]) -> list[dict[str, Any]]:
        """All of an owner's, newest first."""
        found: list[dict[str, Any]] = []
        with self.client(cookies) as client:
            cursor: str | None = ""
            while cursor is not None:
                answer = client.get("/api/uploads", params={"limit": 100, **({"cursor": cursor} if cursor else {})})
                answer.raise_for_status()
                body = answer.json()
                found += body["uploads"]
                cursor = body["next_cursor"] or None
        return found

    def confirmed(self, cookies: Mapping[str, str], upload_id: str) -> int:
        """Bytes of the parts that the store has, as the server finds when it looks."""
        with self.client(cookies) as client:
            answer = client.get(f"/api/uploads/{upload_id}")
            answer.raise_for_status()
            return sum(part["size"] for part in answer.json()["confirmed"])

    def delete(self, cookies: Mapping[str, str], upload_id: str) -> None:
        """Cancel an upload, or delete its file; one that is gone is no error."""
        with self.client(cookies) as client:
            answer = client.delete(f"/api/uploads/{upload_id}")
            if answer.status_code != 404:
                answer.raise_for_status()

    def downloaded(self, cookies: Mapping[str, str], upload_id: str) -> tuple[int, str]:
        """Size and SHA-256 of what the API gives of a ready file."""
        with self.client(cookies) as client:
            answer = client.get(f"/api/uploads/{upload_id}/download")
            assert answer.status_code in (302, 303, 307), f"the download of {upload_id} says {answer.status_code}"
            target = str(client.base_url.join(answer.headers["location"]))
        # Where the file lies may be another host: it gets neither login nor cookies.
        owner_too = urlsplit(target).netloc == urlsplit(self.url).netloc
        state, size = hashlib.sha256(), 0
        with (
            self.client(cookies) if owner_too else httpx.Client(verify=self._certificates(), timeout=SECONDS) as client,
            client.stream("GET", target) as answer,
        ):
            assert answer.status_code == 200, f"the store says {answer.status_code} to the download of {upload_id}"
            for chunk in answer.iter_bytes(1024 * 1024):
                state.update(chunk)
                size += len(chunk)
        return size, state.hexdigest()
