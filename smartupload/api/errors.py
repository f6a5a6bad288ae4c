"""How errors leave the API: always application/problem+json, never with what went on inside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import structlog
from anyio import to_thread
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Match
from starlette.types import Scope

from smartupload.api.addresses import path_of
from smartupload.api.dependencies import route_of
from smartupload.api.languages import said_in
from smartupload.api.limits.address import sender_of
from smartupload.errors import (
    InternalError,
    InvalidRequest,
    MethodNotAllowed,
    NotFound,
    Problem,
    StoreFault,
    StoreUnavailable,
)
from smartupload.service.audit import doer, refusals
from smartupload.service.audit.doer import Doer
from smartupload.service.files import metadata
from smartupload.words import Sentence

log = structlog.get_logger("smartupload.api")

_METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")
_NAME = 100
"""Characters that are told of the name of a member."""


REFUSALS = (401, 403, 429)
"""Statuses of answers to what somebody may not do, or not so often."""


class ProblemResponse(JSONResponse):
    """RFC 9457."""

    media_type = "application/problem+json"


def problem_response(problem: Problem) -> ProblemResponse:
    """The answer for a problem."""
    headers = said_in()
    if problem.retry_after is not None:
        headers["Retry-After"] = str(problem.retry_after)
    if problem.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return ProblemResponse(problem.as_dict(), problem.status, headers)


def install(api: FastAPI) -> None:
    """Make every failure under /api a problem document."""
    api.add_exception_handler(Problem, _problem)
    api.add_exception_handler(StoreFault, _store_fault)
    api.add_exception_handler(RequestValidationError, _validation)
    api.add_exception_handler(HTTPException, _http)
    api.add_exception_handler(Exception, _unexpected)
    described = api.openapi
    setattr(api, "openapi", lambda: _as_sent(described()))  # noqa: B010


def _as_sent(document: dict[str, Any]) -> dict[str, Any]:
    """Described as they are sent, those of what is not understood among them."""
    for operation in (one for path in document["paths"].values() for one in path.values()):
        for status, answer in operation["responses"].items():
            if status == "default" or status.startswith(("4", "5")):
                answer["content"] = {ProblemResponse.media_type: {"schema": _PROBLEM}}
    for name in ("HTTPValidationError", "ValidationError"):
        document["components"]["schemas"].pop(name, None)
    return document


_PROBLEM = {"$ref": "#/components/schemas/ProblemAnswer"}


async def _problem(request: Request, error: Any) -> Response:
    if error.status in REFUSALS:
        await _note(request, error)
    return problem_response(error)


async def _note(request: Request, problem: Problem) -> None:
    await _write_down(request.app, problem.code, request.method, route_of(request))


async def note_at_the_door(api: FastAPI, scope: Scope, problem: Problem) -> None:
    """Write down what a layer around the API refuses, before it is known whose request it is, and which route takes it."""
    with doer.acting(Doer()):
        try:
            doer.came_from(sender_of(HTTPConnection(scope), api.state.context().settings.trusted_proxies))
        except Problem:
            return  # not started; nothing can be written
        path = next(iter(_paths(api, scope)), "")
        await _write_down(api, problem.code, scope.get("method", "WEBSOCKET"), path)


def _paths(api: FastAPI, scope: Scope) -> Iterable[str]:
    """Those of the routes that take the request: no id and no token stands in them."""
    if scope["type"] == "http":
        yield from (route.path for route in api.state.places if route.matches(scope)[0] is Match.FULL)


async def _write_down(api: FastAPI, code: str, method: str, path: str) -> None:
    """Into the audit log; the answer is the same when that cannot be done."""
    try:
        await to_thread.run_sync(refusals.refused, api.state.context(), api.state.refusals, code, method, path)
    except Exception:
        log.exception("a refused attempt could not be written down")


async def _store_fault(request: Request, error: Exception) -> Response:
    log.error("unhandled answer of the store", path=request.url.path, exc_info=error)
    return problem_response(StoreUnavailable())


def invalid(found: Iterable[Mapping[str, Any]], around: Sequence[str] = ()) -> Problem:
    """A request that is not understood: what pydantic has found. `around`: where what it looked at stands in the request.

    A program is told each member; the detail is for a person, who can do something about what is said of a file.
    """
    # Only where and what, never the value: it may be a secret or megabytes long. A name that was sent may be long, too.
    errors: list[dict[str, str]] = []
    said: Sentence | None = None
    for item in found:
        at = (*around, *item["loc"])
        errors.append({"at": ".".join(str(step)[:_NAME] for step in at), "message": item["msg"]})
        said = said or metadata.refusal(at[1:], item["type"])
    return InvalidRequest(said, errors=errors[:20])


async def _validation(request: Request, error: Any) -> Response:
    return problem_response(invalid(error.errors()))


async def _http(request: Request, error: Any) -> Response:
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(_taken(request))
    if not path_of(request.scope).startswith("/api"):
        return PlainTextResponse(str(error.detail), error.status_code, headers=headers)
    if error.status_code == 404:
        return problem_response(NotFound())
    if error.status_code == 405:
        response = problem_response(MethodNotAllowed())
        response.headers.update(headers)
        return response
    return problem_response(InvalidRequest(str(error.detail) or None))


def _taken(request: Request) -> list[str]:
    """The methods that the address takes; Starlette knows those of the first route alone."""
    return [
        method
        for method in _METHODS
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in request.app.routes)
    ]


async def _unexpected(request: Request, error: Exception) -> Response:
    log.error("unexpected error", path=request.url.path, method=request.method, exc_info=error)
    return problem_response(InternalError())
