"""What befalls an upload on its way: killed, cut, damaged, edited, answered by somebody else. What was confirmed is not sent again, and nothing is mixed."""

from __future__ import annotations

import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from smartupload_testing.files import MIB, Original, make_file
from smartupload_testing.wait import wait_for

from smartupload.adapters.s3 import signer
from smartupload.adapters.s3.store import S3Store
from smartupload.client import Progress, SmartUploadClient, SmartUploadError
from tests.browser.line import Line
from tests.client.conftest import App, Command, is_whole, uploads_of

SIZE = 36 * MIB + 5
"""Five parts."""
PACE = 40 * MIB


@pytest.fixture
def file(tmp_path: Path) -> Original:
    return make_file(tmp_path / "big.bin", SIZE)


def journals(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "state" / "uploads").glob("*"))


def test_killed_in_the_middle_and_started_again(
    app: App, line: Line, client: SmartUploadClient, command: Command, tmp_path: Path
) -> None:
    file = make_file(tmp_path / "big.bin", 60 * MIB + 5)
    line.shape(PACE, until=40 * MIB)
    process = command.start("--url", app.url, "--parallel", "2", str(file.path))
    wait_for(lambda: line.received >= 40 * MIB, 60, "two thirds of it on the line")
    process.send_signal(signal.SIGKILL)
    process.wait(20)
    line.go_on()
    wait_for(lambda: not line.in_flight(), 30, "the line to be empty")
    in_flight = line.unconfirmed
    assert in_flight <= 2 * 8 * MIB
    code, out, err = command.run("--url", app.url, str(file.path))
    assert code == 0, err
    assert line.received - file.size <= in_flight
    assert len({put.upload_id for put in line.puts}) == 1
    is_whole(client, out.strip(), file)
    assert journals(tmp_path) == []


@pytest.mark.parametrize("moment", ["begun", "named", "sent"])
def test_killed_at_a_moment_that_matters(
    app: App,
    line: Line,
    make_client: Callable[..., SmartUploadClient],
    file: Original,
    moment: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After each of these nothing of the process is left but what it has written down."""

    class Killed(BaseException):
        pass

    def die(*_: object, **__: object) -> None:
        raise Killed

    first = make_client(app.url)
    target = {"begun": "io.journal.Place.name", "named": "upload.Putting._send", "sent": "io.api.Api.complete"}[moment]
    with monkeypatch.context() as patch:
        patch.setattr(f"smartupload.client.{target}", die)
        with pytest.raises(Killed):
            first.upload(file.path)
    assert len(journals(tmp_path)) == 1
    uploaded = make_client(app.url).upload(file.path)
    assert line.received == SIZE
    assert [one["id"] for one in uploads_of(app, first)] == [uploaded.id]


def test_the_server_is_restarted_meanwhile(app: App, line: Line, client: SmartUploadClient, file: Original) -> None:
    line.shape(PACE, until=SIZE // 2)
    reasons: set[str] = set()
    with ThreadPoolExecutor(1) as pool:
        putting = pool.submit(client.upload, file.path, on_progress=lambda progress: reasons.add(progress.reason))
        wait_for(lambda: line.received >= SIZE // 2, 60, "half of it on the line")
        app.stop()
        line.go_on()
        wait_for(lambda: "server_away" in reasons, 60, "the client to miss the server")
        app.start()
        uploaded = putting.result(60)
    assert line.received == SIZE
    is_whole(client, uploaded.share_url, file)


def test_a_line_that_is_cut_and_comes_back(line: Line, client: SmartUploadClient, file: Original) -> None:
    line.shape(PACE, until=SIZE // 2)
    stages: list[Progress] = []
    with ThreadPoolExecutor(1) as pool:
        putting = pool.submit(client.upload, file.path, on_progress=stages.append)
        wait_for(lambda: line.received >= SIZE // 2, 60, "half of it on the line")
        line.cut()
        wait_for(lambda: any(one.stage == "waiting" for one in stages), 30, "the client to wait")
        line.go_on()
        line.restore()
        uploaded = putting.result(60)
    assert {one.reason for one in stages if one.stage == "waiting"} == {"store_away"}
    assert line.received - SIZE <= line.unconfirmed
    is_whole(client, uploaded.share_url, file)


def test_a_flipped_byte_is_sent_again(line: Line, client: SmartUploadClient, file: Original) -> None:
    line.flip_byte_in_put(3)
    uploaded = client.upload(file.path)
    assert sum(put.damaged for put in line.puts) == 1
    assert len(line.puts) == 6
    is_whole(client, uploaded.share_url, file)


def test_somebody_else_answers_for_the_store(line: Line, client: SmartUploadClient, file: Original) -> None:
    line.portal(cors=False)
    stages: list[Progress] = []
    with ThreadPoolExecutor(1) as pool:
        putting = pool.submit(client.upload, file.path, on_progress=stages.append)
        wait_for(lambda: line.portal_answers > 0, 30, "the portal to be met")
        line.restore()
        uploaded = putting.result(60)
    assert "portal" in {one.reason for one in stages}
    is_whole(client, uploaded.share_url, file)


def test_addresses_that_were_signed_long_ago(
    line: Line, client: SmartUploadClient, file: Original, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = iter([datetime.now(UTC) - timedelta(hours=3)] * 2)
    monkeypatch.setattr(signer, "clock", lambda: next(moments, None) or datetime.now(UTC))
    uploaded = client.upload(file.path)
    assert line.statuses()[403] == 2
    is_whole(client, uploaded.share_url, file)


def test_a_download_whose_line_is_cut_goes_on_where_it_was(
    line: Line, client: SmartUploadClient, file: Original, tmp_path: Path
) -> None:
    uploaded = client.upload(file.path)
    cut: list[int] = []

    def cut_once(progress: Progress) -> None:
        if not cut:
            cut.append(progress.confirmed)
            line.cut()
            line.restore()

    before = line.requests["GET"]
    back = client.download(uploaded.id, tmp_path / "back.bin", on_progress=cut_once)
    assert (back.sha256, back.verified) == (file.sha256, "checksum")
    assert line.requests["GET"] - before == 2


def test_a_download_that_is_not_what_was_sent_is_not_kept(
    store: S3Store, client: SmartUploadClient, tmp_path: Path
) -> None:
    uploaded = client.upload(make_file(tmp_path / "a.bin", 1000).path)
    store._client.put_object(Bucket=store.bucket, Key=f"uploads/{uploaded.id}/1", Body=bytes(1000))
    (tmp_path / "back").mkdir()
    with pytest.raises(SmartUploadError) as damaged:
        client.download(uploaded.id, tmp_path / "back")
    assert damaged.value.code == "download_damaged"
    assert list((tmp_path / "back").iterdir()) == []


def test_a_file_that_is_still_checked(app: App, client: SmartUploadClient, tmp_path: Path) -> None:
    finisher = app.site.context.finisher
    app.site.context = replace(app.site.context, finisher=None)
    uploaded = client.upload(make_file(tmp_path / "a.bin", 1000).path, wait=False)
    assert uploaded.state == "scanning"
    with pytest.raises(SmartUploadError) as late:
        client.wait_ready(uploaded.id, timeout=0.3)
    assert (late.value.code, late.value.is_temporary) == ("not_ready_in_time", True)
    with pytest.raises(SmartUploadError) as early:
        client.download(uploaded.id, tmp_path / "back.bin")
    assert early.value.code == "not_ready"
    assert finisher is not None
    finisher.start(uploaded.id, 1)
    assert client.wait_ready(uploaded.id, timeout=5).state == "ready"
