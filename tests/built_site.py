"""The documentation as a site, built as `make docs` does it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def built(folder: Path) -> Path:
    """Into this folder: some six seconds of CPU. The set-up is left out, which whoever runs a test has done."""
    # Beside the folders that pytest has added: the build is a process of its own.
    path = os.pathsep.join([str(ROOT), str(ROOT / "custom_components"), os.environ.get("PYTHONPATH", "")])
    command = ["make", "--old-file=setup-dev", "docs", f"SITE={folder}"]
    environment = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    # One that is told to be quiet does not hear its own warnings, so that it is strict no more.
    assert "INFO" in done.stderr, done.stderr
    return folder
