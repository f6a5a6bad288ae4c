"""`smartupload put` as it is called: what it prints, and with which code it ends."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from smartupload_testing.files import MIB, Original, make_file
from smartupload_testing.wait import wait_for

from smartupload.client import SmartUploadClient
from smartupload.client.command import AWAY, DONE, REFUSED, WRONG, Outcome, exit_code, put
from smartupload.client.core.errors import SmartUploadError, own
from smartupload.client.io import api
from smartupload.settings import load
from tests.browser.line import Line
from tests.browser.server import free_port
from tests.client.conftest import App, Command


@pytest.fixture
def file(tmp_path: Path) -> Original:
    return make_file(tmp_path / "a.bin", 1000)


def test_the_command(app: App, command: Command, file: Original, tmp_path: Path) -> None:
    code, out, err = command.run("--url", app.url, str(file.path), str(tmp_path / "nothing"))
    assert code == 1
    assert out.startswith("http")
    assert "/f/" in out
    assert out.count("\n") == 1
    assert f"smartupload: {tmp_path / 'nothing'}: There is no file" in err
    code, out, _ = command.run("--url", app.url, "--json", str(file.path), str(tmp_path / "nothing"))
    done, failed = map(json.loads, out.splitlines())
    assert (code, done["state"], done["size"], done["error"]) == (1, "ready", 1000, None)
    assert (failed["file"], failed["error"]["code"]) == (str(tmp_path / "nothing"), "file_missing")


def test_the_command_called_wrongly(command: Command, file: Original) -> None:
    code, out, err = command.run("--url", "files.example.org", str(file.path))
    assert (code, out) == (2, "")
    assert (
        err
        == "smartupload: files.example.org is no address of a smartupload app. Write it like https://files.example.org.\n"
    )
    assert command.run("--url", "http://a.org", "--header", "nonsense", str(file.path))[0] == 2


def test_metadata_goes_with_each_file(app: App, command: Command, file: Original) -> None:
    said = ["--metadata", "ticket=42", "--metadata", "formula=a=b", "--metadata", "empty="]
    code, out, _ = command.run("--url", app.url, "--json", *said, str(file.path))
    assert (code, json.loads(out)["metadata"]) == (0, {"ticket": "42", "formula": "a=b", "empty": ""})


def test_the_uploader_goes_with_each_file(app: App, command: Command, file: Original) -> None:
    code, out, _ = command.run("--url", app.url, "--json", "--uploader", "attachments", str(file.path))
    assert (code, json.loads(out)["uploader"]) == (0, "attachments")
    code, out, err = command.run("--url", app.url, "--uploader", "no name", str(file.path))
    assert (code, out) == (1, "")
    assert f"smartupload: {file.path}: The server does not take this call: uploader: " in err


def test_a_token_says_whose_the_files_are(
    app: App,
    make_client: Callable[..., SmartUploadClient],
    file: Original,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    browser = app.site.browser()
    made = [
        browser.post("/api/tokens", json={"name": "x", "scopes": [scope]}).json()["token"]
        for scope in ("upload", "read")
    ]
    putting, reading = (make_client(app.url, token=token) for token in made)
    uploaded = putting.upload(file.path)
    assert [one["id"] for one in browser.get("/api/uploads").json()["uploads"]] == [uploaded.id]
    assert reading.download(uploaded.id, tmp_path / "copy.bin").sha256 == file.sha256
    for client, call in ((reading, "upload"), (putting, "download")):
        with pytest.raises(SmartUploadError) as refused:
            client.upload(file.path) if call == "upload" else client.download(uploaded.id, tmp_path / "copy.bin")
        assert (refused.value.code, refused.value.status) == ("token_scope", 403)
    assert not (tmp_path / "state" / "owners").exists(), "no cookie is asked for"
    # The command takes it from the environment, and its option before that.
    monkeypatch.setenv("SMARTUPLOAD_TOKEN", made[0])
    assert put([str(file.path)], app.url, state_dir=str(tmp_path / "state")) == DONE
    assert put([str(file.path)], app.url, state_dir=str(tmp_path / "state"), token=made[1]) == REFUSED
    assert put([str(file.path)], app.url, state_dir=str(tmp_path / "state"), token="sut_" + "a" * 43) == REFUSED
    assert put([str(file.path)], app.url, state_dir=str(tmp_path / "state"), token="no token") == WRONG
    assert len(browser.get("/api/uploads").json()["uploads"]) == 2
    with pytest.raises(ValueError, match="given twice"):
        make_client(app.url, token=made[0], headers={"authorization": "Basic x"})
    assert load({"SMARTUPLOAD_TOKEN": made[0]}), "the server starts beside it"


@pytest.mark.parametrize("said", [["nonsense"], ["=x"], ["a=1", "a=2"], ["a=\udcff"], ["\udcff=a"]])
def test_metadata_that_is_none_is_a_wrong_call(
    said: list[str], file: Original, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = tmp_path / "state"
    assert put([str(file.path)], "http://127.0.0.1:9", metadata=said, state_dir=str(state)) == WRONG
    assert capsys.readouterr().err.startswith("smartupload: ")
    assert not state.exists()


def test_stopped_by_its_person(app: App, command: Command, line: Line, tmp_path: Path) -> None:
    file = make_file(tmp_path / "big.bin", 40 * MIB)
    line.shape(None, until=20 * MIB)
    process = command.start("--url", app.url, "--parallel", "1", str(file.path))
    wait_for(lambda: line.received >= 20 * MIB, 60, "half of it on the line")
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "The same command goes on where it was." in err
    line.go_on()
    code, _, err = command.run("--url", app.url, str(file.path))
    assert (code, line.received - file.size <= 8 * MIB) == (0, True), err


def test_what_is_away_is_waited_for_once_and_not_with_every_file(
    file: Original, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(api, "FIRST_PATIENCE", 0.2)
    asked: list[None] = []
    monkeypatch.setattr(SmartUploadClient, "upload", lambda *_, **__: asked.append(None))
    url = f"http://127.0.0.1:{free_port()}"
    assert put([str(file.path)] * 30, url, state_dir=str(tmp_path / "state")) == AWAY
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count(f"smartupload: {file.path}: {url} does not answer") == 30
    assert asked == []


def refused(code: str) -> Outcome:
    return Outcome("a", None, SmartUploadError(code, "No."))


def test_the_exit_code_says_whether_the_same_call_may_help_later() -> None:
    away = Outcome("a", None, own("server_away", url="http://a", cause="gone"))
    assert exit_code([]) == DONE
    assert exit_code([Outcome("a", None, None)]) == DONE
    assert exit_code([away, Outcome("b", None, None)]) == AWAY
    assert exit_code([away, refused("empty_file")]) == REFUSED
