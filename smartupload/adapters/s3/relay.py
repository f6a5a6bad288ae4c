"""How a part that comes from a browser is passed on to the store as it comes, and what the store's answer means."""

from __future__ import annotations

import functools
import os
import re
import ssl
from collections.abc import AsyncIterator

import httpx

from smartupload.adapters.s3.answers import OPERATOR, log
from smartupload.adapters.s3.refusals import FULL
from smartupload.errors import MultipartGone, StoreFull, StoreRefused, StoreShut, StoreUnavailable
from smartupload.ports import SignedRequest, Taken

_PATIENCE = httpx.Timeout(60, connect=5)
"""Seconds for the store to take some more of it, and to answer."""
_CODE = re.compile(r"<Code>([A-Za-z0-9]+)</Code>")


@functools.cache
def _trust() -> ssl.SSLContext:
    """The certificates that boto3 would trust, too; made once, since that takes a while."""
    return httpx.create_ssl_context(verify=os.environ.get("AWS_CA_BUNDLE") or True)


async def pass_on(request: SignedRequest, size: int, body: AsyncIterator[bytes]) -> Taken:
    """Each has a connection of its own: it takes as long as the browser's line, and nobody else waits for it.

    Raises StoreUnavailable, MultipartGone, StoreRefused; and what the body raises.
    """
    headers = {**request.headers, "content-length": str(size)}
    try:
        async with httpx.AsyncClient(verify=_trust(), timeout=_PATIENCE) as client:
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
