"""`reflex run` while somebody works on an app: it is loaded anew for what they change, and for nothing that the server keeps beside it."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import httpx
from smartupload_testing.wait import wait_for

from tests.composition.conftest import OwnApp
from tests.composition.test_docs import APPS

OWN_STORE = {"s3_endpoint_url": "", "s3_access_key_id": "", "s3_secret_access_key": ""}


def test_what_the_server_keeps_beside_the_app_is_none_of_its_source(
    make_app: Callable[..., OwnApp], tmp_path: Path
) -> None:
    app = make_app(APPS["reflex"] + "\nprint('the app is loaded', flush=True)\n", start=False, **OWN_STORE)
    for name in ("__REFLEX_SKIP_COMPILE", "REFLEX_ENV_MODE"):
        del app.environment[name]
    source = app.folder / "own" / "own.py"

    def loaded() -> int:
        return app.log.read_text().count("the app is loaded")

    def is_up() -> bool:
        try:
            return httpx.get(f"{app.url}/readyz", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    # Only what is there at the start is watched: at a first start there would be no data yet.
    (app.folder / "data").mkdir()
    (app.folder / "data" / "smartupload.sqlite").touch()
    supervisor = app.runs("-m", "reflex", "run", "--env", "dev", "--backend-only", "--backend-port", str(app.port))
    wait_for(is_up, 60, f"the app on {app.url}; see {app.log}", every=0.1)
    app.somebody().sends_a_file()
    # In one step, since two would be two changes.
    changed = tmp_path / "changed.py"
    changed.write_text(source.read_text() + "\n")
    changed.replace(source)
    wait_for(lambda: loaded() > 1, 60, f"the app to be loaded anew; see {app.log}")
    wait_for(is_up, 60, f"the app on {app.url} again; see {app.log}", every=0.1)
    assert loaded() == 2, app.log.read_text()
    supervisor.send_signal(signal.SIGINT)
    assert supervisor.wait(60) == 0
