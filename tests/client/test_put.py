"""Files put and fetched with the real app and the real store."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from smartupload_testing.files import MIB, make_file

from smartupload.client import Progress, SmartUploadClient, SmartUploadError, Uploaded
from tests.browser.line import Line
from tests.client.conftest import App


@pytest.mark.parametrize("size", [1, 3 * MIB, 8 * MIB, 20 * MIB + 17], ids=str)
def test_a_file_is_there_as_it_was(client: SmartUploadClient, app: App, line: Line, tmp_path: Path, size: int) -> None:
    original = make_file(tmp_path / "a file.bin", size)
    told: list[Progress] = []
    uploaded = client.upload(original.path, on_progress=told.append)
    assert (uploaded.name, uploaded.size, uploaded.state) == ("a file.bin", size, "ready")
    assert uploaded.checksum.endswith(f"-{-(-size // (8 * MIB))}")
    assert line.received == size
    assert told[-1] == Progress("a file.bin", size, size, size, "finishing")
    by_id = client.download(uploaded.id, tmp_path / "back.bin")
    assert (by_id.sha256, by_id.verified, by_id.size) == (original.sha256, "checksum", size)
    (tmp_path / "folder").mkdir()
    by_link = client.download(uploaded.share_url, tmp_path / "folder")
    assert (by_link.path, by_link.verified) == (tmp_path / "folder" / "a file.bin", "size")
    assert hashlib.sha256(by_link.path.read_bytes()).hexdigest() == original.sha256
    assert client.wait_ready(uploaded.id, timeout=5) == uploaded


def test_many_small_files_share_their_calls(
    app: App, make_client: Callable[..., SmartUploadClient], tmp_path: Path
) -> None:
    files = [make_file(tmp_path / f"{number}.bin", 1000 + number, seed=number) for number in range(40)]
    (tmp_path / "empty.bin").touch()
    paths = [*(file.path for file in files[:20]), tmp_path / "empty.bin", *(file.path for file in files[20:])]
    asked: Counter[str] = Counter()
    real = app.site.app

    async def counted(scope: Any, receive: Any, send: Any) -> None:
        asked[scope.get("path", "")] += 1
        await real(scope, receive, send)

    app.stop()
    app.site.app = counted
    app.start()
    client = make_client(app.url)

    def put(path: Path) -> Uploaded | SmartUploadError:
        try:
            return client.upload(path)
        except SmartUploadError as error:
            return error

    with ThreadPoolExecutor(16) as pool:
        done = list(pool.map(put, paths))
    [refused] = [one for one in done if isinstance(one, SmartUploadError)]
    assert done.index(refused) == 20
    assert refused.code == "empty_file"
    uploads = [one for one in done if isinstance(one, Uploaded)]
    assert [(one.name, one.size, one.state) for one in uploads] == [(f.name, f.size, "ready") for f in files]
    for verb in ("create", "sign", "complete"):
        assert asked[f"/api/batch/{verb}"] > 0
    assert asked["/api/uploads"] + asked["/api/batch/create"] < len(files) / 2
    back = client.download(uploads[7].id, tmp_path / "back.bin")
    assert (back.sha256, back.verified) == (files[7].sha256, "checksum")


def test_what_is_said_of_a_file_comes_back(client: SmartUploadClient, tmp_path: Path) -> None:
    file = make_file(tmp_path / "a.bin", 1000)
    said: dict[str, Any] = {"metadata": {"ticket": "42", "note": "é"}, "uploader": "attachments"}
    uploaded = client.upload(file.path, **said)
    assert {"metadata": uploaded.metadata, "uploader": uploaded.uploader} == said
    plain = client.upload(file.path)
    assert (plain.metadata, plain.uploader) == ({}, "")


def test_what_is_gone_on_with_keeps_what_was_said_first(
    app: App, make_client: Callable[..., SmartUploadClient], tmp_path: Path
) -> None:
    file = make_file(tmp_path / "a.bin", 20 * MIB)

    def stops(progress: Progress) -> None:
        if progress.confirmed:
            raise KeyboardInterrupt

    client = make_client(app.url)
    with pytest.raises(KeyboardInterrupt):
        client.upload(file.path, metadata={"ticket": "42"}, uploader="a", on_progress=stops)
    uploaded = make_client(app.url).upload(file.path, metadata={"ticket": "43"}, uploader="b")
    assert (uploaded.metadata, uploaded.uploader) == ({"ticket": "42"}, "a")
