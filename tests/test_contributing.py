"""What a contributor is told is so: targets of make, programs of the hooks before a commit, pages that are named, what the CI runs."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
GUIDES = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "examples/README.md")


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def ci() -> dict[str, Any]:
    return yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text())["jobs"]


def test_every_target_that_is_named_is_there() -> None:
    texts = [(ROOT / guide).read_text() for guide in GUIDES] + [
        path.read_text() for path in (ROOT / "docs").glob("*.md")
    ]
    named = {name for text in texts for name in re.findall(r"(?:`|^    )make ([a-z-]+)", text, re.MULTILINE)}
    assert {"run", "test", "check", "docs"} <= named
    assert named - targets() == set()


def test_every_target_is_run_whatever_files_are_there() -> None:
    phony = re.findall(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert targets() - set(" ".join(phony).split()) == set()


def test_files_that_guides_lead_to_are_there() -> None:
    missing: list[str] = []
    for guide in GUIDES:
        for target in re.findall(r"\]\(([^)#\s]+)", (ROOT / guide).read_text()):
            if not target.startswith("http") and not ((ROOT / guide).parent / target).exists():
                missing.append(f"{guide}: {target}")
    assert missing == []


def test_programs_of_the_hooks_before_a_commit_are_there() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"][0]["hooks"]
    assert {hook["id"] for hook in hooks} == {"ruff", "ruff-format", "pyright", "tsc", "eslint"}
    programs = {found for hook in hooks for found in re.findall(r"(?:\.venv|node_modules/\.)/?bin/\w+", hook["entry"])}
    assert len(programs) == 5
    assert [program for program in programs if not (ROOT / program).exists()] == []


def test_the_ci_runs_what_a_person_runs_on_every_python_that_is_promised() -> None:
    jobs = ci()
    steps = [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
    called = [word for step in steps for word in re.findall(r"\.ci/\w+", step)]
    assert called
    assert all((ROOT / word).stat().st_mode & 0o100 for word in called)
    assert {word for step in steps for word in re.findall(r"make ([a-z-]+)", step)} <= targets()
    versions = jobs["test"]["strategy"]["matrix"]["python"]
    lowest = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    assert f">={versions[0]}" == lowest
    assert len(versions) >= 3


def test_no_test_waits_with_a_condition_that_is_true_at_once() -> None:
    """A browser's `wait_for_function` takes the promise of an async function for its answer, and a promise is true: `wait_for` asks again instead."""
    waiting = re.compile(
        r"wait_for_function\(\s*f?[\"']+\s*(async\b|.*=>\s*(await|new Promise|fetch|caches|navigator\.\w+\.\w+\())"
    )
    tests = [path for room in ("tests", "testing", "benchmarks") for path in (ROOT / room).rglob("*.py")]
    assert [str(path) for path in tests if waiting.search(path.read_text())] == []
