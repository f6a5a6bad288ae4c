"""A file that is not the same any more: noticed, never mixed with what was sent of it before."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from smartupload_testing.files import MIB, Original, make_file

from smartupload.client import Progress, SmartUploadClient, SmartUploadError
from tests.browser.line import Line
from tests.client.conftest import App, is_whole, uploads_of

SIZE = 36 * MIB + 5
"""Five parts."""


class Killed(BaseException):
    """The process is gone."""


def begun(client: SmartUploadClient, file: Original, until: int) -> None:
    """An upload that its process did not bring to its end once so much was confirmed."""

    def die(progress: Progress) -> None:
        if progress.confirmed >= until:
            raise Killed

    with pytest.raises(Killed):
        client.upload(file.path, on_progress=die)


def edit(file: Original, at: int, keep_date: bool = False) -> Original:
    """Another byte there."""
    before = file.path.stat()
    with file.path.open("r+b") as opened:
        opened.seek(at)
        byte = opened.read(1)
        opened.seek(at)
        opened.write(bytes([byte[0] ^ 0xFF]))
    if keep_date:
        os.utime(file.path, ns=(before.st_atime_ns, before.st_mtime_ns))
    return Original(file.path, file.size, sha256_of(file.path))


def sha256_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(("at", "keep_date"), [(3, True), (SIZE - 1, False)], ids=["what was sent", "what was not"])
def test_edited_after_it_was_killed(
    client: SmartUploadClient, line: Line, tmp_path: Path, at: int, keep_date: bool
) -> None:
    file = make_file(tmp_path / "big.bin", SIZE)
    begun(client, file, until=8 * MIB)
    now = edit(file, at, keep_date)
    uploaded = client.upload(file.path)
    is_whole(client, uploaded.share_url, now)
    assert len({put.upload_id for put in line.puts}) <= 2


def test_touched_and_not_edited_costs_no_byte(client: SmartUploadClient, line: Line, tmp_path: Path) -> None:
    file = make_file(tmp_path / "big.bin", SIZE)
    begun(client, file, until=SIZE)
    os.utime(file.path)
    uploaded = client.upload(file.path)
    assert line.received == SIZE
    is_whole(client, uploaded.share_url, file)


def test_another_length_is_another_upload(app: App, client: SmartUploadClient, line: Line, tmp_path: Path) -> None:
    file = make_file(tmp_path / "big.bin", SIZE)
    begun(client, file, until=8 * MIB)
    [before] = uploads_of(app, client)
    now = make_file(file.path, SIZE - 1, seed=2)
    uploaded = client.upload(file.path)
    is_whole(client, uploaded.share_url, now)
    assert [one["id"] for one in uploads_of(app, client)] == [uploaded.id]
    assert uploaded.id != before["id"]


@pytest.mark.parametrize("how", ["date put back", "cut short", "replaced"])
def test_edited_while_it_is_sent(
    app: App, make_client: Callable[..., SmartUploadClient], tmp_path: Path, how: str
) -> None:
    client = make_client(app.url, parallel=1)  # so that not all is read by then
    file = make_file(tmp_path / "big.bin", SIZE)
    done: list[Original] = []

    def touch(progress: Progress) -> None:
        if done or progress.confirmed < 8 * MIB:
            return
        if how == "cut short":
            os.truncate(file.path, SIZE - 1)
            done.append(Original(file.path, SIZE - 1, sha256_of(file.path)))
        elif how == "replaced":
            make_file(tmp_path / "new", SIZE, seed=5).path.replace(file.path)
            done.append(Original(file.path, SIZE, sha256_of(file.path)))
        else:
            done.append(edit(file, SIZE - 1, keep_date=True))

    with pytest.raises(SmartUploadError) as refused:
        client.upload(file.path, on_progress=touch)
    assert refused.value.code == "file_changed"
    uploaded = client.upload(file.path)
    is_whole(client, uploaded.share_url, done[0])


def test_edited_once_the_server_has_all_of_it(
    app: App, client: SmartUploadClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = make_file(tmp_path / "big.bin", 9 * MIB)
    with monkeypatch.context() as patch:

        def die(*_: object) -> None:
            raise Killed

        patch.setattr("smartupload.client.upload.Putting._over", die)
        with pytest.raises(Killed):
            client.upload(file.path)
    now = edit(file, 0)
    uploaded = client.upload(file.path)
    is_whole(client, uploaded.share_url, now)
    assert len(uploads_of(app, client)) == 2


def test_two_calls_for_one_file_at_a_time_are_two_uploads(
    make_client: Callable[..., SmartUploadClient], app: App, line: Line, tmp_path: Path
) -> None:
    file = make_file(tmp_path / "big.bin", SIZE)
    first, second = make_client(app.url), make_client(app.url)
    made: list[str] = []

    def meanwhile(progress: Progress) -> None:
        if not made and progress.confirmed:
            made.append("")
            made[0] = second.upload(file.path).share_url

    made.append(first.upload(file.path, on_progress=meanwhile).share_url)
    assert len(set(made)) == 2
    assert line.received == 2 * SIZE
    for link in made:
        is_whole(first, link, file)
    assert list((tmp_path / "state" / "uploads").iterdir()) == []
