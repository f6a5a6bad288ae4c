"""Draws the site's icons and the pictures that stand beside links to it, into assets: `python -m scripts.icons`, after a change here."""

from pathlib import Path

from playwright.sync_api import sync_playwright
from smartupload_testing.browser.find import get

from smartupload.api import link_pictures

ASSETS = Path(__file__).resolve().parent.parent / "assets"
_ARROW = '<path d="M12 17.5v-10m-4 4 4-4 4 4" fill="none" stroke="#fff" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/>'
_ROUND = f'<rect width="24" height="24" rx="7" fill="#4f46e5"/>{_ARROW}'
# A system cuts what form it likes out of it: what counts stands in the middle four fifths.
_WHOLE = f'<rect width="24" height="24" fill="#4f46e5"/><g transform="translate(3.6 3.6) scale(.7)">{_ARROW}</g>'
_LINK = (
    '<rect width="1200" height="630" fill="#f6f7f9"/>'
    f'<svg x="120" y="195" width="240" height="240" viewBox="0 0 24 24">{_ROUND}</svg>'
    '<text x="420" y="312" font-family="Inter, Arial, sans-serif" font-size="88" font-weight="700" fill="#16181d">smartupload</text>'
    '<text x="424" y="384" font-family="Inter, Arial, sans-serif" font-size="38" fill="#565c6b">Drop a file of any size and move on.</text>'
)
_TICK = '<path d="m7.2 12.4 3.3 3.3 6.6-7" fill="none" stroke="#fff" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/>'
_DASH = '<path d="M7.8 12h8.4" fill="none" stroke="#fff" stroke-width="2.2" stroke-linecap="round"/>'


def _state(color: str, sign: str, percent: int) -> str:
    """Beside a link in a chat: no words, since nobody knows who reads them in which language, and nothing of the file. `percent` of a bar, none below 0."""
    bar = (
        '<rect x="424" y="352" width="606" height="28" rx="14" fill="#dfe2e8"/>'
        f'<rect x="424" y="352" width="{max(28, 606 * percent // 100)}" height="28" rx="14" fill="{color}"/>'
    )
    return (
        '<rect width="1200" height="630" fill="#f6f7f9"/>'
        f'<svg x="120" y="195" width="240" height="240" viewBox="0 0 24 24"><rect width="24" height="24" rx="7" fill="{color}"/>{sign}</svg>'
        f'<text x="420" y="{332 if percent < 0 else 298}" font-family="Inter, Arial, sans-serif" font-size="88" font-weight="700" fill="#16181d">smartupload</text>'
        + (bar if percent >= 0 else "")
    )


DRAWN = {
    "icon-192.png": (192, 192, "0 0 24 24", _ROUND),
    "icon-512.png": (512, 512, "0 0 24 24", _ROUND),
    "icon-maskable-512.png": (512, 512, "0 0 24 24", _WHOLE),
    "apple-touch-icon.png": (180, 180, "0 0 24 24", _WHOLE),
    link_pictures.SITE: (1200, 630, "0 0 1200 630", _LINK),
    **{
        link_pictures.on_its_way(percent): (1200, 630, "0 0 1200 630", _state("#4f46e5", _ARROW, percent))
        for percent in range(0, 101, link_pictures.STEP)
    },
    link_pictures.READY: (1200, 630, "0 0 1200 630", _state("#0b7a53", _TICK, 100)),
    link_pictures.GONE: (1200, 630, "0 0 1200 630", _state("#6b7382", _DASH, -1)),
}
"""By their names: width, height, and what is drawn."""


def main() -> None:
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=get("chromium"))
        page = browser.new_page()
        for name, (width, height, box, drawing) in DRAWN.items():
            page.set_viewport_size({"width": width, "height": height})
            page.set_content(
                f'<body style="margin:0"><svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{width}" height="{height}" style="display:block">{drawing}</svg>'
            )
            page.screenshot(path=ASSETS / name, omit_background=True)
        browser.close()


if __name__ == "__main__":
    main()
