"""Remakes the lock files: exact versions for every platform, and no word of where a package came from."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
COMPILE = [
    *(str(BIN / "uv"), "pip", "compile", "--quiet", "--upgrade", "--universal", "--python-version", "3.11"),
    *("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"),
]


def main() -> None:
    project = "pyproject.toml"
    subprocess.run([*COMPILE, project, "-o", "requirements.lock"], cwd=ROOT, check=True)
    subprocess.run(
        [*COMPILE, project, "--group", "dev", "-c", "requirements.lock", "-o", "requirements-dev.lock"],
        cwd=ROOT,
        check=True,
    )
    hashed = [*COMPILE, "--generate-hashes", project, "-c", "requirements.lock", "-o", "requirements-hashed.lock"]
    subprocess.run(hashed, cwd=ROOT, check=True)
    npm = [str(BIN / "npm"), "update", "--package-lock-only", "--ignore-scripts", "--loglevel=error"]
    subprocess.run(npm, cwd=ROOT, check=True)
    for lock in ("requirements.lock", "requirements-hashed.lock", "requirements-dev.lock", "package-lock.json"):
        text = (ROOT / lock).read_text()
        if "--index" in text or '"resolved"' in text:
            raise SystemExit(f"lock: {lock} names the place that a package came from")


if __name__ == "__main__":
    main()
