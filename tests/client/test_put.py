"""Files put and fetched with the real app and the real store."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from smartupload.client import Progress, SmartUploadClient
from tests.browser.files import MIB, make_file
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
    assert told[-1] in (
        Progress("a file.bin", size, size, size, "sending"),
        Progress("a file.bin", size, size, size, "finishing"),
    )
    by_id = client.download(uploaded.id, tmp_path / "back.bin")
    assert (by_id.sha256, by_id.verified, by_id.size) == (original.sha256, "checksum", size)
    (tmp_path / "folder").mkdir()
    by_link = client.download(uploaded.share_url, tmp_path / "folder")
    assert (by_link.path, by_link.verified) == (tmp_path / "folder" / "a file.bin", "size")
    assert hashlib.sha256(by_link.path.read_bytes()).hexdigest() == original.sha256
    assert client.wait_ready(uploaded.id, timeout=5) == uploaded
