"""Which failures of the check for what was deleted are none: a cancelled upload that says so to its owner, and nothing else."""

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
