"""What a browser is told before it sends, and after: https://fetch.spec.whatwg.org/#cors-preflight-fetch."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse

Send = Callable[[str, str, Mapping[str, str]], AWSResponse]
"""Method, address, headers."""


class Unclear(Exception):
    """The store is away or busy, or says something that answers another question."""


def sender(client: Any) -> Send:
    """Over the connections of this client of boto3's."""
    session = client._endpoint.http_session

    def send(method: str, url: str, headers: Mapping[str, str]) -> AWSResponse:
        given: Any = dict(headers)
        answer = session.send(AWSPreparedRequest(method, url, given, None, False))
        answer.content  # noqa: B018 - read, so that the connection is free again
        return answer

    return send


def lets_send(send: Send, url: str, origin: str, names: Sequence[str]) -> bool:
    """Whether pages of `origin` may PUT there with headers of these names. Raises Unclear, and what boto3 raises."""
    asked = {"Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": ",".join(sorted(names))}
    answer = send("OPTIONS", url, {"Origin": origin} | asked)
    if answer.status_code in (404, 429) or answer.status_code >= 500:
        raise Unclear(f"a preflight is answered with status {answer.status_code}")
    headers = _listed(answer, "access-control-allow-headers")
    return (
        answer.status_code < 300
        and bool(_listed(answer, "access-control-allow-origin") & {"*", origin.lower()})
        and bool(_listed(answer, "access-control-allow-methods") & {"*", "put"})
        and ("*" in headers or headers.issuperset(name.lower() for name in names))
    )


def hidden(answer: AWSResponse, names: Sequence[str]) -> list[str]:
    """Which of these headers a page may not read in an answer that it may read otherwise."""
    if not _listed(answer, "access-control-allow-origin"):
        return []
    told = _listed(answer, "access-control-expose-headers")
    return [] if "*" in told else [name for name in names if name.lower() not in told]


def _listed(answer: AWSResponse, name: str) -> set[str]:
    told: Any = answer.headers
    return {item.strip().lower() for item in str(told.get(name, "")).split(",")} - {""}
