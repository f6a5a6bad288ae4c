"""What befalls an upload on its way: killed, cut, damaged, edited, answered by somebody else. What was confirmed is not sent again, and nothing is mixed."""

from __future__ import annotations

import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from smartupload.client import Progress, SmartUploadClient
from tests.browser.files import MIB, Original, make_file
from tests.browser.line import Line
from tests.browser.wait import wait_for
from tests.client.conftest import App, Command

SIZE = 60 * MIB + 5
"""Eight parts."""
PACE = 40 * MIB


@pytest.fixture
def file(tmp_path: Path) -> Original:
    return make_file(tmp_path / "big.bin", SIZE)


def is_whole(client: SmartUploadClient, link: str, original: Original) -> None:
    """What the link gives is the file."""
    path = original.path.with_name("back.bin")
    assert client.download(link, path).sha256 == original.sha256
    path.unlink()


def journals(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "state" / "uploads").glob("*"))


def test_killed_in_the_middle_and_started_again(
    app: App, line: Line, client: SmartUploadClient, command: Command, file: Original, tmp_path: Path
) -> None:
    line.shape(PACE, until=SIZE // 2)
    process = command.start("--url", app.url, str(file.path))
    wait_for(lambda: line.received >= SIZE // 2, 60, "half of it on the line")
    process.send_signal(signal.SIGKILL)
    process.wait(20)
    line.go_on()
    wait_for(lambda: not line.in_flight(), 30, "the line to be empty")
    in_flight = line.unconfirmed
    code, out, err = command.run("--url", app.url, str(file.path))
    assert code == 0, err
    assert line.received - SIZE <= in_flight
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
    assert [one["id"] for one in listed(app, first)] == [uploaded.id]


def listed(app: App, client: SmartUploadClient) -> list[dict[str, object]]:
    """All uploads of this client's owner."""
    with app.site.browser(cookie=client._site.api._owner.cookie) as browser:
        return browser.get("/api/uploads").json()["uploads"]


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
    assert len(line.puts) == 9
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
