"""What the site needs beside its pages: add it to `rx.Config(plugins=[...])`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reflex.config import get_config
from reflex.constants import Dirs, ReactRouter
from reflex.plugins import Plugin
from reflex_base.environment import environment

from . import catalogues, installing, lean

_SCRIPTS = [Path(__file__).with_name(name) for name in ("sw.js", "sw-share.js")]
_KEPT = ("smartupload.sqlite", "store.json", "vapid.key")
# What publishes the client's scripts there is `client/_serve.py`.
_WORDS = Path(Dirs.PUBLIC, Dirs.EXTERNAL_APP_ASSETS, *__name__.split(".")[:-1], "client", "shell", "language")
_SERVER = "  server: {\n"
_STATE = "utils/state.js"
_NO_PORT = 'endpoint.port = "";'
_OWN_PORT = "endpoint.port = window.location.port;"


class SmartuploadPlugin(Plugin):
    """Publishes `sw.js` and `sw-share.js`, has an https page ask for its websocket at its own port, and in development the pages' server hand `/api` on to the app's.

    Without it uploads work in production, but none goes on without a page, and nobody gets a push.
    Its notifications show `/icon-192.png` of the site: put yours into `assets/`.
    """

    def __init__(
        self,
        locales: str | Path | None = None,
        files: str = "*.ftl",
        pseudo: bool = False,
        lean: bool = False,
        *,
        name: str = "",
        description: str = "",
        color: str = "#4f46e5",
        background: str = "#ffffff",
        dark: str = "#0e1013",
        icons: Sequence[str] = installing.ICONS,
    ) -> None:
        """`reflex run` loads the app anew when a file beside it changes; what the server keeps there is none of its source.

        Args:
            locales: a folder with one folder for each language, ``de/…ftl``: sentences of the app, and others in the place of the package's.
            files: which files in there are for the browser.
            pseudo: offers a language that nobody speaks, made of the English one: in it one sees which words come from no catalogue.
            lean: puts less in the place of what Reflex brings into every page, some 12 KB of what a browser fetches. The build says so where a page needs more: styles of components that are for a state (``_hover``) or for some screens.
            name: makes the site an app that can be installed, with which other apps share files; below its icon. `install_head` belongs to it.
            description: of the app, in a sentence.
            color: of the app, ``#4f46e5``.
            background: of its pages, and of the frame around them.
            dark: the same where the system is dark.
            icons: in `assets`, each with its width in its name; one with ``maskable`` in it may be cut to any form. ``/apple-touch-icon.png`` is for iPhones.
        """
        super().__init__()
        self.lean = lean
        self.app = installing.App(name, description, color, background, dark, tuple(icons))
        self.catalogues = catalogues.Catalogues(None if locales is None else Path(locales), files, pseudo)
        spared = environment.REFLEX_HOT_RELOAD_EXCLUDE_PATHS.get()
        kept = [path for path in _data_folders(Path()) if path not in spared]
        if kept:
            environment.REFLEX_HOT_RELOAD_EXCLUDE_PATHS.set([*spared, *kept])

    def get_static_assets(self, **context: Any) -> list[tuple[Path, str | bytes]]:
        """The service workers, as they are: they import nothing. And the sentences of the app, where the client has none of its own."""
        return [
            *((Path("public") / script.name, script.read_text()) for script in _SCRIPTS),
            *((_WORDS / name, text) for name, text in self.catalogues.modules().items()),
            *([(Path("public") / installing.MANIFEST, self.app.manifest(Path("assets")))] if self.app.name else []),
            *((Path(lean.FOLDER) / name, text) for name, text in (lean.scripts() if self.lean else {}).items()),
        ]

    def pre_compile(self, **context: Any) -> None:
        """`reflex run` serves pages and app on two ports, and a page asks its own origin; so it does behind a proxy."""
        context["add_modify_task"](ReactRouter.VITE_CONFIG_FILE, _hand_on)
        if self.lean:
            context["add_modify_task"](ReactRouter.VITE_CONFIG_FILE, lean.put_into)
        context["add_modify_task"](_STATE, _at_own_port)


def _data_folders(app: Path) -> list[Path]:
    """Where a server has kept something beside this app; by what lies in it, since only the server reads its settings."""
    return [path for path in sorted(app.iterdir()) if any((path / name).is_file() for name in _KEPT)]


def _hand_on(config: str) -> str:
    """Raises RuntimeError where Reflex writes Vite's configuration in another way than it does today."""
    if config.count(_SERVER) != 1:
        raise RuntimeError(
            f"{ReactRouter.VITE_CONFIG_FILE} has no line of its own for the server: /api cannot be handed on to the app"
        )
    return config.replace(
        _SERVER, f'{_SERVER}    proxy: {{ "/api": {{ target: "{get_config().api_url}", xfwd: true }} }},\n'
    )


def _at_own_port(script: str) -> str:
    """Of a site that is built as `localhost` Reflex's pages ask at port 443 once they are at https, whatever their own port is."""
    return script.replace(_NO_PORT, _OWN_PORT, 1)
