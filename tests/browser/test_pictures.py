"""Every page in every state looks as it is kept in pictures: `make screenshots` makes them anew, `make screenshots CHECK=1` compares."""

from __future__ import annotations

import os
from typing import Literal

import pytest
from PIL import Image
from playwright.sync_api import Browser

from smartupload.words import speaking
from tests.browser.looks import pictures
from tests.browser.looks.scenes import SHEETS
from tests.browser.looks.stage import SIZES, THEMES, Stage
from tests.browser.server import Server

KEEPS = bool(os.environ.get("KEEP_PICTURES"))
LOOKS: dict[str, list[tuple[int, Literal["light", "dark"]]]] = {
    "en": [(width, theme) for width in SIZES for theme in THEMES],
    # Colours and direction have nothing to do with each other: each of both is there, in each size and theme.
    "ar": [(390, "light"), (1440, "dark")],
}
FIRST = {("home", "en"), ("other", "ar")}
"""What `make test` compares as well: a card in each state, and the other direction."""

CASES = [
    pytest.param(
        sheet, language, marks=[] if (sheet, language) in FIRST else [pytest.mark.long], id=f"{sheet}-{language}"
    )
    for language in LOOKS
    for sheet in SHEETS
]


@pytest.mark.parametrize(("sheet", "language"), CASES)
def test_it_looks_as_it_is_kept(sheet: str, language: str, browser: Browser, server: Server) -> None:
    if KEEPS:
        pictures.keep_reference(browser)
    elif not pictures.is_comparable(browser):
        pytest.skip(
            "not comparable: this machine draws letters or fields otherwise than the one on which the pictures were made (docs/qa.md)"
        )
    scenes = SHEETS[sheet]
    shots: dict[str, list[Image.Image]] = {}
    stage = Stage(browser, server.url, language)
    with speaking(language):
        for scene in scenes:
            scene.show(stage)
            for width, theme in LOOKS[language]:
                stage.looks(width, theme, scene.whole)
                shot = pictures.as_image(stage.page.screenshot(animations="disabled"))
                shots.setdefault(f"{sheet}-{width}-{theme}-{language}", []).append(shot)
    stage.close()
    names = [scene.name for scene in scenes]
    found: list[str] = []
    for name, some in shots.items():
        if KEEPS:
            pictures.keep(name, some)
        found += pictures.differences(name, names, some)
    assert found == [], "if that is meant: make screenshots\n" + "\n".join(found)
