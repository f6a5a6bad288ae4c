"""What a build puts in the place of what Reflex brings into every page, where the pages need less; `SmartuploadPlugin(lean=True)`."""

from pathlib import Path

from reflex.config import get_config

#: Where it lies in the folder of the build, beside Vite's configuration.
FOLDER = "smartupload-lean"

_LIST = "    alwaysUseReactDomServerNode(),\n"


def scripts() -> dict[str, str]:
    """By their names."""
    return {path.name: path.read_text() for path in sorted(Path(__file__).parent.glob("*.js"))}


def put_into(config: str) -> str:
    """Vite's configuration with it. Raises RuntimeError where Reflex writes that in another way than it does today."""
    if config.count(_LIST) != 1:
        raise RuntimeError("vite.config.js has no list of plugins that begins as it did: nothing can be put in there")
    only = "true" if get_config().transport == "websocket" else "false"
    return f'import {{ lean }} from "./{FOLDER}/lean.js";\n' + config.replace(
        _LIST, f"{_LIST}    lean({{ onlyWebsocket: {only} }}),\n"
    )
