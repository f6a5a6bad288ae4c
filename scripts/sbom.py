"""What the product is made of, into build/sbom: a CycloneDX list of each lock file, and the licences of what runs."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
OUT = ROOT / "build" / "sbom"

ALLOWED = re.compile(
    r"MIT|Apache|BSD|ISC|PSF|Python Software Foundation|MPL|Mozilla|LGPL|Lesser General|Unlicense|0BSD|Zlib|CC0|Public Domain",
    re.IGNORECASE,
)
"""Whoever passes the product on under its licence may pass these on with it. LGPL: psycopg, which is used as it is."""


def pinned(lock: Path) -> dict[str, str]:
    """Name to version of each package of a Python lock file."""
    return dict(re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==([^ ;\\\n]+)", lock.read_text(), re.MULTILINE))


def bun_components(lock: Path) -> list[dict[str, Any]]:
    """The components of bun's lock file, which is JSON but for commas at the end of lists."""
    document = json.loads(re.sub(r",(\s*[}\]])", r"\1", lock.read_text()))
    found: dict[str, dict[str, Any]] = {}
    for package in document["packages"].values():
        name, _, version = package[0].rpartition("@")
        purl = f"pkg:npm/{name.replace('@', '%40', 1)}@{version}"
        found[purl] = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
        algorithm, _, encoded = str(package[-1]).partition("-")
        if algorithm == "sha512":
            found[purl]["hashes"] = [{"alg": "SHA-512", "content": base64.b64decode(encoded).hex()}]
    return [found[purl] for purl in sorted(found)]


def run(*command: str | Path) -> str:
    """A tool's output; its own words when it fails."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"sbom: {command[0]} failed\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def licences() -> list[dict[str, str]]:
    """Of the packages of requirements.lock that are installed here."""
    names = sorted(pinned(ROOT / "requirements.lock"))
    found = run(
        BIN / "pip-licenses",
        "--python",
        ROOT / ".venv/bin/python",
        "--from=mixed",
        "--format=json",
        "--packages",
        *names,
    )
    return json.loads(found)


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    run(
        BIN / "cyclonedx-py",
        "requirements",
        "requirements-hashed.lock",
        "-o",
        OUT / "python.cdx.json",
        "--output-reproducible",
    )
    (OUT / "tools.cdx.json").write_text(
        run(ROOT / ".venv/bin/npm", "sbom", "--sbom-format", "cyclonedx", "--package-lock-only")
    )
    pages = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "components": bun_components(ROOT / "reflex.lock" / "bun.lock"),
    }
    (OUT / "pages.cdx.json").write_text(json.dumps(pages, indent=2) + "\n")
    found = licences()
    lines = [f"| {one['Name']} | {one['Version']} | {one['License']} |\n" for one in found]
    (OUT / "licences.md").write_text("| package | version | licence |\n|---|---|---|\n" + "".join(lines))
    odd = [f"{one['Name']}: {one['License']}" for one in found if not ALLOWED.search(one["License"])]
    for path in sorted(OUT.iterdir()):
        print(path.relative_to(ROOT))
    if odd:
        raise SystemExit("sbom: licences that nobody has said yes to: " + "; ".join(odd))


if __name__ == "__main__":
    main()
