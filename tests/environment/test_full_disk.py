"""A disk that fills while a file is on its way, and is emptied: said plainly meanwhile, and all goes on by itself."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from smartupload_testing.files import MIB, make_file
from smartupload_testing.wait import wait_for

from smartupload.client import Progress, SmartUploadClient
from tests.environment.programs import Program, fill

SIZE = 100 * MIB


@pytest.mark.timeout(240)
@pytest.mark.parametrize("small_disk", [60], indirect=True)
def test_a_file_goes_on_by_itself_once_there_is_room(
    program: Callable[..., Program], small_disk: Path, tmp_path: Path
) -> None:
    size = 30 * MIB
    app = program(data_dir=str(small_disk / "data"))
    app.wait_until_up()
    original = make_file(tmp_path / "film.bin", size)
    is_full, answers = threading.Event(), list[Any]()

    def filled_at_a_third(told: Progress) -> None:
        if told.confirmed > size // 3 and not is_full.is_set():
            fill(small_disk)
            is_full.set()

    with SmartUploadClient(app.url, state_dir=tmp_path / "state") as client:
        sending = threading.Thread(
            target=lambda: answers.append(client.upload(original.path, on_progress=filled_at_a_third))
        )
        sending.start()
        try:
            assert is_full.wait(60)
            before = app.said().count("\n")
            wait_for(lambda: app.ready()[0] == 503, 20, "it to say that it is not ready", every=0.5)
            assert "disk of the data folder is full: 0 MiB are free" in app.ready()[1]["checks"]["store"]
            refused = _begins(app.url, MIB)
            assert (refused.status_code, refused.json()["code"]) == (507, "store_full"), refused.text
            assert int(refused.headers["retry-after"]) <= 10
            assert "goes on by itself once there is room" in refused.json()["detail"]
            assert sending.is_alive(), "nothing is given up"
            # One that ends meanwhile is what is to be seen: the store's parts fail in ways of their own.
            wait_for(lambda: "the disk of the data folder is full" in app.said(), 20, "the line in the log")
            lines = app.said().splitlines()[before:]
            assert len(lines) < 100, "\n".join(lines[:150])
            assert not any(line.startswith("Traceback") for line in lines)
        finally:
            (small_disk / "ballast").unlink(missing_ok=True)
        sending.join(60)
        assert not sending.is_alive(), app.said()
        assert answers[0].state == "ready"
        assert client.download(answers[0].id, tmp_path / "back.bin").sha256 == original.sha256
    wait_for(lambda: app.ready()[0] == 200, 20, "it to be ready again", every=0.5)
    assert app.process.poll() is None, "the same process as before"


@pytest.mark.timeout(240)
@pytest.mark.parametrize("small_disk", [60], indirect=True)
def test_a_file_that_is_larger_than_the_disk_waits_until_that_has_grown(
    program: Callable[..., Program], small_disk: Path, tmp_path: Path
) -> None:
    """It is not begun, so that nothing of it takes the room; whatever fits arrives meanwhile."""
    app = program(data_dir=str(small_disk / "data"))
    app.wait_until_up()
    refused = _begins(app.url, SIZE)
    assert (refused.status_code, refused.json()["code"]) == (507, "site_full"), refused.text
    assert "needs 105 MB, and the storage of this site has room for" in refused.json()["detail"]
    film, letter = make_file(tmp_path / "film.bin", SIZE), make_file(tmp_path / "letter.bin", 9 * MIB)
    answers = list[Any]()
    with SmartUploadClient(app.url, state_dir=tmp_path / "state") as client:
        sending = threading.Thread(target=lambda: answers.append(client.upload(film.path)), daemon=True)
        sending.start()
        try:
            assert client.upload(letter.path).state == "ready"
            assert app.ready()[0] == 200, "there is room for others"
            assert sending.is_alive(), "nothing is given up"
            assert shutil.disk_usage(small_disk).used < 30 * MIB, "nothing of it was taken"
        finally:
            subprocess.run(["mount", "-o", "remount,size=300m", str(small_disk)], check=True)
        sending.join(60)
        assert not sending.is_alive(), app.said()
        assert answers[0].state == "ready"
        assert client.download(answers[0].id, tmp_path / "back.bin").sha256 == film.sha256


@pytest.mark.timeout(240)
def test_a_start_with_little_room(program: Callable[..., Program], small_disk: Path, tmp_path: Path) -> None:
    """It is up and says why nothing is taken; with room it takes files, without another start."""
    ballast = fill(small_disk)
    os.truncate(ballast, ballast.stat().st_size - 8 * MIB)
    app = program(data_dir=str(small_disk / "data"))

    def says_so() -> bool:
        assert app.process.poll() is None, app.said()
        with contextlib.suppress(httpx.HTTPError):
            status, said = app.ready()
            return status == 503 and "disk of the data folder is full" in said["checks"]["store"]
        return False

    wait_for(says_so, 100, "it to be up, and to say that its disk is full", every=0.2)
    assert _begins(app.url, MIB).status_code == 507
    ballast.unlink()
    original = make_file(tmp_path / "film.bin", 9 * MIB)
    with SmartUploadClient(app.url, state_dir=tmp_path / "state") as client:
        assert client.upload(original.path).state == "ready"
    wait_for(lambda: app.ready()[0] == 200, 20, "it to be ready again", every=0.5)


def _begins(url: str, size: int) -> httpx.Response:
    asked = {"name": "late.bin", "size": size, "type": "application/octet-stream"}
    return httpx.post(f"{url}/api/uploads", json=asked, headers={"Idempotency-Key": f"{size}", "Origin": url})
