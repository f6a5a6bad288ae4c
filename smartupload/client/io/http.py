"""Which failures of httpx mean that something is away for now, and which will not pass by themselves."""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Generator

import httpx

from smartupload.client.core.errors import Away, own

CONNECT, WRITE, READ = 10.0, 20.0, 60.0
"""Seconds for a connection, for the next bytes to leave, and for an answer once all have."""

_PAST_PROXIES: dict[str, None] = dict.fromkeys(
    f"all://{host}" for host in ("localhost", "*.localhost", "127.0.0.1", "[::1]")
)
"""No proxy that the environment names reaches this machine."""


def make_client(connections: int) -> httpx.Client:
    """One that keeps so many connections, follows no redirect and keeps no cookie."""
    limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections)
    timeout = httpx.Timeout(connect=CONNECT, write=WRITE, read=READ, pool=None)
    return httpx.Client(timeout=timeout, limits=limits, mounts=_PAST_PROXIES, follow_redirects=False)


@contextlib.contextmanager
def line_errors(url: str, code: str) -> Generator[None]:
    """What httpx raises, as Away with this code. Raises SmartUploadError for what trying again does not help."""
    try:
        yield
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise own("bad_url", url=url) from error
    except httpx.TransportError as error:
        if _is_about_trust(error):
            raise own("not_trusted", url=url, cause=_root(error)) from error
        raise Away(code, f"{url}: {_text(error)}" if code == "store_away" else _text(error)) from error


def _is_about_trust(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _root(error: BaseException) -> BaseException:
    while (cause := error.__cause__ or error.__context__) is not None:
        error = cause
    return error


def _text(error: httpx.TransportError) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "it takes too long"
    return str(_root(error)) or str(error) or type(error).__name__
