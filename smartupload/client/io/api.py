"""The calls of the HTTP API that the client makes, each repeated while nobody answers, and what comes back instead of an answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, TypeVar

import httpx

from smartupload.client.core import retry
from smartupload.client.core.answers import Grant, Upload, grants_of, upload_of
from smartupload.client.core.errors import TOO_MUCH, Away, SmartUploadError, TooMuch, own
from smartupload.client.io.http import line_errors
from smartupload.client.io.line import Line, Stopped
from smartupload.client.io.owner import Owner

_T = TypeVar("_T")

FIRST_PATIENCE = 10.0
"""Seconds in which the server has to answer for the first time: until then a wrong address is as likely as one that is away."""


class Api:
    """The API at `url`. `headers` go with every call. Its methods raise SmartUploadError, and Stopped when `stop` is set meanwhile."""

    def __init__(self, url: str, headers: Mapping[str, str], http: httpx.Client, owner: Owner, line: Line) -> None:
        self.url = url
        self._headers = dict(headers)
        self._http = http
        self._owner = owner
        self.line = line
        self._meeting = threading.Lock()
        self._met: dict[str, Any] | None = None

    def settings(self) -> Mapping[str, Any]:
        """What the server says of itself, asked once; who is asking is known from then on."""
        with self._meeting:
            if self._met is None:

                def ask() -> httpx.Response:
                    return self._call("GET", "/api/client-settings", patience=FIRST_PATIENCE)

                self._owner.meet(lambda: ask().headers.get_list("set-cookie"))
                answer = ask()
                self._owner.renew(answer.headers.get_list("set-cookie"))
                self._met = self._read(answer, dict[str, Any])
            return self._met

    def create(self, new: Mapping[str, Any], key: str, *, waits: bool = True) -> Upload:
        """Begin an upload. The same key gives the one that it made before. Unless it `waits` it raises TooMuch."""
        answer = self._known("POST", "/api/uploads", new, {"Idempotency-Key": key}, waits=waits)
        return self._read(answer, upload_of)

    def get(self, upload_id: str) -> Upload:
        """One upload, with the parts that the store has."""
        return self._read(self._known("GET", f"/api/uploads/{upload_id}"), upload_of)

    def sign(
        self,
        upload_id: str,
        parts: Sequence[Mapping[str, Any]],
        terms: Mapping[str, Any],
        stop: threading.Event | None = None,
    ) -> tuple[int, dict[int, Grant]]:
        """The epoch that the upload is in, and what is signed in it, by number."""
        answer = self._known("POST", f"/api/uploads/{upload_id}/parts", {"parts": parts, **terms}, stop=stop)
        return self._read(answer, grants_of)

    def complete(self, upload_id: str) -> Upload:
        """Have the file made."""
        return self._read(self._known("POST", f"/api/uploads/{upload_id}/complete"), upload_of)

    def batch(self, verb: str, body: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        """A call about several uploads: for each its answer or its problem, in the order asked."""
        return self._read(self._known("POST", f"/api/batch/{verb}", body), lambda answer: list(answer["results"]))

    def resume(self, upload_id: str) -> Upload:
        """Go on with one that was paused."""
        return self._read(self._known("POST", f"/api/uploads/{upload_id}/resume"), upload_of)

    def adopt(self, upload_id: str, key: str) -> Upload:
        """Take one along whose owner's cookie was lost."""
        return self._read(self._known("POST", f"/api/uploads/{upload_id}/claim", {"key": key}), upload_of)

    def cancel(self, upload_id: str) -> None:
        """End it, and delete what was sent."""
        self._known("DELETE", f"/api/uploads/{upload_id}")

    def shared(self, token: str) -> Mapping[str, Any]:
        """What a link shows."""
        return self._read(self._known("GET", f"/api/shared/{token}"), dict[str, Any])

    def place_of(self, path: str) -> str:
        """Where a download leads."""
        answer = self._known("GET", path, leads_on=True)
        return str(httpx.URL(self.url).join(answer.headers["location"]))

    def _known(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        stop: threading.Event | None = None,
        leads_on: bool = False,
        waits: bool = True,
    ) -> httpx.Response:
        """A call by whoever has been introduced."""
        self.settings()
        return self._call(method, path, body, headers, stop=stop, leads_on=leads_on, waits=waits)

    def _call(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        stop: threading.Event | None = None,
        patience: float | None = None,
        leads_on: bool = False,
        waits: bool = True,
    ) -> httpx.Response:
        cookie = {"Cookie": self._owner.cookie} if self._owner.cookie else {}
        sent = {"Accept": "application/json", **cookie, **self._headers, **(headers or {})}
        until = 0.0
        while True:
            try:
                with self.line.request(stop, patience), line_errors(self.url, "server_away"):
                    answer = self._http.request(method, f"{self.url}{path}", json=body, headers=sent)
                    return self._judged(answer, leads_on)
            except Away:
                continue
            except TooMuch as much:
                if not waits:
                    raise
                # Others go on meanwhile: what they do makes room.
                until = until or time.monotonic() + (self.line.patience if patience is None else patience)
                left = until - time.monotonic()
                if left <= 0:
                    raise own(much.code, url=self.url, cause=much.cause) from much
                if (stop or threading.Event()).wait(min(max(much.retry_after, 1.0), left)):
                    raise Stopped from None

    def _judged(self, answer: httpx.Response, leads_on: bool) -> httpx.Response:
        """The answer, if it is one of the API's. Raises Away when it shall be asked again."""
        status = answer.status_code
        problem = _problem(answer)
        if status >= 500 or status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.REQUEST_TIMEOUT):
            cause = str(problem.get("detail") or f"status {status}")
            after = retry.retry_after(answer.headers.get("retry-after"), datetime.now(UTC))
            if (code := str(problem.get("code"))) in TOO_MUCH:
                raise TooMuch(code, cause, after)
            raise Away("server_away", cause, after)
        if "code" in problem:
            raise SmartUploadError(str(problem["code"]), _detail(problem), status=status, problem=problem)
        if status in (401, 403, 407):
            raise own("access_refused", url=self.url, status=status)
        if answer.has_redirect_location:
            if leads_on:
                return answer
            raise own("moved", status=status, url=self.url, place=answer.headers["location"])
        if answer.is_success and (status == HTTPStatus.NO_CONTENT or _type(answer) == "application/json"):
            return answer
        if self._met is None:
            raise self._foreign(answer)
        # It was the API before: somebody stands in between for a while.
        raise Away("portal", f"status {status}, {_type(answer) or 'no content type'}")

    def _read(self, answer: httpx.Response, read: Callable[[Any], _T]) -> _T:
        try:
            return read(answer.json())
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise self._foreign(answer) from error

    def _foreign(self, answer: httpx.Response) -> SmartUploadError:
        return own("no_api", url=self.url, status=answer.status_code, type=_type(answer) or "no content type")


def _detail(problem: Mapping[str, Any]) -> str:
    """The API's sentence. Where it does not understand a call, its sentence is for pages: a program is told which member is wrong, and how."""
    errors = "; ".join(
        f"{error['at'].removeprefix('body.')}: {error['message']}" for error in problem.get("errors", ())
    )
    return f"The server does not take this call: {errors}." if errors else str(problem.get("detail", ""))


def _type(answer: httpx.Response) -> str:
    return answer.headers.get("content-type", "").partition(";")[0].strip().lower()


def _problem(answer: httpx.Response) -> Mapping[str, Any]:
    """The members of a problem document (RFC 9457); none when it is something else."""
    if _type(answer) != "application/problem+json":
        return {}
    try:
        return dict(answer.json())
    except (ValueError, TypeError):
        return {}
