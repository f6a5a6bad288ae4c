"""What pages may run and load, as their policy says it."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.datastructures import Headers
from starlette.types import Message

from smartupload.api.headers import StandardHeaders
from smartupload.api.policy import PagePolicy
from tests.api.conftest import Site

INLINE = "a()\nwindow.x = '</b>'"


@pytest.fixture
def policy(tmp_path: Path) -> PagePolicy:
    """Of two pages with one inline script of their own each, and one in common."""
    for name, own in (("index", "b()"), ("files", "c()")):
        (tmp_path / f"{name}.html").write_text(
            f'<script src="/x.js"></script><SCRIPT>{INLINE}</SCRIPT><script type="module" async="">{own}</script>'
        )
    return PagePolicy(tmp_path, "https://up.example.org:8443")


def rules(text: str) -> dict[str, list[str]]:
    return {name: values for name, *values in (rule.split() for rule in text.split("; "))}


def hashed(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def test_the_inline_scripts_of_the_build_and_no_others(policy: PagePolicy) -> None:
    scripts = rules(policy.text(True, []))["script-src"]
    assert sorted(scripts) == sorted(["'self'", "'unsafe-eval'", hashed(INLINE), hashed("b()"), hashed("c()")])


def test_a_worker_evaluates_nothing(policy: PagePolicy) -> None:
    assert rules(policy.text(False, []))["script-src"] == ["'self'"]


def test_the_store_by_its_origins(policy: PagePolicy) -> None:
    found = rules(policy.text(True, ["https://s3.example.org/path", "https://s3-2.example.org"]))
    stores = ["https://s3.example.org", "https://s3-2.example.org"]
    assert found["connect-src"] == ["'self'", "wss://up.example.org:8443", *stores]
    for rule in ("img-src", "media-src", "object-src", "frame-src"):
        assert found[rule][-2:] == stores
    assert found["default-src"] == ["'self'"]
    assert found["frame-ancestors"] == found["base-uri"] == ["'none'"]


@pytest.mark.parametrize(
    ("path", "kind", "expected"),
    [
        ("/files", "text/html; charset=utf-8", "a page"),
        ("/assets/worker.js", "text/javascript", "a script"),
        ("/files", "", "a page"),
        ("/", "", "a page"),
        ("/index.html", "", "a page"),
        ("/sw.js", "", "a script"),
        ("/smartupload.css", "", "a script"),
        ("/api/uploads", "application/json", "default-src 'none'"),
        ("/api/x.html", "text/html", "default-src 'none'"),
    ],
)
def test_which_answer_has_which(path: str, kind: str, expected: str) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        # What is not modified has no type.
        headers = [(b"content-type", kind.encode())] if kind else []
        await send({"type": "http.response.start", "status": 200 if kind else 304, "headers": headers})

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    around = StandardHeaders(app, True, lambda is_page: "a page" if is_page else "a script")
    asyncio.run(around({"type": "http", "path": path, "headers": []}, send, send))  # pyright: ignore[reportArgumentType]
    headers = Headers(raw=sent[0]["headers"])
    assert headers["content-security-policy"].startswith(expected)
    assert headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize(("secure", "scheme"), [(True, "https"), (False, "http")])
def test_a_redirect_stays_with_https(secure: bool, scheme: str) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["scheme"])

    seen: list[str] = []
    around: Any = StandardHeaders(app, secure)
    asyncio.run(around({"type": "http", "path": "/files", "scheme": "http", "headers": []}, None, None))
    assert seen == [scheme]


def test_the_page_of_a_link(make_site: Callable[..., Site]) -> None:
    """A shell has the policy that it is given, and without one only that nobody may frame it; the plain page runs nothing."""
    site = make_site(public_url="https://up.example.org")
    token = site.browser().creates().json()["share_token"]

    def policy() -> str:
        return site.browser().get(f"/f/{token}").headers["content-security-policy"]

    assert policy() == "frame-ancestors 'none'"
    site.api.state.page_policy = lambda: "script-src 'self'"
    assert policy() == "script-src 'self'"
    site.api.state.web_root = None
    assert policy().startswith("default-src 'none'; style-src 'unsafe-inline'")
