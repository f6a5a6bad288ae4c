"""Under which name a download is saved, by the programs that people really have, straight from the real store."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import httpx
import pytest
from sqlmodel import select

from scripts import packages
from smartupload.models import Upload
from smartupload.service.files import names
from tests.api.conftest import Browser, Site
from tests.api.test_uploads import is_problem

# A name, and its name in ASCII for a client that knows no other.
NAMES = {
    "report.pdf": "report.pdf",
    "two words.txt": "two words.txt",
    "Größe & Maße.pdf": "Grosse & Masse.pdf",
    "smørrebrød på 4 €.txt": "smorrebrod pa 4.txt",
    "日本語.pdf": "file.pdf",
    "日本語-2024.pdf": "2024.pdf",
    "見積 final 最終.xlsx": "final.xlsx",
    "تقرير.pdf": "file.pdf",
    "تقرير 3.docx": "3.docx",
    'say "hi".txt': "say _hi_.txt",
    "it's.txt": "it's.txt",
    "one; two.txt": "one_ two.txt",
    "100% sure.txt": "100_ sure.txt",
    "℀ddress.txt": "a_cddress.txt",
    "📦.zip": "file.zip",
    "emoji 👩‍👩‍👧.png": "emoji.png",
    "çon.txt": "_con.txt",
    "日本語": "file",
    "a.tar.gz": "a.tar.gz",
    "résumé.日本": "resume",
    "a.b.ドキュメント.txt": "a.b.txt",
    # What names are made of before they are kept: no slashes, no line ends.
    names.clean("../up/a\\b.txt"): "b.txt",
    names.clean("line\r\nbreak.txt"): "line  break.txt",
    names.clean('a.txt"\r\nX-Evil: 1'): "a.txt_  X-Evil: 1",
    "a" * 251 + ".txt": "a" * 251 + ".txt",
    "ä" * 125 + ".jpeg": "a" * 125 + ".jpeg",
}


@cache
def program(name: str) -> str:
    """Where it is; Debian's package is installed where that can be done, else the test is skipped."""
    if not shutil.which(name):
        packages.install(name)
    found = shutil.which(name)
    return found or pytest.skip(f"there is no {name} here, and it could not be installed")


Save = Callable[[list[str], str], str]


@pytest.fixture
def save(site: Site, tmp_path: Path) -> Save:
    """Has a program save a file of this name, and says what it is called then. Nobody uploads it anew for each name."""
    anna: Browser = site.browser()
    anna.uploads("a.bin", 100)
    with site.context.db.read() as session:
        key = session.exec(select(Upload)).one().key
    folder = tmp_path / "saved"

    def run(command: list[str], name: str) -> str:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        url = site.context.store.sign_download(key, names.attachment(name), "application/octet-stream", 300)
        done = subprocess.run([*command, url], cwd=folder, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        (saved,) = folder.iterdir()
        assert saved.stat().st_size == 100
        return saved.name

    return run


def test_curl_saves_it_under_its_name_in_ascii(save: Save) -> None:
    """It knows no other names (`-J` reads `filename`, not `filename*`)."""
    curl = program("curl")
    assert {name: save([curl, "-sSOJ"], name) for name in NAMES} == NAMES


def test_wget_saves_it_under_its_own_name(save: Save) -> None:
    """What is longer than 236 bytes it cuts by itself."""
    wget = program("wget")
    saved = {name: save([wget, "-q", "--content-disposition"], name) for name in NAMES}
    long = {name for name in NAMES if len(name.encode()) > 236}
    assert {name: found for name, found in saved.items() if name not in long} == {
        name: name for name in NAMES if name not in long
    }
    assert all(name.encode().startswith(os.fsencode(saved[name])) for name in long)


@pytest.mark.parametrize("name", NAMES)
def test_the_name_in_ascii_is_safe_and_keeps_the_extension(name: str) -> None:
    plain = names.attachment(name).split('"')[1]
    assert plain == NAMES[name]
    assert plain.isascii()
    assert plain.isprintable()
    assert 0 < len(plain) <= 255
    assert not set(plain) & set('"\\%;/')
    assert names.clean(plain) == plain


def test_a_file_that_was_renamed_is_saved_under_its_new_name(site: Site, browser: Browser) -> None:
    upload = browser.uploads()
    answer = browser.patch(f"/api/uploads/{upload['id']}", json={"name": "x/Maße 2.bin"})
    assert (answer.status_code, answer.json()["name"]) == (200, "Maße 2.bin")
    for asking, path in ((browser, f"uploads/{upload['id']}"), (site.browser(), f"shared/{upload['share_token']}")):
        place = asking.get(f"/api/{path}/download").headers["location"]
        saved = httpx.get(place, timeout=30).headers["content-disposition"]
        assert saved == names.attachment("Maße 2.bin")
    is_problem(browser.patch(f"/api/uploads/{upload['id']}", json={"name": "."}), 422, "bad_name")
    begun = browser.creates().json()
    is_problem(browser.patch(f"/api/uploads/{begun['id']}", json={"name": "b.bin"}), 409, "not_ready")


def test_a_file_is_found_by_its_tags_which_nobody_else_sees(site: Site, browser: Browser) -> None:
    upload = browser.uploads()
    other = browser.creates().json()
    address = f"/api/uploads/{upload['id']}"
    answer = browser.patch(address, json={"name": "b.bin", "tags": ["Tax  papers", "2025", "TAX PAPERS"]})
    assert (answer.json()["name"], answer.json()["tags"]) == ("b.bin", ["2025", "Tax papers"])
    assert browser.patch(address, json={"name": "c.bin"}).json()["tags"] == ["2025", "Tax papers"]
    assert browser.get(address).json()["tags"] == ["2025", "Tax papers"]
    found = browser.get("/api/uploads", params={"tag": "tax papers"}).json()["uploads"]
    assert [(one["id"], one["tags"]) for one in found] == [(upload["id"], ["2025", "Tax papers"])]
    assert len(browser.get("/api/uploads").json()["uploads"]) == 2
    assert "Tax" not in site.browser().get(f"/api/shared/{upload['share_token']}").text
    for wrong in (
        {},
        {"tags": [""]},
        {"tags": [str(one) for one in range(11)]},
        {"tags": "tax"},
        {"name": "d", "tags": ["x" * 41]},
    ):
        is_problem(browser.patch(address, json=wrong), 422, "invalid_request")
    assert browser.get(address).json()["name"] == "c.bin", "nothing of it was done"
    on_its_way = browser.patch(f"/api/uploads/{other['id']}", json={"tags": ["2025"]})
    assert on_its_way.json()["tags"] == ["2025"], "a file on its way keeps its name, and takes tags"
    assert browser.patch(address, json={"tags": []}).json()["tags"] == []
