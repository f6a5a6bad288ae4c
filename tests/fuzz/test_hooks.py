"""Which failures are none: a cancelled upload that says so to its owner, a site that is full, and nothing else."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

_AGREED: dict[str, Any] = {"id": "a" * 24, "state": "cancelled", "name": ""}


@pytest.fixture
def is_failure(monkeypatch: pytest.MonkeyPatch) -> Callable[..., bool]:
    """What the filter says of an answer after a DELETE."""
    monkeypatch.setenv("FUZZ_ROLE", "{}")
    hooks = importlib.import_module("tests.fuzz.hooks")

    class UseAfterFree(Exception):
        """What the check raises."""

    def asked(
        answer: object = _AGREED, path: str = "/api/uploads/{upload_id}", method: str = "get", status: int = 200
    ) -> bool:
        case = SimpleNamespace(operation=SimpleNamespace(path=path, method=method), path_parameters={})
        response = SimpleNamespace(status_code=status, json=lambda: json.loads(json.dumps(answer)))
        return hooks.filter_failure(None, UseAfterFree(), case, response)

    return asked


def test_a_cancelled_upload_that_says_so_is_none(is_failure: Callable[..., bool]) -> None:
    assert not is_failure()


@pytest.mark.parametrize(
    "other",
    [
        {"answer": {**_AGREED, "name": "plan.pdf"}},
        {"answer": {**_AGREED, "state": "ready"}},
        {"answer": {**_AGREED, "state": "uploading"}},
        {"answer": {"state": "cancelled"}},
        {"answer": {}},
        {"path": "/api/uploads/{upload_id}/download"},
        {"path": "/api/uploads/{upload_id}/link"},
        {"path": "/api/uploads"},
        {"path": "/api/tokens/{token_id}"},
        {"method": "head"},
        {"status": 302},
        {"status": 204},
    ],
)
def test_everything_else_that_was_deleted_is_one(is_failure: Callable[..., bool], other: dict[str, Any]) -> None:
    assert is_failure(**other)


@pytest.mark.parametrize(
    ("status", "code", "is_fault"),
    [(507, "site_full", False), (507, "internal_error", True), (503, "site_full", True), (500, "internal_error", True)],
)
def test_a_site_without_room_is_no_fault_of_the_server(
    monkeypatch: pytest.MonkeyPatch, status: int, code: str, is_fault: bool
) -> None:
    monkeypatch.setenv("FUZZ_ROLE", "{}")
    hooks = importlib.import_module("tests.fuzz.hooks")

    class ServerError(Exception):
        """What the check raises."""

    response = SimpleNamespace(status_code=status, json=lambda: {"code": code})
    assert hooks.filter_failure(None, ServerError(), None, response) == is_fault
