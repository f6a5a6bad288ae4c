"""What schemathesis asks of every answer beside its own checks: nothing in it is another owner's."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from typing import Any

import schemathesis

ROLE: dict[str, Any] = json.loads(os.environ["FUZZ_ROLE"])
"""`words` that only the `others` may see, the `open` ids that a link gives to all, the `database`, and whether who asks is `somebody`."""
_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{24}(?![0-9a-f])")
UNSAID = (
    "Give the token a name",  # of something that can be seen
    "is not one of ours",
    "`after` is the id of an event",
    "each number once",
    "parts in one request at most",
    "goes along with this file",
    "as this address lists them",
    "That day is over already",
    "An owner, an upload and an action are plain texts.",
    "or not printable",
    "not the keys of a push subscription",
    "Send a form with logout_token.",
)
"""What is wrong with a value that looks as it should: a place that was never given out, a moment that is over, no point of a curve."""
_owners: dict[str, str] = {}


@schemathesis.check
def nothing_of_others(ctx: Any, response: Any, case: Any) -> None:
    """Neither a word of theirs nor the id of an upload of theirs, unless the request had it."""
    said = f"{dict(response.headers)} {response.content.decode('utf-8', 'replace')}"
    asked = f"{response.request.url} {response.request.body!r} {dict(response.request.headers)}"
    for word in ROLE["words"]:
        assert word not in said or word in asked, f"{word!r} is another owner's"
    for found in set(_ID.findall(said)) - set(_ID.findall(asked)) - set(ROLE["open"]):
        if found not in _owners and (owner := _row(found)[0]):
            _owners[found] = owner
        assert _owners.get(found) not in ROLE["others"], f"upload {found} is another owner's"


def _row(upload: str) -> tuple[str, str]:
    """Owner and state of an upload; both are empty where there is none."""
    with sqlite3.connect(f"file:{ROLE['database']}?mode=ro", uri=True, timeout=30) as database:
        row = database.execute("SELECT owner, state FROM upload WHERE id = ?", (upload,)).fetchone()
    return row or ("", "")


@schemathesis.hook
def filter_failure(context: Any, failure: Any, case: Any, response: Any) -> bool:
    """Whether it is one: what the document cannot say is none."""
    kind = type(failure).__name__
    try:
        answer = response.json()
    except ValueError:
        return True
    if kind == "ServerError":
        # A disk that has no room for what was asked for is no fault of the server, and its document names the answer (RFC 4918, 11.5).
        return (response.status_code, answer.get("code")) != (507, "site_full")
    if kind == "RejectedPositiveData":
        # It fits the document and is refused all the same: by a rule that has a name of its own, or that no document can say.
        said = answer.get("detail", "")
        return answer.get("code") in (None, "invalid_request") and not any(rule in said for rule in UNSAID)
    if kind == "EnsureResourceAvailability":
        # To nobody each request is somebody new's; with another key an upload is not there; and what was made with the key of a
        # deleted one is deleted.
        is_claim = case.operation.path.endswith("/claim")
        return ROLE["somebody"] and not is_claim and _row(case.path_parameters.get("upload_id", ""))[1] != "cancelled"
    if kind == "UseAfterFree":
        # What was cancelled says so to its owner, and not what it was, until its row goes.
        is_upload = case.operation.method.upper() == "GET" and case.operation.path == "/api/uploads/{upload_id}"
        is_empty = (answer.get("state"), answer.get("name")) == ("cancelled", "")
        return not (is_upload and response.status_code == 200 and is_empty)
    if kind == "AcceptedNegativeData" and response.status_code == 200 and "/api/batch/" in case.operation.path:
        # Each item is answered for itself.
        return not any(one.get("problem") for one in answer.get("results", ()))
    return True
