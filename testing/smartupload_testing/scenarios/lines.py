"""The line fails, or whoever sends does: it goes on, and hardly anything goes twice."""

from __future__ import annotations

from smartupload_testing.files import MIB, Original
from smartupload_testing.scenarios.scenario import scenario
from smartupload_testing.scene import Scene
from smartupload_testing.wait import outage

AWAY_SECONDS = 10
COUNTED_SECONDS = 5
PARTS_AT_ONCE = 12
"""So many parts are on the line at the same time at most, over all hosts of a store."""


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
    """Of a browser that is killed only the parts in flight are lost: when it is back, no confirmed part goes again."""
    file = scene.file()
    scene.person.was_here_before()
    scene.begin(file, until=2 / 3)
    scene.wait_safe(file)
    scene.person.lose_browser()
    scene.line.shape(None)
    confirmed = counted(scene, file)
    at_once = PARTS_AT_ONCE * scene.upload(file)["part_size"]
    lost = scene.sent - confirmed
    assert lost <= at_once + scene.around(), (
        f"{lost / MIB:.1f} MiB were lost, more than {PARTS_AT_ONCE} parts in flight"
    )
    sent = scene.sent
    scene.person.start()
    scene.person.open()
    scene.arrives(file)
    again, missing = scene.sent - sent, file.size - confirmed
    print(
        f"{lost / MIB:.1f} MiB were lost, {missing / MIB:.1f} MiB were missing, {again / MIB:.1f} MiB were sent again"
    )
    assert missing > 0, "nothing was missing when the browser came back"
    assert again <= missing + scene.around(), (
        f"{missing / MIB:.1f} MiB were missing, and {again / MIB:.1f} MiB were sent"
    )


def counted(scene: Scene, file: Original) -> int:
    """How much the server has confirmed, once all has come to it that the killed browser had on the line."""
    upload = scene.upload(file)["id"]
    scene.wait(lambda: not scene.line.connections, 60, "the line to be quiet")

    def same() -> int | None:
        before = scene.site.confirmed(scene.owner(), upload)
        outage(COUNTED_SECONDS)
        return before if before and scene.site.confirmed(scene.owner(), upload) == before else None

    return scene.wait(same, 60, "the server to have counted what came")
