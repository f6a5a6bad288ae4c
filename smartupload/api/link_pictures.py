"""Which picture chat programs show beside a link: one for each state that it can be in, the same for all files, so that it tells nothing of any."""

from __future__ import annotations

from pathlib import Path

from smartupload.service.links.group_page import SharedGroup
from smartupload.service.presentation.views import SharedFile

STEP = 20
"""Of the percentages for which there is a picture: a chat keeps the one that it has seen first."""
READY = "link-ready.png"
GONE = "link-gone.png"
"""Also of what will never be there."""
SITE = "og.png"
"""Of the site itself."""
WIDTH, HEIGHT = 1200, 630


def on_its_way(percent: int) -> str:
    """So much of it is here, or a little more."""
    return f"link-way-{max(0, min(percent, 100)) // STEP * STEP}.png"


NAMES = (*(on_its_way(percent) for percent in range(0, 101, STEP)), READY, GONE)
"""Beside the pages: `assets` of the app."""


def of_file(file: SharedFile) -> str:
    """Its picture."""
    match file.state:
        case "uploading" | "paused":
            return on_its_way(min(file.percent, 99))
        case "verifying" | "scanning":
            return on_its_way(100)
        case "ready":
            return READY
        case _:
            return GONE


def of_group(group: SharedGroup) -> str:
    """The picture of files that were given together: how many of them are there."""
    if group.coming:
        return on_its_way(100 * group.ready // (group.ready + group.coming))
    return READY if group.ready else GONE


def tags(picture: str, web_root: Path | None, site_url: str, text: str) -> dict[str, str]:
    """What a page says of its picture, `text` for those who cannot see it; nothing where the site has none. Chat programs want the whole address."""
    if web_root is None or not (web_root / picture).is_file():
        return {}
    size = {"og:image:width": str(WIDTH), "og:image:height": str(HEIGHT)}
    return {"og:image": f"{site_url}/{picture}", "og:image:type": "image/png", **size, "og:image:alt": text}
