"""Which scripts of a folder reach the site: every one of them, at the same relative place."""

import inspect
from pathlib import Path

import reflex as rx


def serve_folder() -> None:
    """Publish every ``.js`` file beside the calling module.

    ``rx.asset(shared=True)`` names a file after the module that asks, and takes no nested
    path. So each folder of scripts is a Python package that publishes itself, and the
    relative imports between scripts hold on the site, in node and in the editor alike.
    """
    folder = Path(inspect.stack()[1].filename).parent
    for script in sorted(folder.glob("*.js")):
        rx.asset(script.name, shared=True, _stack_level=2)
