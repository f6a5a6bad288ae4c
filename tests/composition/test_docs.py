"""What docs/library.md says: its apps take files, and it names each parameter, each attribute and each hook, with their limits."""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Callable
from typing import Any

import pytest
from smartupload_testing.wait import wait_for

from smartupload import hooks
from smartupload.adapters.hook_calls import AT_ONCE, SECONDS
from smartupload.api import identity
from smartupload.composition import SmartUpload
from smartupload.service.owner import MAX_LENGTH
from smartupload.state import FilesState
from smartupload.state.file_rows import FileRow
from tests.api.test_uploads import is_problem
from tests.composition.conftest import ROOT, OwnApp

PAGE = (ROOT / "docs" / "library.md").read_text()
APPS = dict(re.findall(r"<!-- app: (\w+) -->\n```python\n(.*?)```", PAGE, re.DOTALL))


@pytest.mark.parametrize("name", ["reflex", "fastapi"])
def test_the_shortest_app_takes_a_file(make_app: Callable[..., OwnApp], name: str) -> None:
    app = make_app(APPS[name])
    upload = app.somebody().sends_a_file()
    assert app.somebody().get(upload["share_url"]).status_code == 200


def test_the_app_with_a_login(make_app: Callable[..., OwnApp]) -> None:
    app = make_app(APPS["login"])
    anna = app.somebody(Cookie="session=8f14e45f")
    anna.sends_a_file()
    assert app.somebody(Cookie="session=c9f0f895").sees() == []
    is_problem(app.somebody().get("/api/uploads"), 401, "not_signed_in")


def test_the_reflex_app_with_a_login(make_app: Callable[..., OwnApp]) -> None:
    app = make_app(APPS["reflex_login"])
    anna, ben = app.somebody(), app.somebody()
    assert anna.get("/api/login/anna").status_code == ben.get("/api/login/ben").status_code == 303
    anna.sends_a_file()
    assert (len(anna.sees()), ben.sees()) == (1, [])
    is_problem(app.somebody().get("/api/uploads"), 401, "not_signed_in")


def test_the_page_with_the_files_of_a_person(make_app: Callable[..., OwnApp]) -> None:
    app = make_app(APPS["files"])
    app.somebody().sends_a_file()
    assert app.runs("-c", "from own.own import index; index().render()").wait(60) == 0, app.log.read_text()


def test_every_member_of_the_state_of_files_is_there() -> None:
    table = PAGE.partition("| of `FilesState` | is |")[2].partition("\n\n")[0]
    named = {name for cell in re.findall(r"^\| (.+?) \|", table, re.MULTILINE) for name in re.findall(r"`(\w+)", cell)}
    assert named == set(FilesState.base_vars) | set(FilesState.event_handlers) - {"setvar"}
    row = next(line for line in table.splitlines() if line.startswith("| `rows`")).partition("a `FileRow`:")[2]
    assert re.findall(r"`(\w+)`", row) == [field.name for field in dataclasses.fields(FileRow)]


def test_the_app_with_hooks(make_app: Callable[..., OwnApp]) -> None:
    app = make_app(APPS["hooks"], extra={"PYTHONUNBUFFERED": "1"})
    anna = app.somebody()
    is_problem(anna.creates(size=50_000_000), 403, "upload_refused")
    upload = anna.uploads("invoice.bin")

    def ended() -> Any:
        now = anna.get(f"/api/uploads/{upload['id']}").json()
        return now["state"] == "blocked" and now["error"]["detail"]

    assert wait_for(ended, 30, "the file to be blocked") == "This is no PDF. Send the invoice as a PDF."


def test_every_parameter_and_attribute_is_there() -> None:
    assert '## `SmartUpload(settings=None, *, identify=None, sign_in="", hooks=())`' in PAGE
    parameters = inspect.signature(SmartUpload).parameters
    assert list(parameters) == re.findall(r"^- \*\*(\w+)\*\*:", PAGE, re.MULTILINE)
    public = {name for name in dir(SmartUpload) if not name.startswith("_")} | {"api"}
    table = PAGE.partition("| it has |")[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| `(\w+)(?:\([\w, ]*\))?` \|", table, re.MULTILINE)) == public
    asked = list(inspect.signature(SmartUpload.add_share_page).parameters)
    assert f"`add_share_page({', '.join(asked[1:])})`" in PAGE


def test_every_hook_is_there_with_its_limit() -> None:
    rows = re.findall(r"^\| `(\w+)\(file\)` \| .*? \| ([\w ]+) \|", PAGE, re.MULTILINE)
    seconds = {name: float(limit.split()[0]) * {"s": 1, "min": 60}[limit.split()[1]] for name, limit in rows}
    assert seconds == SECONDS
    assert tuple(seconds) == hooks.METHODS
    assert f"keeps {AT_ONCE} for each method" in PAGE
    assert f"`version = {hooks.VERSION}`" in PAGE


def test_what_is_said_of_identify_is_so() -> None:
    assert f"within {identity.SECONDS:g} seconds" in PAGE
    assert f"a text of {MAX_LENGTH} printable characters at most" in PAGE
