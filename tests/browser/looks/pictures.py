"""Pictures of scenes as they are kept, side by side in few colours, and how those of today differ from them."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import cast

from PIL import Image, ImageChops, ImageDraw
from playwright.sync_api import Browser, Page

Colour = tuple[int, int, int]
KEPT = Path(__file__).with_name("kept")
FOUND = Path(__file__).resolve().parents[3] / "test-results" / "pictures"
"""Pictures of what differs: as it was, as it is, and where."""

NOTHING = (255, 0, 255)
"""Below a picture that is not as high as another one beside it."""
SHADES = 10
"""Two colours are one that are not farther apart, in any channel: what is kept has some dozens of colours."""
FLAT = 16
"""So many of the most frequent ones are kept as they are: grounds and lines."""
SEEN = 24
"""What is drawn along an edge in another shade is no difference until one channel is so far off."""

# What a page is drawn with that no page decides: letters of each script and weight, and fields as the browser has them.
REFERENCE = """<!doctype html><meta charset=utf-8>
<body style="margin: 8px; font: 14px/1.5 Inter, ui-sans-serif, system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif">
<p>Minutes of the meeting, 61 % · 4–6 min “left” … <b>Drop files anywhere</b> <strong style="font-weight: 650">Größe</strong></p>
<p dir=rtl>يستمر الرفع حين يعود الاتصال <b>تابع عملك</b> 734</p>
<p><code style="font: 13px/1.6 ui-monospace, Menlo, Consolas, monospace">1. sut_9mZtQ4uXo2LkV7cR1bNf</code></p>
<p><input type=date> <input type=checkbox checked> <select><option>two weeks</select> <button>Save</button></p>"""


def as_image(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def reference(browser: Browser) -> Image.Image:
    """How this machine draws, whatever the pages are."""
    page: Page = browser.new_page(viewport={"width": 640, "height": 200}, locale="en-GB", color_scheme="light")
    page.set_content(REFERENCE)
    page.evaluate("document.fonts.ready")
    picture = as_image(page.screenshot())
    page.close()
    return picture


def is_comparable(browser: Browser) -> bool:
    """Whether it draws as the machine did on which the kept pictures were made."""
    with Image.open(KEPT / "reference.webp") as kept:
        return ImageChops.difference(kept.convert("RGB"), reference(browser)).getbbox() is None


def keep_reference(browser: Browser) -> None:
    KEPT.mkdir(exist_ok=True)
    reference(browser).save(KEPT / "reference.webp", lossless=True)


def keep(name: str, pictures: list[Image.Image]) -> None:
    """One file of pictures of one width, side by side."""
    width = pictures[0].width
    sheet = Image.new("RGB", (width * len(pictures), max(one.height for one in pictures)), NOTHING)
    for at, one in enumerate(pictures):
        sheet.paste(one, (at * width, 0))
    few = _mapped(sheet, _colours(sheet))
    few.convert("RGB").save(KEPT / f"{name}.webp", lossless=True, quality=100, method=4)


def differences(name: str, scenes: list[str], pictures: list[Image.Image]) -> list[str]:
    """A sentence for each picture that is not the kept one, which also says where the two and their difference lie."""
    if not (KEPT / f"{name}.webp").exists():
        return [f"{name}: no picture of it is kept"]
    with Image.open(KEPT / f"{name}.webp") as file:
        sheet = file.convert("RGB")
    width = pictures[0].width
    if sheet.width != width * len(pictures):
        return [f"{name}: {sheet.width // width} pictures are kept, and there are {len(pictures)} scenes"]
    colours = _palette(_counted(sheet))
    found: list[str] = []
    for at, (scene, picture) in enumerate(zip(scenes, pictures, strict=True)):
        column = sheet.crop((at * width, 0, (at + 1) * width, sheet.height))
        box = ImageChops.difference(column, Image.new("RGB", column.size, NOTHING)).getbbox()
        kept = column.crop((0, 0, width, box[3] if box else 0))
        said = _difference(kept, _mapped(picture, colours).convert("RGB"))
        if said:
            found.append(f"{name}, {scene}: {said}: {_shown(f'{name}-{scene}', kept, picture)}")
    return found


def _difference(kept: Image.Image, found: Image.Image) -> str:
    if kept.height != found.height:
        return f"{found.height} px high, not {kept.height}"
    box = _other(kept, found).getbbox()
    return f"something else at {box[0]}, {box[1]} to {box[2]}, {box[3]}" if box else ""


def _other(kept: Image.Image, found: Image.Image) -> Image.Image:
    """White where two pictures are seen to differ, else black."""
    red, green, blue = ImageChops.difference(kept, found).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return most.point([0] * (SEEN + 1) + [255] * (255 - SEEN))


def _shown(name: str, kept: Image.Image, found: Image.Image) -> Path:
    """A picture of the kept one, of this one, and of where they differ, in red."""
    FOUND.mkdir(parents=True, exist_ok=True)
    height = max(kept.height, found.height)
    both = [Image.new("RGB", (found.width, height), NOTHING) for _ in range(2)]
    for canvas, picture in zip(both, (kept, found), strict=True):
        canvas.paste(picture)
    where = Image.blend(both[1], Image.new("RGB", both[1].size, "white"), 0.7)
    where.paste((220, 0, 0), mask=_other(*both))
    shown = Image.new("RGB", (found.width * 3 + 40, height), "white")
    for at, picture in enumerate((*both, where)):
        shown.paste(picture, (at * (found.width + 20), 0))
    draw = ImageDraw.Draw(shown)
    for at in (1, 2):
        draw.rectangle((at * (found.width + 20) - 20, 0, at * (found.width + 20) - 1, height), fill="black")
    path = FOUND / f"{name}.png"
    shown.save(path)
    return path


def _colours(picture: Image.Image) -> Image.Image:
    """Some dozens that stand for all of a picture's: the most frequent ones, and of the others those that are far from these."""
    taken: list[Colour] = []
    for colour in _counted(picture):
        near = any(max(abs(a - b) for a, b in zip(colour, one, strict=True)) <= SHADES for one in taken)
        if (not near or len(taken) < FLAT) and len(taken) < 256:
            taken.append(colour)
    return _palette(taken)


def _counted(picture: Image.Image) -> list[Colour]:
    """Its colours, the most frequent first."""
    found = cast("list[tuple[int, Colour]]", picture.getcolors(picture.width * picture.height) or [])
    return [colour for _, colour in sorted(found, key=lambda one: (-one[0], one[1]))]


def _palette(colours: Iterable[Colour]) -> Image.Image:
    # A palette has 256 colours: what is not given is a grey, which is none of these.
    some = sorted(colours)
    picture = Image.new("P", (1, 1))
    picture.putpalette([channel for colour in some + some[:1] * (256 - len(some)) for channel in colour])
    return picture


def _mapped(picture: Image.Image, colours: Image.Image) -> Image.Image:
    return picture.quantize(palette=colours, dither=Image.Dither.NONE)
