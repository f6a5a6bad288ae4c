"""How the site looks once somebody has installed it as an app: its name, colours and icons, and that other apps can share files with it."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import reflex as rx
from reflex.components.component import Component
from reflex.config import get_config

MANIFEST = "manifest.webmanifest"
ICONS = ("/icon-192.png", "/icon-512.png", "/icon-maskable-512.png")
#: What an iPhone takes; it asks for none of the others.
TOUCH = "/apple-touch-icon.png"

_TYPES = {".png": "image/png", ".svg": "image/svg+xml", ".webp": "image/webp"}
_SIZE = re.compile(r"(\d+)\.\w+$")
_TARGET = "share-target"


class App(NamedTuple):
    """What the plugin was told of it."""

    name: str
    """Below its icon; no app without one."""
    description: str = ""
    color: str = "#4f46e5"
    background: str = "#ffffff"
    dark: str = "#0e1013"
    icons: Sequence[str] = ICONS

    def manifest(self, assets: Path) -> str:
        """As JSON. Raises ValueError where an icon does not lie in the folder `assets`, or is of a kind that nobody shows."""
        base = _base()
        return json.dumps(
            {
                "id": base,
                "name": self.name,
                "short_name": self.name,
                **({"description": self.description} if self.description else {}),
                "start_url": base,
                "scope": base,
                "display": "standalone",
                "background_color": self.background,
                "theme_color": self.color,
                "icons": [_icon(path, base, assets) for path in self.icons],
                # Who takes them is `sw-share.js`.
                "share_target": {
                    "action": base + _TARGET,
                    "method": "POST",
                    "enctype": "multipart/form-data",
                    "params": {
                        **{field: field for field in ("title", "text", "url")},
                        "files": [{"name": "files", "accept": ["*/*"]}],
                    },
                },
            },
            ensure_ascii=False,
            indent=2,
        )

    def head(self, assets: Path) -> list[Component]:
        """What a page says of it."""
        base = _base()
        touch = [rx.el.link(rel="apple-touch-icon", href=base + TOUCH[1:])] if (assets / TOUCH[1:]).is_file() else []
        return [
            rx.el.link(rel="manifest", href=base + MANIFEST),
            *touch,
            *(
                rx.el.meta(
                    name="theme-color", content=color, custom_attrs={"media": f"(prefers-color-scheme: {scheme})"}
                )
                for scheme, color in (("light", self.background), ("dark", self.dark))
            ),
        ]


def _icon(path: str, base: str, assets: Path) -> dict[str, str]:
    """`icon-192.png` is 192 pixels wide; one with `maskable` in its name has room around it for whatever form a system cuts out."""
    file = assets / path.lstrip("/")
    if file.suffix not in _TYPES or not file.is_file():
        raise ValueError(f"{file} is to be an icon of the app, and is not there or none of {', '.join(_TYPES)}")
    size = _SIZE.search(path)
    return {
        "src": base + path.lstrip("/"),
        "sizes": f"{size[1]}x{size[1]}" if size else "any",
        "type": _TYPES[file.suffix],
        "purpose": "maskable" if "maskable" in path else "any",
    }


def _base() -> str:
    """Where the site begins."""
    return f"/{get_config().frontend_path.strip('/')}/".replace("//", "/")


def _app() -> App | None:
    """The one that can be installed, if any."""
    from .plugin import SmartuploadPlugin

    plugins = [plugin for plugin in get_config().plugins if isinstance(plugin, SmartuploadPlugin) and plugin.app.name]
    return plugins[0].app if plugins else None


def share_target() -> str:
    """Where browsers send what another app shares with this one, and `sw-share.js` takes it; "" where nobody can install it."""
    return "" if _app() is None else _base() + _TARGET


def install_head() -> list[Component]:
    """For ``rx.App(head_components=…)``: the app's manifest, its icon on a phone, and the colour of the browser's frame. Nothing where `SmartuploadPlugin` has no `name`."""
    app = _app()
    return [] if app is None else app.head(Path("assets"))
