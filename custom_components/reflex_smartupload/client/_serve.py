"""Which scripts of a folder reach the site: every one of them, at the same relative place."""

import sys
import uuid
from pathlib import Path

from reflex.config import environment
from reflex.constants import Dirs


def serve_folder() -> None:
    """Publish every ``.js`` file beside the calling module, where ``rx.asset(shared=True)`` would.

    Each folder of scripts is a Python package that publishes itself, so the relative imports between scripts hold on
    the site, in node and in the editor alike. ``rx.asset`` itself reads the source of the whole stack for each file:
    with all scripts that was two thirds of the time that a server took to start.
    """
    if environment.REFLEX_BACKEND_ONLY.get():
        return
    module = sys._getframe(1).f_globals
    public = Path.cwd() / Dirs.APP_ASSETS / Dirs.EXTERNAL_APP_ASSETS / module["__name__"].replace(".", "/")
    public.mkdir(parents=True, exist_ok=True)
    for script in sorted(Path(module["__file__"]).resolve().parent.glob("*.js")):
        link = public / script.name
        if link.is_symlink() and link.resolve() == script:
            continue
        # Two processes may do the same at once: each puts a whole link in the place of what is there.
        fresh = public / f".{uuid.uuid4().hex}.tmp"
        try:
            fresh.symlink_to(script)
            fresh.replace(link)
        finally:
            fresh.unlink(missing_ok=True)
