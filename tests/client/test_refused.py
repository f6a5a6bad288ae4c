"""What a client is told when it cannot be: a stable code, and a sentence that says what to do."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from smartupload_testing.files import MIB, Original, make_file

from smartupload.client import Progress, SmartUploadClient, SmartUploadError
from smartupload.client.core.errors import TooMuch
from smartupload.client.core.records import Entry
from smartupload.client.io import api
from smartupload.client.io.source import Source
from smartupload.errors import SiteFull, TooManyOpenUploads
from tests.browser.line import Line
from tests.browser.server import free_port
from tests.client.conftest import App, is_whole, uploads_of
from tests.inline import with_inline

PAGE = b"<!doctype html><title>Sign in</title>"


@pytest.fixture
def file(tmp_path: Path) -> Original:
    return make_file(tmp_path / "a.bin", 1000)


def refusal(client: SmartUploadClient, path: Path) -> SmartUploadError:
    """What it is refused with."""
    with pytest.raises(SmartUploadError) as refused:
        client.upload(path)
    assert refused.value.detail == str(refused.value)
    assert refused.value.detail.endswith(".")
    return refused.value


@contextmanager
def answering(status: int, body: bytes, **headers: str) -> Generator[str]:
    """A server that says the same to everybody."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("content-length", 0)))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = answer

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "headers", "code"),
    [
        (200, {"content_type": "text/html"}, "no_api"),
        (404, {"content_type": "text/html"}, "no_api"),
        (200, {"content_type": "application/json"}, "no_api"),
        (302, {"location": "https://sign-in.example.org/"}, "moved"),
        (401, {"content_type": "text/html"}, "access_refused"),
        (403, {"content_type": "text/html"}, "access_refused"),
    ],
    ids=str,
)
def test_what_is_not_the_app_is_said_at_once(
    make_client: Callable[..., SmartUploadClient],
    file: Original,
    tmp_path: Path,
    status: int,
    headers: dict[str, str],
    code: str,
) -> None:
    with answering(status, PAGE, **headers) as url:
        error = refusal(make_client(url), file.path)
    assert error.code == code
    assert url in error.detail
    assert not error.is_temporary
    assert list((tmp_path / "state").glob("uploads/*")) == []


@pytest.mark.parametrize("status", [502, 429])
def test_a_proxy_whose_app_is_away_is_asked_again(
    make_client: Callable[..., SmartUploadClient],
    file: Original,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
) -> None:
    monkeypatch.setattr(api, "FIRST_PATIENCE", 0.2)
    with answering(status, PAGE, content_type="text/html") as url:
        error = refusal(make_client(url), file.path)
    assert (error.code, error.is_temporary) == ("server_away", True)
    assert f"status {status}" in error.detail


@pytest.mark.parametrize(
    ("status", "code"), [(429, "too_many_requests"), (429, "too_many_open_uploads"), (507, "site_full")]
)
def test_what_is_too_much_for_now_is_waited_for_and_said(
    make_client: Callable[..., SmartUploadClient],
    file: Original,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
    code: str,
) -> None:
    monkeypatch.setattr(api, "FIRST_PATIENCE", 0.2)
    problem = json.dumps({"code": code, "status": status, "detail": "Wait a moment."}).encode()
    with answering(status, problem, content_type="application/problem+json") as url:
        error = refusal(make_client(url), file.path)
    assert (error.code, error.is_temporary) == (code, True)
    assert "Wait a moment." in error.detail


