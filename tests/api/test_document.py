"""What `/api/openapi.json` says of requests and answers is so: what it does not allow is refused, and what it allows is not."""

from __future__ import annotations

from typing import Any

import pytest

from smartupload.api.exact import MAX_SIZE
from tests.api.conftest import Browser, Site
from tests.api.test_uploads import is_problem

NOT_ALLOWED: dict[str, tuple[str, str, dict[str, Any], str]] = {
    "a size of digits": ("POST", "/api/uploads", {"name": "a", "size": "1"}, "body.size"),
    "a size that is true": ("POST", "/api/uploads", {"name": "a", "size": True}, "body.size"),
    "a size that nobody counts exactly": ("POST", "/api/uploads", {"name": "a", "size": MAX_SIZE + 1}, "body.size"),
    "a rate of digits": ("POST", "/api/uploads", {"name": "a", "size": 1, "line_rate": "1.5"}, "body.line_rate"),
    "a date of seconds": ("POST", "/api/uploads", {"name": "a", "size": 1, "last_modified": 5}, "body.last_modified"),
    "a date of digits": ("POST", "/api/uploads", {"name": "a", "size": 1, "last_modified": "5"}, "body.last_modified"),
    "a yes that is a number": ("PUT", "/api/notifications", {"pushes": 0}, "body.pushes"),
    "a yes that is a word": ("PUT", "/api/uploads/{id}/link", {"revoked": "yes"}, "body.revoked"),
    "downloads of digits": ("PUT", "/api/uploads/{id}/link", {"downloads_left": "1"}, "body.downloads_left"),
    "a part number of digits": (
        "POST",
        "/api/uploads/{id}/parts",
        {"parts": [{"number": "1", "size": 1000, "sha256": ""}]},
        "body.parts.0.number",
    ),
}


@pytest.mark.parametrize("case", NOT_ALLOWED.values(), ids=NOT_ALLOWED)
def test_what_it_does_not_allow_is_refused(browser: Browser, case: tuple[str, str, dict[str, Any], str]) -> None:
    method, path, body, at = case
    upload = browser.creates()
    answer = browser.request(method, path.format(**upload.json()), json=body, headers={"Idempotency-Key": "k"})
    is_problem(answer, 422, "invalid_request")
    assert [error["at"] for error in answer.json()["errors"]] == [at]


def test_a_moment_of_an_audit_is_no_number(make_site: Any) -> None:
    site: Site = make_site(admin_token="t" * 30)
    operator = site.browser(Authorization="Bearer " + "t" * 30)
    is_problem(operator.get("/api/admin/audit?until=0.5"), 422, "invalid_request")
    assert operator.get("/api/admin/audit?until=2026-01-01T00:00:00Z").status_code == 200


def test_a_whole_number_may_have_a_point(browser: Browser) -> None:
    assert browser.creates(size=1000.0).json()["size"] == 1000  # pyright: ignore[reportArgumentType]


def test_what_it_says_of_values(browser: Browser) -> None:
    schemas = browser.get("/api/openapi.json").json()["components"]["schemas"]
    new, link, part = (schemas[name]["properties"] for name in ("NewUpload", "LinkLimits", "PartClaim"))
    assert new["size"]["maximum"] == MAX_SIZE
    assert new["line_rate"]["anyOf"][0]["minimum"] == 0
    assert new["metadata"]["additionalProperties"] is False
    assert link["downloads_left"]["anyOf"][0]["maximum"] == 1_000_000
    assert part["sha256"]["pattern"] == "^[A-Za-z0-9+/]{43}=$"


def test_where_a_void_link_of_a_mail_leads(browser: Browser) -> None:
    described = browser.get("/api/openapi.json").json()["paths"]["/api/notifications/confirm"]["get"]["responses"]
    assert str(browser.get("/api/notifications/confirm?c=x&s=y").status_code) in described
