"""The proxies of the environment: through which of them what is called, and which of them does not answer."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from smartupload.adapters import here
from smartupload.adapters.sqs import called as queue_address
from smartupload.doctor.finding import Finding, note
from smartupload.settings import Settings

SECONDS = 5.0
"""For a proxy to take a connection, and to answer."""
_PORTS = {"http": 80, "https": 443}


def check_proxies(settings: Settings) -> Sequence[Finding]:
    """Whether they can be spoken to, what goes through them, and whether they answer."""
    if said := here.unspoken():
        what, _, remedy = said.partition(". ")
        return [Finding("proxy", f"{what}.", "The app does not start.", remedy)]
    called = {
        "the store": settings.s3_endpoint_url,
        "the webhook": settings.webhook_url,
        "the queue": queue_address(settings.events_queue_url),
        "the identity provider": settings.oidc_issuer,
        "web pushes": next(filter(here.proxy_for, map(_push_address, settings.push_hosts)), ""),
    }
    through = {name: url for name, url in called.items() if url.startswith("http") and here.proxy_for(url)}
    # The app does not call itself; the doctor does.
    asked = through | ({"this site": settings.site_url} if here.proxy_for(settings.site_url) else {})
    found = list(_dead(asked))
    if through and not found:
        what = f"Through a proxy of the environment is called: {', '.join(through)}."
        why = "What it does not let through does not arrive; what is in your own network it may not reach."
        found.append(note("proxy", what, why, "Name hosts that are called directly in NO_PROXY."))
    return found


def _push_address(entry: str) -> str:
    """Of a push service in the settings; of all below a host any one."""
    return f"https://{entry.replace('*', 'any')}"


def _dead(asked: dict[str, str]) -> Iterator[Finding]:
    causes: dict[str, str] = {}
    for url in asked.values():
        variable, proxy = _named(url)
        if proxy not in causes:
            causes[proxy] = _cause(proxy)
            if causes[proxy]:
                what = (
                    f"The proxy {_place(proxy)[2]} of {variable} in the environment does not answer: {causes[proxy]}."
                )
                concerned = [name for name, other in asked.items() if here.proxy_for(other) == proxy]
                why = f"What is called through it does not arrive: {', '.join(concerned)}."
                remedy = (
                    f"Start it, or `unset {_spellings(variable)}`. Name hosts that are called directly in NO_PROXY."
                )
                yield Finding("proxy", what, why, remedy)


def untried(url: str) -> Finding | None:
    """In the place of what is said of whoever does not answer at this address, where the proxy before them does not."""
    variable, proxy = _named(url)
    if not proxy or not _cause(proxy):
        return None
    host = urlsplit(url).netloc.rpartition("@")[2]
    what = f"Whether {host} answers is not known: it is called through the proxy of {variable}, which does not."
    return note("proxy", what, "What stands there was not tried.", "Mend the proxy, then ask again.")


def _named(url: str) -> tuple[str, str]:
    proxy, scheme = here.proxy_for(url), urlsplit(url).scheme
    named = f"{scheme if here.proxies().get(scheme) == proxy else 'all'}_proxy"
    # As Python reads it: the one in small letters counts where both are there.
    return named if os.environ.get(named) else named.upper(), proxy


def _spellings(variable: str) -> str:
    """The same variable as it is written in the environment: without one of them the other would count."""
    other = variable.upper() if variable.islower() else variable.lower()
    return f"{variable} {other}" if os.environ.get(other) else variable


def _place(proxy: str) -> tuple[str, int, str]:
    """Host, port, and both as a text: no user, and no password."""
    parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
    host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 80)
    return host, port, f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _cause(proxy: str) -> str:
    """Why it cannot be reached; empty when it can."""
    try:
        host, port, place = _place(proxy)
        with socket.create_connection((host, port), SECONDS) as line:
            return "" if proxy.startswith("https:") else _said(line, place)
    except (OSError, ValueError) as error:
        return getattr(error, "strerror", None) or str(error)


def _said(line: socket.socket, place: str) -> str:
    """What is wrong with its answer. What is asked concerns itself: it is refused, without anybody else being called."""
    line.sendall(f"GET / HTTP/1.1\r\nHost: {place}\r\nConnection: close\r\n\r\n".encode())
    said = b""
    try:
        with contextlib.suppress(ConnectionError):
            while len(said) < 5 and (piece := line.recv(5)):
                said += piece
    except TimeoutError:
        return "it takes the connection and says nothing"
    if not said:
        return "it ends the connection and says nothing"
    return "" if said.startswith(b"HTTP/") else "it does not speak HTTP"
