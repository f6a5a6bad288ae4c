"""The line fails, or whoever sends does: it goes on, and hardly anything goes twice."""

from __future__ import annotations

from smartupload_testing.scenarios.scenario import scenario
from smartupload_testing.scene import Scene
from smartupload_testing.wait import outage

AWAY_SECONDS = 10


@scenario
def line_cut(scene: Scene) -> None:
    """The line is cut for a while: the card waits, and goes on by itself when it is back."""
    file = scene.file()
    scene.begin(file, until=1 / 3)
    scene.line.cut()
    scene.person.wait_state(file.name, "waiting", seconds=60)
    outage(AWAY_SECONDS)
    scene.line.restore()
    scene.arrives(file)
    scene.upload(file)


@scenario
def little_goes_twice(scene: Scene) -> None:
    """A killed browser that is back sends no part again that was confirmed."""
    file = scene.file()
    scene.person.was_here_before()
    scene.begin(file, until=2 / 3)
    scene.wait_safe(file)
    scene.person.lose_browser()
    flying = scene.sent - scene.upload(file)["confirmed_bytes"]
    scene.person.start()
    scene.person.open()
    scene.arrives(file)
    scene.expect_twice(flying)
