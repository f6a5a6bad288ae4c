"""Every handler of every state says what its arguments may be, and handles nothing else."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
import reflex as rx
import reflex_smartupload as su

import smartupload.state
from smartupload.state import FilesState, LinkState, NotificationsState
from smartupload.state.bounds import FILE, MARK, SEARCH, bounds
from smartupload.state.projects import KEPT, ProjectsState
from tests.pages.test_state import fresh

assert smartupload.state.__all__, "all states are known"


def states(parent: type[Any] = rx.State) -> Iterator[type[Any]]:
    for state in parent.__subclasses__():
        if state._mixin:
            continue  # what it gives to others is found at them
        yield state
        yield from states(state)


def handlers() -> list[tuple[str, Any]]:
    """All that a websocket can call of ours."""
    return [
        (f"{state.__name__}.{name}", handler.fn)
        for state in states()
        if state.__module__.startswith("smartupload.")
        for name, handler in state.event_handlers.items()
        if name != "setvar"
    ]


def test_every_handler_of_every_state_has_bounds() -> None:
    found = handlers()
    assert len(found) >= 25
    assert {"FilesState.search", "LinkState.limit", "NotificationsState.save", "ProjectsState.take_in"} <= {
        name for name, _ in found
    }
    assert [name for name, handler in found if not hasattr(handler, MARK)] == []


def test_no_variable_can_be_set_past_them() -> None:
    """Reflex gives every state a handler `setvar`, which calls the setter of a variable where there is one."""
    setters = {name for state in states() for name in dir(state) if name.startswith("set_")}
    assert setters <= {"set_is_hydrated"}, "it sets one bool of the page"


def test_no_handler_is_made_without_them() -> None:
    for wrong in ({}, {"query": 3, "page": 1}):
        with pytest.raises(TypeError, match="give a bound for each"):

            @bounds(**wrong)
            def search(_self: Any, query: str) -> None:
                raise AssertionError(query)


def ended(**changes: Any) -> su.Ended:
    return su.Ended(**({"id": "u", "name": "a", "path": "", "size": 3, "state": "ready", "share_url": "", "download_url": "", "error": "", "error_code": ""} | changes))  # fmt: skip


NESTED: Any = []
for _ in range(SEARCH + 1):
    NESTED = [NESTED]


@pytest.mark.parametrize(
    "query",
    ["a" * (SEARCH + 1), "\0", "\ud800", 7, None, True, {"a": "b"}, NESTED, ["a"] * 10],
    ids=lambda value: ascii(value)[:20],
)
def test_what_is_too_much_or_of_another_type_is_not_handled(query: Any) -> None:
    state = fresh(ProjectsState)
    state.search("a" * SEARCH)
    state.search(query)
    assert state.query == "a" * SEARCH


@pytest.mark.parametrize("changes", [{"name": "a" * FILE}, {"name": 7}, {"size": "3"}, {"name": {"a": "b"}}, {"size": 2**400_000}])  # fmt: skip
def test_no_file_that_is_none(changes: dict[str, Any]) -> None:
    state = fresh(ProjectsState)
    state.take_in(ended(**changes))
    state.take_in({"name": "a"})
    assert state.arrived == []


def test_what_arrived_does_not_grow_for_ever() -> None:
    state = fresh(ProjectsState)
    for number in range(KEPT + 5):
        state.take_in(ended(name=f"{number} {'a' * 4096}"))
    assert len(state.arrived) == KEPT
    assert state.arrived[0].name.startswith(f"{KEPT + 4} ")
    assert all(len(project.name) <= 201 for project in state.arrived)


def test_arguments_that_a_handler_does_not_have_are_no_fault_of_ours() -> None:
    state = fresh(FilesState)
    handler: Any = FilesState.event_handlers["ask"].fn
    for given in ({}, {"what": "u1"}, {"upload_id": "u1", "more": 1}, {"upload_id": 3}):
        handler(state, **given)
    assert state.asked == ""
    handler(state, upload_id="u1")
    assert state.asked == "u1"


def test_a_form_with_anything_in_it() -> None:
    save: Any = NotificationsState.event_handlers["save"].fn
    for form in ([], "a", {"email": "a" * 3000}, {"email": ["a"] * 3000}):
        assert asyncio.run(save(fresh(NotificationsState), form=form)) is None
    limit: Any = LinkState.event_handlers["limit"].fn
    assert asyncio.run(limit(fresh(LinkState), upload_id=3, until="", downloads="")) is None
