"""Installs the browser peers from their packages, with a lock of their own, and bundles their pages."""

from __future__ import annotations

import filecmp
import os
import shutil
import subprocess
from pathlib import Path

from benchmarks.peers import ROOT, WORK

SOURCE = Path(__file__).parent / "pages"


def install() -> None:
    """Into an ignored folder; packages again only when the lock has changed."""
    target = Path(WORK) / "pages"
    lock, done = SOURCE / "package-lock.json", target / "installed.json"
    env = {**os.environ, "PATH": f"{ROOT}/.venv/bin{os.pathsep}{os.environ['PATH']}"}
    shutil.copytree(SOURCE, target, dirs_exist_ok=True)
    if not (done.exists() and filecmp.cmp(lock, done, shallow=False)):
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=target, env=env, check=True)
        shutil.copy(lock, done)
    subprocess.run(["node", "build.mjs"], cwd=target, env=env, check=True)
