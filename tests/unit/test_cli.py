"""The start: one clear line when it cannot be, and a build only when something changed."""

from __future__ import annotations

import importlib
import logging
import os
import socket
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from smartupload_testing.wait import wait_for

from smartupload import building, cli
from smartupload.settings import load

ROOT = Path(__file__).resolve().parents[2]


def start(**settings: str) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("SMARTUPLOAD_", "PYTEST_"))
    }
    environment |= {f"SMARTUPLOAD_{name.upper()}": value for name, value in settings.items()}
    return subprocess.run(
        [sys.executable, "-m", "smartupload", "run"],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_command_that_is_installed_is_there() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    module, _, name = project["scripts"]["smartupload"].partition(":")
    assert callable(getattr(importlib.import_module(module), name))


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"prot": "1"}, "smartupload: SMARTUPLOAD_PROT is not a setting. Did you mean SMARTUPLOAD_PORT?\n"),
        ({"port": "none"}, "smartupload: SMARTUPLOAD_PORT='none' is wrong: "),
        (
            {"s3_endpoint_url": "http://x"},
            "smartupload: SMARTUPLOAD_S3_ACCESS_KEY_ID is missing, and there are no credentials elsewhere",
        ),
    ],
)
def test_a_wrong_setting_is_one_line_and_exit_code_2(settings: dict[str, str], said: str) -> None:
    done = start(**settings)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == 1


