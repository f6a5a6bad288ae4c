"""The service worker at the site's root, where its scope is the whole site: add it to `rx.Config(plugins=[...])`."""

from pathlib import Path
from typing import Any

from reflex.plugins import Plugin

_SCRIPT = Path(__file__).with_name("sw.js")


class SmartuploadPlugin(Plugin):
    """Publishes `sw.js`. Without it uploads work, but none goes on without a page, and nobody gets a push.

    Its notifications show `/icon-192.png` of the site: put yours into `assets/`.
    """

    def get_static_assets(self, **context: Any) -> list[tuple[Path, str | bytes]]:
        """The script, as it is: it imports nothing."""
        return [(Path("public") / _SCRIPT.name, _SCRIPT.read_text())]
