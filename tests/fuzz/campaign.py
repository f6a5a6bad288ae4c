"""How many requests are tried as whom, and what came of them: schemathesis over the document that the running app serves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from smartupload.settings import load
from tests.fuzz import people
from tests.fuzz.people import Owner
from tests.fuzz.site import ADMIN, ROOT

ROUNDS = ("nobody", "mallory", "anna", "operator")
"""Who asks, one after the other."""
ERASES = "DELETE /api/me"
"""Takes all away that the others would ask for, so it comes last."""
PHASES = "examples,coverage,fuzzing,stateful"
UNKNOWN = "0" * 24
PROGRAM = "import sys; from schemathesis.cli import schemathesis; sys.argv[0] = 'schemathesis'; schemathesis()"


@dataclass
class Tried:
    """One round."""

    who: str
    cases: int
    failures: list[str]
    output: str


class Campaign:
    """Rounds at one running app. `folder` is where its data is."""

    def __init__(self, url: str, folder: Path, seed: int) -> None:
        self.url = url
        self.folder = folder
        self.seed = seed
        self.anna = people.settle(url, "annaonly")
        self.mallory = people.settle(url, "malloryonly")

    def play(self, who: str, each: int, phases: str = PHASES, only: str = "", secret: Sequence[str] = ()) -> Tried:
        """One round with so many cases for each operation, or for this one. `secret`: more words that may be in no answer.

        Raises AssertionError when files of others were touched.
        """
        owners = {"anna": self.anna, "mallory": self.mallory}
        me, others = owners.get(who), [owner for name, owner in owners.items() if name != who]
        before = [people.seen(self.url, owner) for owner in others]
        report = self.folder / f"{who}.json"
        report.unlink(missing_ok=True)
        config = self.folder / f"{who}.toml"
        config.write_text(self._config(who, each, report))
        which = ["--include-name", only] if only else ["--exclude-name", ERASES]
        command = [sys.executable, "-c", PROGRAM, "--config-file", str(config), "run"]
        done = subprocess.run(
            [*command, f"{self.url}/api/openapi.json", "--phases", phases, *which],
            cwd=self.folder,
            env=os.environ | self._environment(who, me, others, secret),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert report.is_file(), done.stdout
        if who != "operator":
            assert [people.seen(self.url, owner) for owner in others] == before, f"{who} changed what is another's"
        return _tried(who, json.loads(report.read_text()), done.stdout)

    def _environment(
        self, who: str, me: Owner | None, others: Sequence[Owner], secret: Sequence[str]
    ) -> dict[str, str]:
        role: dict[str, Any] = {
            "somebody": me is not None,
            "others": [people.owner_of(other.secret) for other in others],
            "words": [*secret, *(word for other in others for word in other.words)],
            "open": [other.shared_id for other in others],
            "database": load({"SMARTUPLOAD_DATA_DIR": str(self.folder / "data")}).database.partition("///")[2],
        }
        if who == "operator":
            role |= {"others": [], "words": []}
        path = os.pathsep.join(str(ROOT / part) for part in (".", "custom_components", "testing"))
        return {"FUZZ_ROLE": json.dumps(role), "SCHEMATHESIS_HOOKS": "tests.fuzz.hooks", "PYTHONPATH": path}

    def _config(self, who: str, each: int, report: Path) -> str:
        me = {"anna": self.anna, "mallory": self.mallory}.get(who)
        # Words that a link gives are no news to whoever has the link, so nobody is given those of others.
        mine = me.tokens if me else []
        dictionaries = {
            "uploads": [*(me.uploads if me else []), *self.anna.uploads, *self.mallory.uploads, UNKNOWN],
            "tokens": [*mine, self.anna.shared, self.mallory.shared, "A" * 22],
        }
        bound = {"path.upload_id": "uploads", "path.token": "tokens", "query.upload": "uploads"}
        bound |= {"body.uploads[*].id": "uploads", "body.ids[*]": "uploads"}
        headers = {"Cookie": me.cookie if me else "nobody=here"}
        if who == "operator":
            headers["Authorization"] = f"Bearer {ADMIN}"
        lines = [
            f"seed = {self.seed}",
            "color = false",
            "continue-on-failure = true",
            "max-redirects = 0",
            "max-stream-events = 2",
            "request-timeout = 30",
            "warnings = false",
            f"headers = {{ {', '.join(f'{name} = {json.dumps(value)}' for name, value in headers.items())} }}",
            f"generation = {{ max-examples = {each}, database = 'none' }}",
            f"reports = {{ json = {{ enabled = true, path = {json.dumps(str(report))} }} }}",
            *(f"dictionaries.{name} = {{ values = {json.dumps(values)} }}" for name, values in dictionaries.items()),
            *(
                f"parameters.{json.dumps(name)} = {{ dictionary = '{which}', probability = 0.9 }}"
                for name, which in bound.items()
            ),
        ]
        return "\n".join(lines) + "\n"


def _tried(who: str, report: dict[str, Any], output: str) -> Tried:
    failures = [f"{one['code']} {one['title']}: {', '.join(one['operations'])}" for one in report["failures"]]
    failures += [f"error: {one}" for one in report["errors"]]
    if not report["complete"] or report["operations"]["tested"] != report["operations"]["selected"]:
        failures.append(f"it came to no end: {report['stop_reason']}")
    return Tried(who, report["test_cases"]["generated"], failures, output)
