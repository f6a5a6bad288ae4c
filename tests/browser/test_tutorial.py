"""docs/tutorial.md followed to the letter, and the examples: in a fresh environment with the built wheels each is an app that takes files."""

from __future__ import annotations

import base64
import contextlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect
from smartupload_testing.browser.page import CARD, INPUT, ZONE
from smartupload_testing.files import MIB, Original
from smartupload_testing.wait import wait_for

from tests.browser.own_app import until_the_end
from tests.browser.person import Person
from tests.browser.server import ROOT, Build, Server, free_port
from tests.wheels import built

TEXT = (ROOT / "docs" / "tutorial.md").read_text()
FILES = dict(re.findall(r"^`([\w/]+\.py)`:\n\n```python\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL))
COMMANDS = [
    line for block in re.findall(r"^```sh\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL) for line in block.splitlines()
]
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
INSTALL = "pip install smartupload reflex-smartupload"


def test_it_is_what_a_person_types_and_no_more_than_twenty_lines_of_their_own() -> None:
    assert COMMANDS == ["python -m venv .venv", ". .venv/bin/activate", INSTALL, "reflex run"]
    assert list(FILES) == ["rxconfig.py", "inbox/inbox.py"]
    assert sum(bool(line.strip()) for text in FILES.values() for line in text.splitlines()) <= 20


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """That of a fresh environment, in which are the wheels of this checkout and what they ask for."""
    folder = tmp_path_factory.mktemp("environment")
    uv = [sys.executable, "-m", "uv"]
    subprocess.run([*uv, "venv", "--quiet", "--python", sys.executable, folder / "env"], check=True)
    found = folder / "env" / "bin" / "python"
    wheels = built(folder / "wheels").values()
    subprocess.run([*uv, "pip", "install", "--quiet", "--python", found, *wheels], check=True)
    yield found
    shutil.rmtree(folder)


EXAMPLES = ROOT / "examples"
MOUNTED = "SmartUpload().mount(app)\n"


def test_the_tutorial_is_the_smallest_example() -> None:
    assert {name: (EXAMPLES / "inbox" / name).read_text() for name in FILES} == FILES


@pytest.fixture
def server(python: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Server]:
    """An example on ports of its own, that of the tutorial unless `request.param` names another one."""
    example = getattr(request, "param", "inbox")
    app = shutil.copytree(
        EXAMPLES / example,
        tmp_path / "app",
        ignore=shutil.ignore_patterns("__pycache__", ".web", "external", "reflex.lock"),
    )
    build = Build(tmp_path / "build")
    one = Server(build, tmp_path / "data", {"PORT": ""})  # nobody says where the pages are but the command
    one.python, one.folder = str(python), app
    one.command = ("reflex", "run", "--frontend-port", str(one.port), "--backend-port", str(free_port()))
    yield from until_the_end(request, one, build, starts=False)


@pytest.fixture(autouse=True)
def nothing_of_this_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONPATH", raising=False)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_the_first_upload_and_the_same_app_without_the_server_half(
    server: Server, people: Callable[..., Person], original: Callable[..., Original]
) -> None:
    began = time.monotonic()
    server.start()
    file, person = original(12 * MIB + 77), people()
    page = person.open()
    person.pick(page, file)
    person.finished(page, file)
    print(f"from `reflex run` to the first finished upload: {time.monotonic() - began:.0f} s")
    person.quit()

    server.stop()
    module = server.folder / "inbox" / "inbox.py"
    lines = module.read_text().splitlines(keepends=True)
    lines.remove(MOUNTED)
    module.write_text("".join(lines))
    server.start(wait=False)
    wait_for(lambda: answers(server.url), 300, "the app to answer")
    # A browser that was not here when it was there.
    another = people()
    page = another.open()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    another.pick(page, original(100_000))
    expect(page.locator(CARD)).to_contain_text("the server of this page takes no uploads yet", timeout=30_000)
    wait_for(
        lambda: any("SmartUpload().mount(app)" in text for text in said), 10, f"the console to say what to do: {said}"
    )


def answers(url: str) -> bool:
    """Whether the pages are there, and whatever answers behind them."""
    try:
        return all(httpx.get(f"{url}{path}", timeout=5).status_code < 500 for path in ("/", "/api/client-settings"))
    except httpx.HTTPError:
        return False


@pytest.mark.timeout(600)
@pytest.mark.long
@pytest.mark.parametrize("server", ["tickets"], indirect=True)
def test_an_app_with_a_login_and_cards_of_its_own(
    server: Server, person: Person, original: Callable[..., Original]
) -> None:
    server.start(wait=False)
    wait_for(lambda: answers(server.url), 300, "the app to answer")
    file = original(300_000)
    page = person.open("/api/login/anna")
    expect(page.get_by_text("Drop what belongs to this ticket")).to_be_visible()
    person.pick(page, file)
    expect(page.locator("#attached")).to_contain_text(f"{file.name}, 300000 bytes", timeout=60_000)
    (upload,) = person.uploads(page)
    assert server.downloaded(upload["share_token"]) == (file.size, file.sha256)
    ben = person.open("/api/login/ben")
    assert ben.evaluate("fetch('/api/uploads').then((answer) => answer.json())")["uploads"] == []


PIECE = "one word more "
TIMES = 700_000


@pytest.mark.timeout(600)
@pytest.mark.long
@pytest.mark.parametrize("server", ["platform"], indirect=True)
def test_a_platform_whose_projects_have_files_with_words(server: Server, person: Person, tmp_path: Path) -> None:
    """One moves on to other pages meanwhile; work begins when a file is ready, and goes on after a restart from where it was."""
    server.start(wait=False)
    wait_for(lambda: answers(server.url), 300, "the app to answer")
    text = tmp_path / "letter.txt"
    text.write_text(PIECE * TIMES)
    page = person.open("/projects/annual-report")
    expect(page.get_by_role("heading", name="Annual report 2026")).to_be_visible()
    server.line.shape(2_500_000)
    page.locator(INPUT).first.set_input_files(text)
    card, tray = page.locator(CARD), page.get_by_test_id("upload-tray")
    expect(card).to_have_count(1)
    expect(page.get_by_test_id("leave-note")).to_have_attribute("data-leave", re.compile("return|continues"))
    page.get_by_role("navigation").get_by_role("link", name="Museum audio guide").click()
    expect(page.get_by_role("heading", name="Museum audio guide")).to_be_visible()
    expect(tray).to_contain_text("letter.txt")
    expect(card).to_have_count(0)
    page.get_by_role("navigation").get_by_role("link", name="Annual report 2026").click()
    words = page.get_by_test_id("words")
    expect(words).to_have_text(f"{3 * TIMES:,} words", timeout=120_000)
    expect(card).to_have_count(0)
    expect(page.locator("[data-fact=Words]")).to_have_text(f"{3 * TIMES:,}")
    (upload,) = person.uploads(page)
    assert (upload["uploader"], upload["metadata"]) == ("annual-report", {"project": "annual-report"})

    server.stop()
    half = f"state = 'counting', read = {len(PIECE) * TIMES // 2}, words = 0"
    with contextlib.closing(sqlite3.connect(server.data / "translations.sqlite")) as database:
        database.execute(f"UPDATE projectfile SET {half}")
        database.commit()
    server.start(wait=False)
    wait_for(lambda: answers(server.url), 300, "the app to answer again")
    page.reload()
    expect(words).to_have_text(f"{3 * TIMES // 2:,} words", timeout=120_000)


@pytest.mark.timeout(600)
@pytest.mark.long
@pytest.mark.parametrize("server", ["records"], indirect=True)
def test_files_belong_to_records_of_the_apps_own_database(
    server: Server, person: Person, original: Callable[..., Original], tmp_path: Path
) -> None:
    server.start(wait=False)
    wait_for(lambda: answers(server.url), 300, "the app to answer")
    page = person.open()
    page.get_by_role("button", name="Record 2").click()
    expect(page.locator("#title")).to_have_text("The tower")
    plan, picture = original(9 * MIB), original(200_000)
    page.locator(f"{ZONE}[data-uploader=attachments] {INPUT}").set_input_files(plan.path)
    expect(page.locator("#attached")).to_have_text(f"{plan.name}, {9 * MIB} bytes", timeout=60_000)
    image = tmp_path / "cover.png"
    image.write_bytes(PNG)
    page.locator(f"{ZONE}[data-uploader=cover] {INPUT}").set_input_files(image)
    expect(page.locator("#cover")).to_be_visible(timeout=60_000)
    page.locator(f"{ZONE}[data-uploader=cover] {INPUT}").set_input_files(picture.path)
    expect(page.locator(f"{CARD}[data-error=type_not_allowed]")).to_be_visible()
    page.get_by_role("button", name="Record 1").click()
    expect(page.locator("#title")).to_have_text("The bridge")
    expect(page.locator("#attached")).to_have_text("")
    metadata = {one["name"]: (one["uploader"], one["metadata"]) for one in person.uploads(page)}
    assert metadata == {plan.name: ("attachments", {"record": "2"}), "cover.png": ("cover", {"record": "2"})}


@pytest.mark.timeout(600)
@pytest.mark.long
def test_a_service_without_pages_takes_files_of_programs(python: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(EXAMPLES / "service", tmp_path / "app", ignore=shutil.ignore_patterns("__pycache__"))
    url = f"http://localhost:{(port := free_port())}"
    command = [python, "-m", "uvicorn", "service:app", "--port", str(port), "--log-level", "warning"]
    scan, note = tmp_path / "scan.pdf", tmp_path / "note.txt"
    scan.write_bytes(b"%PDF-1.7" + bytes(9 * MIB))
    note.write_text("no scan")
    with subprocess.Popen(command, cwd=folder, env={**os.environ, "SMARTUPLOAD_PUBLIC_URL": url}) as running:
        try:
            wait_for(lambda: is_up(url), 120, "the service to answer")
            sent = put(python, url, tmp_path, scan)
            assert (sent.returncode, sent.stdout[: len(url)]) == (0, url), sent.stderr
            wait_for(lambda: httpx.get(f"{url}/arrived").json(), 30, "the app to hear of it")
            assert httpx.get(f"{url}/arrived").json() == [f"scan.pdf of scanner, {9 * MIB + 8} bytes"]
            refused = put(python, url, tmp_path, note)
            assert refused.returncode == 1
            assert "Only PDF and TIFF are taken here." in refused.stderr
        finally:
            running.terminate()


def is_up(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def put(python: Path, url: str, folder: Path, file: Path) -> subprocess.CompletedProcess[str]:
    """What a program types."""
    token = ["--header", "Authorization: Bearer secret-of-the-scanner"]
    command = [python, "-m", "smartupload", "put", file, "--url", url, *token, "--state-dir", folder / "state"]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)
