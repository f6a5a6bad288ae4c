"""Nobody leaves: files go up while somebody looks, works on another page, or has a slow line."""

from __future__ import annotations

import pytest

from smartupload_testing.browser.page import TRAY
from smartupload_testing.files import MIB
from smartupload_testing.scenarios.scenario import scenario
from smartupload_testing.scene import Scene

GO_ELSEWHERE = """(() => {
    const link = [...document.querySelectorAll('a[href]')].find(one =>
        one.origin === location.origin && one.pathname !== location.pathname && !/^\\/(api|f)\\//.test(one.pathname) && one.checkVisibility())
    link?.click()
    return link?.pathname ?? ''
})()"""


@scenario
def whole_upload(scene: Scene) -> None:
    """A file arrives byte for byte, and nothing of it goes twice."""
    file = scene.file()
    scene.begin(file, pace=None)
    scene.arrives(file)
    assert scene.person.wait_state(file.name, "ready").id, "the card has no upload id"
    scene.expect_twice(0)


@scenario
def other_page(scene: Scene) -> None:
    """Somebody works on another page of the app: the tray is there, and nothing goes twice."""
    file = scene.file()
    scene.begin(file, until=1 / 4)
    path = scene.person.tools.evaluate(GO_ELSEWHERE)
    if not path:
        pytest.skip("the app has one page only")
    tools = scene.person.tools
    scene.wait(lambda: tools.evaluate("location.pathname").startswith(path), 30, f"the page {path}")
    scene.wait(lambda: tools.evaluate(f"!!document.querySelector('{TRAY}')?.checkVisibility()"), 30, "the tray")
    scene.arrives(file)
    scene.expect_twice(0)


@scenario
def slow_line(scene: Scene) -> None:
    """On a slow line the card says how far it is and how long it takes, and nothing goes twice."""
    file = scene.file()
    scene.begin(file, pace=file.size / 20)

    def told() -> bool:
        card = scene.person.card(file.name)
        return card is not None and 10 <= card.percent <= 90 and bool(card.eta.strip())

    scene.wait(told, 60, "a percentage and the time that is left")
    scene.arrives(file)
    scene.expect_twice(0)


@scenario
def several_files(scene: Scene) -> None:
    """Several files at once arrive byte for byte, each once."""
    files = [scene.file(1 / 2), scene.file(1 / 3), scene.file(MIB / scene.run.size)]
    scene.begin(*files, pace=None)
    for file in files:
        scene.arrives(file)
        scene.upload(file)
    scene.expect_twice(0)