def test_more_files_than_may_be_on_their_way_go_in_turns(
    app: App, tmp_path: Path, client: SmartUploadClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server says when to come again; nothing is lost, and nothing goes twice."""
    monkeypatch.setattr(TooManyOpenUploads, "retry_after", 1)
    settings = app.site.context.settings.model_copy(update={"open_uploads": 1})
    app.site.context = replace(app.site.context, settings=settings)
    files = [make_file(tmp_path / f"{at}.bin", 1000 + at) for at in range(4)]
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda file: client.upload(file.path), files))
    assert sorted(upload.size for upload in done) == [1000, 1001, 1002, 1003]
    assert len(uploads_of(app, client)) == 4


def test_a_file_that_has_no_room_keeps_no_other_one_waiting(
    app: App, tmp_path: Path, client: SmartUploadClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SiteFull, "retry_after", 1)
    context, refused = app.site.context, threading.Event()

    def quota(size: int) -> None:
        app.site.context = replace(context, settings=context.settings.model_copy(update={"site_quota": size}))

    def judged(*given: Any) -> Any:
        try:
            return judge(*given)
        except TooMuch:
            refused.set()
            raise

    judge = client._site.api._judged
    monkeypatch.setattr(client._site.api, "_judged", judged)
    quota(2000)
    large, small = make_file(tmp_path / "large.bin", 3000), make_file(tmp_path / "small.bin", 1000)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(client.upload, large.path)
        try:
            assert refused.wait(20)
            assert client.upload(small.path).state == "ready"
            assert not waiting.done()
        finally:
            quota(10_000)
        assert waiting.result(20).state == "ready"


def test_nobody_is_there(
    make_client: Callable[..., SmartUploadClient], file: Original, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "FIRST_PATIENCE", 0.2)
    url = f"http://127.0.0.1:{free_port()}"
    error = refusal(make_client(url), file.path)
    assert error.code == "server_away"
    assert f"{url} does not answer (" in error.detail
    assert "refused" in error.detail


@pytest.mark.parametrize("url", ["", "files.example.org", "ftp://files.example.org", "http://", "https://a.org/?x=1"])
def test_no_address(url: str, tmp_path: Path) -> None:
    with pytest.raises(SmartUploadError) as refused:
        SmartUploadClient(url, state_dir=tmp_path)
    assert refused.value.code == "bad_url"


def test_a_proxy_that_takes_the_place_of_the_app_for_a_while(
    app: App, client: SmartUploadClient, line: Line, tmp_path: Path
) -> None:
    """Its page is an answer of nobody's: it is waited for, and told."""
    file = make_file(tmp_path / "big.bin", 40 * MIB)
    real, shown = app.site.app, threading.Event()

    async def page(scope, receive, send) -> None:  # type: ignore[no-untyped-def]
        if scope["type"] == "http" and "/complete" in scope["path"] and not shown.is_set():
            headers = [(b"content-type", b"text/html")]
            await send({"type": "http.response.start", "status": 404, "headers": headers})
            await send({"type": "http.response.body", "body": PAGE})
            return
        await real(scope, receive, send)

    app.stop()
    app.site.app = page
    app.start()
    reasons: set[str] = set()

    def hear(progress: Progress) -> None:
        reasons.add(progress.reason)
        if progress.reason:
            shown.set()

    uploaded = client.upload(file.path, on_progress=hear)
    assert "portal" in reasons
    assert line.received == file.size
    is_whole(client, uploaded.share_url, file)


def test_files_that_cannot_be_sent(client: SmartUploadClient, tmp_path: Path) -> None:
    assert refusal(client, tmp_path / "nothing").code == "file_missing"
    assert refusal(client, tmp_path).code == "not_a_file"
    os.mkfifo(tmp_path / "pipe")
    assert refusal(client, tmp_path / "pipe").code == "not_a_file"
    (tmp_path / "empty").touch()
    empty = refusal(client, tmp_path / "empty")
    assert (empty.code, empty.status) == ("empty_file", 422)


def test_a_file_that_may_not_be_read(
    client: SmartUploadClient, file: Original, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)  # root may read everything
    error = refusal(client, file.path)
    assert error.code == "file_unreadable"
    assert "Permission denied" in error.detail


def test_what_the_server_does_not_take(
    make_app: Callable[..., App], make_client: Callable[..., SmartUploadClient], file: Original, tmp_path: Path
) -> None:
    client = make_client(make_app(allowed_types="image/*", max_file_size="2000").url)
    assert refusal(client, file.path).code == "type_not_allowed"
    assert refusal(client, make_file(tmp_path / "large.png", 3000).path).code == "file_too_large"
    disguised = tmp_path / "a.png"
    disguised.write_bytes(b"\x7fELF\x02\x01\x01" + bytes(500))
    assert refusal(client, disguised).code == "type_mismatch"
    assert list((tmp_path / "state").glob("uploads/*")) == []


class Finder:
    """A scanner that finds something in everything."""

    def scan(self, chunks: Iterable[bytes]) -> str:
        assert b"".join(chunks)
        return "Eicar-Test-Signature"

    def ping(self) -> None:
        """Always there."""


def test_what_the_scanner_finds(
    make_app: Callable[..., App], make_client: Callable[..., SmartUploadClient], file: Original, tmp_path: Path
) -> None:
    app = make_app(clamd_url="tcp://127.0.0.1:9")
    app.site.context = with_inline(replace(app.site.context, scanner=Finder()))
    error = refusal(make_client(app.url), file.path)
    assert error.code == "virus_found"
    assert not error.is_temporary
    assert list((tmp_path / "state").glob("uploads/*")) == []


def test_a_state_directory_that_cannot_be_used(app: App, file: Original, tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    with SmartUploadClient(app.url, state_dir=tmp_path / "taken") as client:
        error = refusal(client, file.path)
    assert error.code == "state_unwritable"
    assert str(tmp_path / "taken") in error.detail


def test_downloads_that_cannot_be(client: SmartUploadClient, app: App, file: Original, tmp_path: Path) -> None:
    def refused(what: str, path: Path) -> str:
        with pytest.raises(SmartUploadError) as error:
            client.download(what, path)
        return error.value.code

    uploaded = client.upload(file.path)
    assert refused(f"{app.url}/f/nobody", tmp_path / "x") == "file_not_found"
    assert refused("0" * 24, tmp_path / "x") == "upload_not_found"
    assert refused(uploaded.id, tmp_path / "no folder" / "x") == "path_unwritable"
    assert sorted(path.name for path in tmp_path.iterdir() if "part" in path.name or path.name == "x") == []


def test_one_that_is_cancelled_elsewhere(
    app: App, make_client: Callable[..., SmartUploadClient], tmp_path: Path
) -> None:
    file = make_file(tmp_path / "big.bin", 40 * MIB)
    client = make_client(app.url, parallel=1)  # so that not all is signed by then

    def cancel(progress: Progress) -> None:
        if progress.confirmed:
            for upload in uploads_of(app, client):
                with app.site.browser(cookie=client._site.api._owner.cookie) as browser:
                    browser.delete(f"/api/uploads/{upload['id']}")

    with pytest.raises(SmartUploadError) as over:
        client.upload(file.path, on_progress=cancel)
    assert over.value.code == "cancelled"
    assert client.upload(file.path).state == "ready"


def test_one_that_is_paused_elsewhere_goes_on_with_the_next_call(
    app: App, make_client: Callable[..., SmartUploadClient], line: Line, tmp_path: Path
) -> None:
    file = make_file(tmp_path / "big.bin", 40 * MIB)
    client = make_client(app.url, parallel=1)

    def pause(progress: Progress) -> None:
        if progress.confirmed:
            [upload] = uploads_of(app, client)
            with app.site.browser(cookie=client._site.api._owner.cookie) as browser:
                browser.post(f"/api/uploads/{upload['id']}/pause")

    with pytest.raises(SmartUploadError) as paused:
        client.upload(file.path, on_progress=pause)
    assert paused.value.code == "upload_paused"
    assert "Put the file again" in paused.value.detail
    client.upload(file.path)
    assert line.received - file.size <= line.unconfirmed


def test_a_lost_cookie_takes_the_upload_along(
    app: App, make_client: Callable[..., SmartUploadClient], line: Line, tmp_path: Path
) -> None:
    file = make_file(tmp_path / "big.bin", 40 * MIB)

    class Killed(BaseException):
        pass

    def die(progress: Progress) -> None:
        if progress.confirmed == file.size:
            raise Killed

    with pytest.raises(Killed):
        make_client(app.url).upload(file.path, on_progress=die)
    [cookie] = (tmp_path / "state" / "owners").iterdir()
    assert cookie.stat().st_mode & 0o777 == 0o600
    cookie.unlink()
    make_client(app.url).upload(file.path)
    assert line.received == file.size


@pytest.mark.parametrize("kept", ["a" * 43, "b" * 75], ids=["of before there were signatures", "of another key"])
def test_a_cookie_that_is_nobodys_any_more_is_replaced(
    app: App, make_client: Callable[..., SmartUploadClient], file: Original, tmp_path: Path, kept: str
) -> None:
    make_client(app.url).upload(file.path)
    [cookie] = (tmp_path / "state" / "owners").iterdir()
    cookie.write_text(kept + "\n")
    client = make_client(app.url)
    assert client.upload(file.path).state == "ready"
    assert cookie.read_text().strip() not in ("", kept)
    assert len(uploads_of(app, client)) == 1


def test_metadata_that_is_none_is_named(client: SmartUploadClient, file: Original) -> None:
    with pytest.raises(SmartUploadError) as refused:
        client.upload(file.path, metadata={"a name": "x"})
    assert (refused.value.code, refused.value.status) == ("invalid_request", 422)
    assert "does not take this call: metadata.a name.[key]: " in refused.value.detail
    assert "page" not in refused.value.detail
    # Nothing is left of it, so that the right call begins anew.
    assert client.upload(file.path, metadata={"a_name": "x"}).metadata == {"a_name": "x"}


@pytest.mark.parametrize("said", [{"metadata": {"a": "\udcff"}}, {"metadata": {"a": b"x"}}, {"name": "\udcff"}])
def test_what_cannot_be_sent_is_refused_before_anything_is_kept(
    client: SmartUploadClient, file: Original, tmp_path: Path, said: dict[str, Any]
) -> None:
    with pytest.raises((TypeError, ValueError)):
        client.upload(file.path, **said)
    assert list((tmp_path / "state").glob("uploads/*")) == []
    assert client.upload(file.path).state == "ready"


def test_what_an_earlier_version_kept_and_could_not_send_is_forgotten(
    client: SmartUploadClient, file: Original, tmp_path: Path
) -> None:
    with client._site.journal.open(client._site.api.url, str(file.path), file.path.name) as place:
        stamp = Source(file.path).stamp
        place.begin(Entry("key", file.path.name, stamp.size, "", "", "v", stamp, metadata={"a": "\udcff"}))
    assert client.upload(file.path).state == "ready"
    assert list((tmp_path / "state").glob("uploads/*")) == []


def test_a_file_whose_name_is_no_text(client: SmartUploadClient, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.bin")
    path.write_bytes(b"coffee")
    assert client.upload(path).name == "caf\ufffd.bin"
    assert client.upload(os.fsencode(path)).size == 6  # pyright: ignore[reportArgumentType]
    assert refusal(client, Path("no\0name")).code == "file_missing"


def test_an_address_that_is_no_text() -> None:
    with pytest.raises(SmartUploadError, match="is no address"):
        SmartUploadClient("http://a.org/\udcff")
