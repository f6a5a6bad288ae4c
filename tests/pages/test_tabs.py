"""Which tabs are told of a change: those whose page shows it, each once for many, and trouble with one is nobody else's."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import pytest

from smartupload.service.links import share
from smartupload.state import Bound, LibraryState, VisitorState, bound_to, pushing, tabs
from smartupload.state.tabs import Tab, Tabs
from tests.pages.test_state import Changes, fresh, is_always


class App:
    """As much of an app as telling needs. The state of one tab cannot be reached, and one is busy until it is told to go on."""

    def __init__(self, *there: str) -> None:
        self.event_namespace = SimpleNamespace(token_to_sid=dict.fromkeys(there, "sid"))
        self.states: dict[str, Any] = {}
        self.told: asyncio.Queue[str] = asyncio.Queue()
        self.go_on = asyncio.Event()

    @contextlib.asynccontextmanager
    async def modify_state(self, token: Any) -> AsyncIterator[Any]:
        if token.ident == "unreachable":
            raise ConnectionError("redis is away")
        if token.ident == "busy":
            await self.go_on.wait()
        state = self.states.setdefault(token.ident, fresh(token.cls))

        class Root:
            async def get_state(self, _cls: type) -> Any:
                return state

        yield Root()
        self.told.put_nowait(token.ident)

    def revisions(self) -> dict[str, int]:
        return {ident: state.revision for ident, state in self.states.items()}


def is_there(_ident: str) -> bool:
    return True


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """How each file is now."""
    files: dict[str, str] = {}
    monkeypatch.setattr(share, "looks", lambda _ctx, tokens: {one: files[one] for one in tokens if one in files})
    monkeypatch.setattr(pushing, "GATHER", 0.02)
    return files


def test_those_are_told_whose_page_looks_otherwise(seen: dict[str, str]) -> None:
    seen |= {"f1": "as it was", "f2": "as it was"}

    async def scene() -> None:
        app: Any = App("mine", "at f1", "also at f1", "at f2", "of ben", "unreachable")
        changes = Changes()
        given = Bound(object(), is_always(""), lambda _: "")  # type: ignore[arg-type]
        for tab in (
            Tab("unreachable", LibraryState, "ann"),
            Tab("gone", LibraryState, "ann"),
            Tab("mine", LibraryState, "ann"),
            Tab("at f1", VisitorState, "ann", "f1", "as it was"),
            Tab("also at f1", VisitorState, "ann", "f1", "as it was"),
            Tab("at f2", VisitorState, "ann", "f2", "as it was"),
            Tab("of ben", LibraryState, "ben"),
        ):
            given.tabs.show(tab, is_there)
        async with bound_to(app, given, changes), asyncio.timeout(5):
            seen["f1"] = "otherwise"
            for _ in range(3):
                changes.queue.put_nowait("ann")
            assert {await app.told.get() for _ in range(3)} == {"mine", "at f1", "also at f1"}
            del seen["f2"]
            changes.queue.put_nowait("ann")
            assert {await app.told.get() for _ in range(2)} == {"mine", "at f2"}
            changes.queue.put_nowait("ben")
            assert await app.told.get() == "of ben"
        assert app.revisions() == {"mine": 2, "at f1": 1, "also at f1": 1, "at f2": 1, "of ben": 1}
        assert {tab.ident for tab in given.tabs.of("ann")} == {"unreachable", "mine", "at f1", "also at f1", "at f2"}

    asyncio.run(scene())


def test_a_tab_that_is_busy_keeps_nobody_waiting_and_is_told_once_more(seen: dict[str, str]) -> None:
    async def scene() -> None:
        app: Any = App("busy", "mine")
        some = [Tab("busy", LibraryState, "ann"), Tab("mine", LibraryState, "ann")]
        known = Tabs()
        async with asyncio.timeout(5):
            for _ in range(5):
                known.tell(app, some)
                assert await app.told.get() == "mine"
            app.go_on.set()
            assert [await app.told.get() for _ in range(2)] == ["busy", "busy"]
        assert app.revisions() == {"busy": 2, "mine": 5}

    asyncio.run(scene())


def test_a_tab_shows_one_page_and_those_that_are_gone_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabs, "MANY", 3)
    known = Tabs()
    known.show(Tab("a", LibraryState, "ann"), is_there)
    known.show(Tab("a", VisitorState, "ben", "f1"), is_there)
    assert (known.of("ann"), [tab.file for tab in known.of("ben")]) == ([], ["f1"])
    for number in range(20):
        known.show(Tab(f"gone {number}", LibraryState, "eve"), lambda ident: ident == "a")
    assert len(known.of("eve")) <= 3
    assert len(known.of("ben")) == 1