def test_a_port_in_use_is_one_line(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = start(port=str(port), data_dir=str(tmp_path / "data"))
    assert done.returncode == 1
    assert done.stderr == (
        f"smartupload: port {port} is in use by another program. Stop it, or set SMARTUPLOAD_PORT.\n"
    )
    assert not (tmp_path / "data").exists()


def test_an_address_that_is_none_of_this_machine() -> None:
    said = "SMARTUPLOAD_HOST='192.0.2.1' is no address of this machine. Write one like 127.0.0.1, 0.0.0.0, ::1 or [::]."
    assert cli._cannot_listen(load({"SMARTUPLOAD_HOST": "192.0.2.1"})) == said


def has_ipv6() -> bool:
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6")
def test_both_kinds_of_addresses() -> None:
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as other:
        port = str(other.getsockname()[1])
        assert "is in use" in cli._cannot_listen(load({"SMARTUPLOAD_HOST": "::1", "SMARTUPLOAD_PORT": port}))
        assert cli._cannot_listen(load({"SMARTUPLOAD_HOST": "127.0.0.1", "SMARTUPLOAD_PORT": port})) == ""
    made = cli._sockets(load({"SMARTUPLOAD_HOST": "[::]", "SMARTUPLOAD_PORT": port}))
    assert made
    with made[0]:
        for address in ("127.0.0.1", "::1"):
            socket.create_connection((address, int(port)), 5).close()
    assert cli._sockets(load({"SMARTUPLOAD_HOST": "::1"})) is None, "uvicorn's own"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project in place of this one; `reflex` is replaced by a program that writes a page."""
    (tmp_path / "smartupload" / "pages").mkdir(parents=True)
    (tmp_path / "smartupload" / "pages" / "home.py").write_text("1")
    (tmp_path / "smartupload" / "service").mkdir()
    (tmp_path / "smartupload" / "service" / "sign.py").write_text("1")
    (tmp_path / "custom_components").mkdir()
    (tmp_path / "assets").mkdir()
    (tmp_path / "rxconfig.py").write_text("1")
    (tmp_path / "reflex.py").write_text(
        "import pathlib, sys\n"
        "if pathlib.Path('broken').exists(): sys.exit('no such component')\n"
        "built = pathlib.Path('.web/build/client'); built.mkdir(parents=True)\n"
        "(built / 'index.html').write_text('page')\n"
        "with open('builds', 'a') as file: file.write(' '.join(sys.argv[1:]) + chr(10))\n"
    )
    monkeypatch.setattr(building, "ROOT", tmp_path)
    monkeypatch.delenv("REFLEX_WEB_WORKDIR", raising=False)
    return tmp_path


def builds(project: Path) -> int:
    path = project / "builds"
    return len(path.read_text().splitlines()) if path.exists() else 0


def test_pages_are_built_once(project: Path) -> None:
    settings = load({})
    assert building.build_pages(settings)
    assert (project / "builds").read_text() == "export --frontend-only --no-zip --env prod\n"
    assert building.build_pages(settings)
    assert builds(project) == 1


@pytest.mark.parametrize(
    "changed",
    [
        "smartupload/pages/home.py",
        "smartupload/service/sign.py",
        "assets/new.css",
        "custom_components/a/b.js",
        "rxconfig.py",
    ],
)
def test_pages_are_built_again_when_a_source_changes(project: Path, changed: str) -> None:
    building.build_pages(load({}))
    (project / changed).parent.mkdir(parents=True, exist_ok=True)
    (project / changed).write_text("2")
    assert building.build_pages(load({}))
    assert builds(project) == 2


@pytest.mark.parametrize(
    "settings", [{"SMARTUPLOAD_PORT": "3001"}, {"SMARTUPLOAD_PUBLIC_URL": "https://up.example.org"}]
)
def test_pages_are_built_again_when_their_address_changes(project: Path, settings: dict[str, str]) -> None:
    building.build_pages(load({}))
    assert building.build_pages(load(settings))
    assert builds(project) == 2


def test_a_site_keeps_its_pages_while_another_address_is_built(project: Path) -> None:
    here = building.build_pages(load({}))
    assert here
    page = here / "build" / "client" / "index.html"
    page.write_text("as it is served")
    there = building.build_pages(load({"SMARTUPLOAD_PORT": "3001"}))
    assert there
    assert there != here
    assert (there / "build" / "client" / "index.html").read_text() == "page"
    assert page.read_text() == "as it is served"
    assert building.build_pages(load({})) == here
    assert builds(project) == 2, "each address keeps its own"


def test_one_build_at_a_time(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A start waits for the build of another one; what that one has built is not built again."""
    site = building.site_folder(load({}))
    with ThreadPoolExecutor() as pool:
        with building._alone(site.parent):
            waiting = pool.submit(building.build_pages, load({}))
            wait_for(lambda: "another start builds its pages" in capfd.readouterr().err, 10, "it to wait")
            assert building._build(site, building.inputs_of_build(load({})))
            assert not waiting.done()
        assert waiting.result(10) == site
    assert builds(project) == 1


def test_what_no_page_depends_on_builds_nothing(project: Path) -> None:
    building.build_pages(load({}))
    for other in ("smartupload/__pycache__/x.pyc", "smartupload/api/new.py", "README.md", "assets/external/link.js"):
        (project / other).parent.mkdir(parents=True, exist_ok=True)
        (project / other).write_text("2")
    assert building.build_pages(load({"SMARTUPLOAD_MAX_FILE_SIZE": "5GB"}))
    assert builds(project) == 1


def test_files_of_an_older_build_go_but_packages_stay(project: Path) -> None:
    site = building.site_folder(load({})).relative_to(project)
    for old in (
        f"{site}/build/client/old.js",
        ".web/build/client/old.js",
        ".web/app/old.jsx",
        ".web/node_modules/react/index.js",
    ):
        (project / old).parent.mkdir(parents=True, exist_ok=True)
        (project / old).write_text("old")
    assert building.build_pages(load({}))
    assert not (project / site / "build/client/old.js").exists()
    assert not (project / ".web/build/client/old.js").exists()
    assert not (project / ".web/app").exists()
    assert (project / ".web/node_modules/react/index.js").exists()


def test_a_build_that_fails_says_why_and_is_tried_again(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "broken").touch()
    assert not building.build_pages(load({}))
    said = capsys.readouterr().err
    assert "no such component" in said
    assert "could not be built" in said
    (project / "broken").unlink()
    assert building.build_pages(load({}))
    assert builds(project) == 1


def test_the_pages_have_the_address_that_the_server_has() -> None:
    environment = os.environ | {"SMARTUPLOAD_PUBLIC_URL": "https://bücher.example/", "SMARTUPLOAD_PORT": "3100"}
    program = "import rxconfig; print(*rxconfig.config.cors_allowed_origins)"
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    settings = load({name: value for name, value in environment.items() if name.startswith("SMARTUPLOAD_")})
    assert tuple(run.stdout.split()[-3:]) == settings.origins


@pytest.mark.parametrize(
    ("text", "is_news"),
    [
        ("Traceback (most recent call last):\n  File x\nsmartupload.devstack.identity.StoreFailed: no weed\n", False),
        (
            "Traceback (most recent call last):\n  File x\nsqlite3.OperationalError: no\n\nThe above exception was the direct cause\n"
            "Traceback (most recent call last):\n  File x\nsqlalchemy.exc.OperationalError: (sqlite3.OperationalError) no\n(Background on this: https://sqlalche.me)\n",
            False,
        ),
        ("Traceback (most recent call last):\n  File x\nKeyError: 'x'\n", True),
        ("Application startup failed. Exiting.", False),
        ("Cancel 3 running task(s), timeout graceful shutdown exceeded", True),
    ],
)
def test_a_start_that_failed_is_said_once(text: str, is_news: bool) -> None:
    record = logging.LogRecord("uvicorn.error", logging.ERROR, "", 0, text, None, None)
    assert cli._is_news(record) is is_news


@pytest.mark.parametrize("project", ["pyproject.toml", "testing/pyproject.toml", "custom_components/pyproject.toml"])
def test_every_command_of_a_distribution_is_there(project: str) -> None:
    """What pip makes of them is tried by nobody who runs the app from its folder."""
    told = tomllib.loads((ROOT / project).read_text())["project"]
    for name, value in told.get("scripts", {}).items():
        assert callable(EntryPoint(name, value, "console_scripts").load()), name
