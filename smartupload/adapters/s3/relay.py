"""How a part that comes from a browser is passed on to the store as it comes, and what the store's answer means."""

from __future__ import annotations

import functools
import re
import ssl
from collections.abc import AsyncIterator

import httpx

from smartupload.adapters import here, trust
from smartupload.adapters.s3.answers import OPERATOR, log
from smartupload.adapters.s3.refusals import FULL
from smartupload.errors import MultipartGone, StoreFull, StoreRefused, StoreShut, StoreUnavailable
from smartupload.ports import SignedRequest, Taken

_PATIENCE = httpx.Timeout(60, connect=5)
"""Seconds for the store to take some more of it, and to answer."""
_CODE = re.compile(r"<Code>([A-Za-z0-9]+)</Code>")


@functools.cache
def _trust(verify: str | bool) -> ssl.SSLContext:
    """Made once for each, since that takes a while."""
    return ssl.create_default_context(cafile=verify) if isinstance(verify, str) else trust.context()


def _proxy_for(url: str) -> str | None:
    named = here.proxy_for(url)
    return (named if "://" in named else f"http://{named}") if named else None


async def pass_on(request: SignedRequest, size: int, body: AsyncIterator[bytes], verify: str | bool = True) -> Taken:
    """Each has a connection of its own: it takes as long as the browser's line, and nobody else waits for it.

    `verify`: the file with the certificates that the store is believed with, True for those that everybody believes. Raises
    StoreUnavailable, MultipartGone, StoreRefused; and what the body raises.
    """
    headers = {**request.headers, "content-length": str(size)}
    proxy = _proxy_for(request.url)
    try:
        # What the environment says is known already: httpx would call this machine through a proxy, too.
        async with httpx.AsyncClient(verify=_trust(verify), timeout=_PATIENCE, proxy=proxy, trust_env=False) as client:
            answer = await client.put(request.url, content=body, headers=headers)
    except httpx.HTTPError as error:
        log.warning("store away", operation="relay_part", cause=str(error) or type(error).__name__)
        raise StoreUnavailable from error
    if answer.status_code == 200:
        return Taken(answer.headers.get("etag", ""), answer.headers.get("x-amz-checksum-sha256", ""))
    raise _refusal(answer)


def _refusal(answer: httpx.Response) -> Exception:
    found = _CODE.search(answer.text)
    code = found[1] if found else ""
    log.warning("the store refused a part of the relay", status=answer.status_code, code=code)
    if code == "NoSuchUpload":
        return MultipartGone(code)
    if code in FULL or answer.status_code == 507:
        return StoreFull()
    if code in OPERATOR and code not in ("SignatureDoesNotMatch", "403"):
        return StoreShut()
    if answer.status_code >= 500 or answer.status_code == 429:
        return StoreUnavailable()
    return StoreRefused(code or str(answer.status_code))
