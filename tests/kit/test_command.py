"""What is asked on the command line is what pytest is told, and where nothing can be tried that is said, not passed over."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from smartupload_testing.command import arguments, parser
from smartupload_testing.scenarios.table import ALL

from tests.kit.test_site import Served, Site, served, site
from tests.test_layers import ROOT

__all__ = ["served", "site"]

OWN = """
def test_of_our_own(scene):
    \"\"\"Ours.\"\"\"
"""


def kit(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "smartupload_testing", *words], capture_output=True, text=True, check=False
    )


def test_every_word_reaches_pytest(tmp_path: Path) -> None:
    words = [
        "https://a.example",
        "--login",
        "u:p",
        "--mib",
        "8",
        "--patience",
        "2.5",
        "--only",
        "line tab",
        "--seed",
        "3",
    ]
    told = arguments(parser().parse_args([*words, "--scenarios", "own.py", "--report", str(tmp_path)]))
    assert {
        "--qa-url=https://a.example",
        "--qa-login=u:p",
        "--qa-mib=8.0",
        "--qa-patience=2.5",
        "--qa-only=line tab",
        "--qa-seed=3",
        f"--qa-report={tmp_path}",
        f"--junitxml={tmp_path}/junit.xml",
        str(Path("own.py").resolve()),
    } <= set(told)
    assert "--qa-trust" not in " ".join(told)


def test_the_table_has_no_name_twice_and_a_sentence_for_each() -> None:
    assert len({one.name for one in ALL}) == len(ALL) >= 13
    assert [one.name for one in ALL if not one.sentence.endswith(".")] == []


def test_the_documentation_has_every_scenario_with_its_sentence() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (.+) \|$", (ROOT / "docs" / "qa.md").read_text(), re.MULTILINE)
    assert [row for row in rows if row[0] in {one.name for one in ALL}] == [(one.name, one.sentence) for one in ALL]


def test_a_site_that_is_not_there_ends_the_run(tmp_path: Path) -> None:
    done = kit("http://127.0.0.1:1", "--report", str(tmp_path))
    assert done.returncode == 2
    assert "http://127.0.0.1:1 cannot be reached" in done.stdout + done.stderr
    assert not (tmp_path / "report.html").exists()


def test_a_word_that_no_scenario_has_ends_the_run(site: Site, tmp_path: Path) -> None:
    done = kit(site.url, "--login", "a b:p:w", "--only", "nowhere", "--report", str(tmp_path))
    assert done.returncode == 4
    assert "no scenario has nowhere in its name: whole-upload" in done.stdout + done.stderr


def test_a_test_of_ones_own_is_a_scenario(site: Site, tmp_path: Path) -> None:
    own = tmp_path / "ours.py"
    own.write_text(OWN)
    words = ("--login", "a b:p:w", "--only", "our-own", "--scenarios", str(own), "--report", str(tmp_path / "report"))
    done = kit(site.url, *words)
    assert done.returncode == 0, done.stdout
    told = (tmp_path / "report" / "report.html").read_text()
    assert '<b>of-our-own</b><br>Ours.<td class="passed">' in told
    assert "nothing-is-left" in told


SIGNS_IN = """
def pytest_smartupload_sign_in(person, user, password):
    person.visit(f"{person.url}/login?{user}={password}")
"""
IS_SIGNED_IN = """
def test_signed_in(scene):
    scene.person.open("/page")
    assert scene.owner() == {"owner": "me"}
    assert len(scene.site.uploads(scene.owner())) == 5
"""


def test_a_site_with_a_login_page_is_signed_in_to_by_a_hook(served: Served, site: Site, tmp_path: Path) -> None:
    """The app asks who it is by a cookie that its page gives; nothing is sent by HTTP's own login."""
    served.asks_by = "page"
    (tmp_path / "conftest.py").write_text(SIGNS_IN)
    (own := tmp_path / "test_ours.py").write_text(IS_SIGNED_IN)
    words = (
        "--login",
        "me:secret",
        "--only",
        "signed-in",
        "--scenarios",
        str(own),
        "--report",
        str(tmp_path / "report"),
    )
    done = kit(site.url, *words)
    assert done.returncode == 0, done.stdout
    assert ("/login?me=secret", None, None) in served.asked
    assert {login for _, login, _ in served.asked} == {None}


def test_a_run_of_other_tests_is_left_alone(pytestconfig: pytest.Config) -> None:
    assert not pytestconfig.pluginmanager.has_plugin("smartupload-report")
