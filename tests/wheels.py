"""All wheels, built as an installer does it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = {
    "smartupload": ROOT,
    "reflex_smartupload": ROOT / "custom_components",
    "smartupload_testing": ROOT / "testing",
}


def built(folder: Path) -> dict[str, Path]:
    """By package. In a copy, since what an earlier build has left would be in them again."""
    for name, source in SOURCES.items():
        shutil.copytree(source / name, folder / name / name, ignore=shutil.ignore_patterns("__pycache__"))
        for file in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(source / file, folder / name / file)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder)]
    subprocess.run([*command, *(str(folder / name) for name in SOURCES)], check=True)
    return {name: next(folder.glob(f"{name}-*.whl")) for name in SOURCES}
