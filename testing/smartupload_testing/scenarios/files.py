"""Somebody changes their mind, or the file: pauses, cancels, gives it again, edits it."""

from __future__ import annotations

from smartupload_testing.browser.kept import KEPT
from smartupload_testing.scenarios.scenario import scenario
from smartupload_testing.scene import Scene
from smartupload_testing.site import GONE
from smartupload_testing.wait import outage

QUIET_SECONDS = 3
BROWSER_SENDS = "your browser still sends"
"""What a card says where Chromium sends by itself, which cannot be stopped."""


@scenario
def paused(scene: Scene) -> None:
    """A paused upload sends nothing, the server knows of it, and it goes on when it is resumed."""
    file = scene.file()
    scene.begin(file, until=1 / 4)
    scene.person.pause(file.name)
    scene.line.shape(None)
    scene.wait(lambda: scene.upload(file)["state"] == "paused", 30, "the server to know of the pause")
    wait_until_quiet(scene, file.name)
    scene.person.resume(file.name)
    scene.arrives(file)
    scene.upload(file)


@scenario
def cancelled(scene: Scene) -> None:
    """A cancelled upload leaves nothing: not at the server, and no bytes in the browser."""
    file = scene.file()
    scene.begin(file, until=1 / 4)
    scene.owner()
    scene.person.cancel(file.name)
    scene.wait(lambda: all(one["state"] in GONE for one in scene.uploads(file)), 30, "the server to have none")
    scene.line.shape(None)
    wait_until_quiet(scene, file.name)

    def has_nothing() -> bool:
        kept = scene.person.tools.evaluate(f"({KEPT})()")
        return kept["copies"] == kept["parts"] == 0

    scene.wait(has_nothing, 60, "the browser to keep no bytes of it")


@scenario
def begun_anew(scene: Scene) -> None:
    """An upload that was given up from elsewhere says so, and the same file begins anew."""
    file = scene.file()
    scene.begin(file, until=1 / 4)
    upload = scene.upload(file)
    scene.site.delete(scene.owner(), upload["id"])
    card = scene.person.wait_state(file.name, "cancelled", "failed", "expired", seconds=60)
    scene.line.shape(None)
    wait_until_quiet(scene, file.name)
    scene.count_anew()
    if "Retry" in card.buttons:
        scene.person.retry(file.name)
    else:
        scene.person.give(file)
    assert scene.arrives(file)["id"] != upload["id"], "the upload that was given up is back"


@scenario
def same_file_twice(scene: Scene) -> None:
    """The same file given a second time is the running upload, and not another one."""
    file = scene.file()
    scene.begin(file, until=1 / 4)
    scene.person.give(file)
    scene.arrives(file)
    scene.upload(file)
    scene.expect_twice(0)


@scenario
def edited_file(scene: Scene) -> None:
    """A file that is edited while it is sent arrives as it was, or the card asks for it: never a mixture."""
    file = scene.file()
    scene.begin(file, until=1 / 8)
    with file.path.open("r+b") as held:
        held.seek(file.size // 2)
        held.write(b"changed" * 1000)
    scene.line.shape(None)

    def outcome() -> str:
        card = scene.person.card(file.name)
        return "" if card is None else card.error or ("ready" if card.state == "ready" else "")

    if scene.wait(outcome, 120, "the card to end, or to say why not") == "ready":
        scene.arrives(file)
    else:
        assert all(one["state"] != "ready" for one in scene.uploads(file)), "the card asks for a file that is ready"


def wait_until_quiet(scene: Scene, name: str) -> None:
    """Nothing is sent any more, for some seconds, but for what Chromium sends by itself, of which the card has to say so."""

    def is_quiet() -> bool:
        before = scene.sent
        outage(QUIET_SECONDS)
        return scene.sent - before <= scene.around() / 10

    def is_told() -> bool:
        card = scene.person.card(name)
        return card is not None and BROWSER_SENDS in card.text

    scene.wait(
        lambda: is_told() or is_quiet(), 60, "nothing to be sent any more, or the card to say that the browser goes on"
    )
