"""What stands before the app, asked at the address that people use: does all come through as it was sent."""

from __future__ import annotations

import base64
import contextlib
import http.client
import secrets
import ssl
import time
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

import httpx

from smartupload.adapters import here, trust
from smartupload.doctor.finding import Finding, note
from smartupload.doctor.way import untried
from smartupload.settings import Settings

_SECONDS = 3.0
_BODY = 200_000
"""Bytes: the app takes a call of 256 KiB."""
_PROXY = "See docs/operating.md, Behind a proxy."


def check_front(settings: Settings) -> Sequence[Finding]:
    """All of it; nothing where the app is not running on this very machine."""
    url = settings.site_url
    tls = trust.context(settings.trusted_file)
    with httpx.Client(base_url=url, timeout=5, verify=tls, mounts=here.PAST_PROXIES) as client:
        try:
            answer = client.get("/healthz")
        except httpx.HTTPError as error:
            return [_away(settings, error)]
        if answer.is_redirect:
            what = f"{url} leads to {answer.headers.get('location', '')}."
            why = "Links, cookies and the store's CORS rules are for the address that is set."
            return [Finding("address", what, why, "Set SMARTUPLOAD_PUBLIC_URL to the address that people end at.")]
        if answer.status_code != 200 or "ok" not in answer.text:
            what = f"At {url} something else answers (status {answer.status_code})."
            return [Finding("proxy", what, "Nobody reaches the app.", f"Have the proxy pass on all paths. {_PROXY}")]
        return [*_body(client, url), *_events(client, url), *_socket(url, trust.of_machine(settings.trusted_file))]


def _away(settings: Settings, error: httpx.HTTPError) -> Finding:
    if not settings.public_url:
        return note(
            "app",
            f"The app does not run at {settings.site_url}.",
            "What stands before it was not tried.",
            "Start it, then ask again.",
        )
    if isinstance(error, httpx.TransportError) and (unknown := untried(settings.site_url)):
        return unknown
    if "CERTIFICATE" in str(error).upper():
        what = f"The certificate of {settings.site_url} is not trusted here: {error}"
        return Finding(
            "certificate",
            what,
            "Browsers show a warning in the place of the page.",
            "Renew it, with all certificates between.",
        )
    what = f"Nobody answers at {settings.site_url}: {error}"
    return Finding(
        "address",
        what,
        "Nobody reaches the app.",
        "Start the app, and check SMARTUPLOAD_PUBLIC_URL and the name's address.",
    )


def _body(client: httpx.Client, url: str) -> Iterator[Finding]:
    sent = client.post(
        "/api/batch/create", content=b" " * _BODY, headers={"content-type": "application/json", "origin": url}
    )
    if "json" not in sent.headers.get("content-type", ""):
        what = f"A call of {_BODY // 1000} kB does not come through (status {sent.status_code})."
        yield Finding("body", what, "Of many files at once none is begun.", "nginx: client_max_body_size 2m;")


def _events(client: httpx.Client, url: str) -> Iterator[Finding]:
    client.get("/api/client-settings")  # which gives the cookie that a stream belongs to
    began = time.monotonic()
    with contextlib.suppress(httpx.HTTPError), client.stream("GET", "/api/events", timeout=_SECONDS) as stream:
        if stream.status_code == 401:
            return  # somebody has to sign in first
        for _ in stream.iter_raw():
            return
    what = f"Nothing of the stream {url}/api/events came within {time.monotonic() - began:.0f} s."
    yield Finding(
        "events",
        what,
        "Cards hear late what other browsers and the server do.",
        "nginx: proxy_buffering off; proxy_http_version 1.1;",
    )


def _socket(url: str, tls: ssl.SSLContext) -> Iterator[Finding]:
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port
    line: http.client.HTTPConnection
    if parts.scheme == "https":
        line = http.client.HTTPSConnection(host, port, timeout=_SECONDS, context=tls)
    else:
        line = http.client.HTTPConnection(host, port, timeout=_SECONDS)
    key = base64.b64encode(secrets.token_bytes(16)).decode()
    asked = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Key": key,
        "Sec-WebSocket-Version": "13",
        "Origin": url,
    }
    try:
        line.request("GET", "/_event/?EIO=4&transport=websocket", headers=asked)
        status = line.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        status = 0
        said = str(error) or type(error).__name__
    else:
        said = f"status {status}"
    finally:
        line.close()
    if status == 404:
        return  # an app without pages of ours
    if status not in (101, 401):
        what = f"No websocket comes through at {url} ({said})."
        why = "Pages stay as they were when they were opened, and their buttons do nothing."
        yield Finding(
            "websocket",
            what,
            why,
            "nginx: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade;",
        )
