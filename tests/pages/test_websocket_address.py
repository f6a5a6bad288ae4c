"""Where a page asks for its websocket: at its own port, whatever stands before the app."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import reflex_base
import reflex_smartupload as su

STATE = Path(reflex_base.__file__).parent / ".templates" / "web" / "utils" / "state.js"


def changed(script: str) -> str:
    tasks: dict[str, Callable[[str], str]] = {}
    su.SmartuploadPlugin().pre_compile(add_modify_task=tasks.__setitem__)
    return tasks["utils/state.js"](script)


@pytest.mark.parametrize(
    ("api_url", "page", "socket"),
    [
        ("https://localhost:8443", "https://localhost:8443/f/x", "wss://localhost:8443"),
        ("https://localhost", "https://localhost/", "wss://localhost"),
        ("https://127.0.0.1:8443", "https://127.0.0.1:8443/", "wss://127.0.0.1:8443"),
        ("https://up.example:8443", "https://up.example:8443/", "wss://up.example:8443"),
        ("http://localhost:3000", "https://up.example:8443/", "wss://up.example:8443"),
        ("http://localhost:3000", "https://up.example/", "wss://up.example"),
        ("http://0.0.0.0:8000", "https://[2001:db8::1]:8443/", "wss://[2001:db8::1]:8443"),
        ("http://localhost:3000", "http://127.0.0.1:3000/", "ws://127.0.0.1:3000"),
        ("http://localhost:8000", "http://localhost:3000/", "ws://localhost:8000"),
    ],
)
def test_a_page_asks_for_its_websocket_at_its_own_port(api_url: str, page: str, socket: str) -> None:
    """With Reflex's own script as it is installed; in the last case `reflex run` serves the app on a port of its own."""
    text = changed(STATE.read_text())
    assert changed(text) == text, "in development it is compiled again and again"
    names = text.index("const SAME_DOMAIN_HOSTNAMES")
    begins, ends = text.index("export const getBackendURL"), text.index("export const isBackendDisabled")
    function = text[names : text.index(";", names) + 1] + text[begins:ends].rpartition("/**")[0]
    asked = f"globalThis.window = {{ location: new URL({json.dumps(page)}) }}; const env = {{}};"
    asked += f"{function} console.log(getBackendURL({json.dumps(api_url.replace('http', 'ws', 1) + '/_event')}).href);"
    node = shutil.which("node")
    assert node, "node comes with the set-up"
    done = subprocess.run([node, "--input-type=module", "-e", asked], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == f"{socket}/_event", done.stderr


def test_another_version_of_reflex_is_left_as_it_is() -> None:
    assert changed("export const socket = null;\n") == "export const socket = null;\n"
