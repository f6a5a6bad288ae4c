"""Somebody leaves: closes the tab, closes the browser, loses it; and what the card said of it was true."""

from __future__ import annotations

import pytest

from smartupload_testing.scenarios.scenario import scenario
from smartupload_testing.scene import SAFE, Scene

SLOW = 2_500_000
"""Bytes a second of a line on which it is worth it to hand the rest over to the browser."""


@scenario
def tab_closed(scene: Scene) -> None:
    """The last tab is closed and opened again: the upload is there and arrives, with no second pick."""
    file = scene.file()
    scene.begin(file, until=1 / 4)
    scene.wait_safe(file)
    scene.person.leave()
    scene.person.open()
    scene.arrives(file)
    scene.upload(file)


@scenario
def browser_closed(scene: Scene) -> None:
    """The browser is closed at 10 % and opened again: the upload goes on, with no second pick."""
    file = scene.file()
    scene.person.was_here_before()
    scene.begin(file, until=1 / 10)
    scene.wait_safe(file)
    scene.person.close_browser()
    scene.person.start()
    scene.person.open()
    scene.arrives(file)
    scene.upload(file)


@scenario
def browser_killed(scene: Scene) -> None:
    """The browser is killed at half and opened again: the upload goes on, with no second pick."""
    file = scene.file()
    scene.person.was_here_before()
    scene.begin(file, until=1 / 2)
    scene.wait_safe(file)
    scene.person.lose_browser()
    scene.person.start()
    scene.person.open()
    scene.arrives(file)
    scene.upload(file)


@scenario
def safe_to_leave(scene: Scene) -> None:
    """The browser is killed in the moment in which the card says that one may leave: the file arrives all the same."""
    file = scene.file()
    scene.person.was_here_before()
    scene.begin(file, pace=SLOW)
    scene.owner()
    scene.person.wait_leave(file.name, *SAFE, seconds=60)
    scene.person.lose_browser()
    assert scene.sent < file.size, "all of it was sent before the card said that one may leave"
    scene.person.start()
    scene.person.open()
    scene.arrives(file)


@scenario
def goes_on_by_itself(scene: Scene) -> None:
    """Once the card says that it goes on by itself, a browser that is closed and started again sends it without a visit."""
    file = scene.file()
    scene.person.was_here_before()
    scene.begin(file, pace=SLOW)
    scene.owner()

    def said() -> str:
        card = scene.person.card(file.name)
        return "continues" if card and card.leave == "continues" else "ready" if card and card.state == "ready" else ""

    if scene.wait(said, 60 + file.size / SLOW, "the card to say that it goes on by itself") == "ready":
        pytest.skip("the site never says so")
    scene.person.close_browser()
    assert scene.sent < file.size, "all of it was sent before the browser was closed"
    scene.person.start()
    scene.arrives(file)
