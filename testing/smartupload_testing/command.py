"""The command `smartupload-qa`: runs every scenario at an address, and writes the report."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import pytest

HERE = Path(__file__).parent / "run"
EXIT_CODES = {
    0: "everything held",
    1: "something did not hold; the report says what",
    2: "the site cannot be tried (the last line says why), a wrong option, or Ctrl-C",
    3: "a fault of the kit itself",
    4: "no scenario has one of the words of `--only`, or a file of `--scenarios` is not there",
}
"""Those of pytest, in the words of the kit."""


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="smartupload-qa",
        description="Tries at a site that is there already whether uploads come through whatever happens. It leaves nothing behind there.",
        epilog=f"exit codes: {'; '.join(f'{code}: {about}' for code, about in EXIT_CODES.items())}",
    )
    made.add_argument("url", help="the address of the site")
    made.add_argument("--login", default="", metavar="USER:PASSWORD", help="for a site that wants one")
    made.add_argument("--trust", default="", metavar="FILE", help="a certificate (PEM) to trust besides the usual ones")
    made.add_argument("--mib", type=float, default=64, help="size of the files; 64 without it")
    made.add_argument("--patience", type=float, default=1, help="makes every wait so many times as long")
    made.add_argument(
        "--only", default="", metavar="WORDS", help="scenarios that have one of these words in their name"
    )
    made.add_argument(
        "--scenarios", nargs="*", default=[], metavar="FILE", help="scenarios of your own, besides the others"
    )
    made.add_argument("--seed", type=int, help="makes the same files again as an earlier run")
    made.add_argument(
        "--report", default="build/qa", metavar="FOLDER", help="for report.html and junit.xml; build/qa without it"
    )
    return made


def arguments(asked: argparse.Namespace) -> list[str]:
    """For pytest."""
    report = Path(asked.report).resolve()
    options = {
        "--qa-url": asked.url,
        "--qa-login": asked.login,
        "--qa-trust": asked.trust and str(Path(asked.trust).resolve()),
        "--qa-mib": asked.mib,
        "--qa-patience": asked.patience,
        "--qa-only": asked.only,
        "--qa-seed": asked.seed,
        "--qa-report": report,
        "--junitxml": report / "junit.xml",
    }
    own = [str(Path(file).resolve()) for file in asked.scenarios]
    return [
        *("-p", "smartupload_testing.plugin", "-c", str(HERE / "pytest.ini"), "--rootdir", str(HERE), "-v", "-rs"),
        *(f"{name}={value}" for name, value in options.items() if value not in (None, "")),
        *own,
        str(HERE / "test_site.py"),
    ]


def main(words: Sequence[str] | None = None) -> int:
    """Runs it, and gives one of EXIT_CODES."""
    asked = parser().parse_args(words)
    Path(asked.report).mkdir(parents=True, exist_ok=True)
    return int(pytest.main(arguments(asked)))
