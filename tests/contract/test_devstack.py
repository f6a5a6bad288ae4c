"""The embedded store: it keeps its data, comes back when it dies, and never outlives the app."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from smartupload.adapters.s3.store import S3Store
from smartupload.devstack import DevStack, StoreFailed
from smartupload.errors import StoreUnavailable
from smartupload.ports import FinishedPart, StoredObject
from smartupload.settings import load
from tests.fixtures_store import composite, noise, send, sha256

ROOT = Path(__file__).resolve().parents[2]


def eventually(condition: Callable[[], Any], seconds: float = 20) -> Any:
    """Wait until a condition holds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s")


@pytest.fixture
def make(tmp_path: Path) -> Generator[Callable[..., DevStack]]:
    """Stacks over one data folder; all are stopped in the end."""
    made: list[DevStack] = []

    def stack(folder: str = "data") -> DevStack:
        made.append(DevStack(load({"SMARTUPLOAD_DATA_DIR": str(tmp_path / folder)})))
        return made[-1]

    yield stack
    for one in made:
        one.stop()


def put(store: S3Store, key: str, body: bytes) -> None:
    multipart_id = store.open_multipart(key, "text/plain", 2)
    assert send(store, store.sign_part(key, multipart_id, 1, len(body), sha256(body), 60), body) == 200
    (part,) = store.list_parts(key, multipart_id)
    store.complete_multipart(key, multipart_id, [FinishedPart(1, part.etag, sha256(body))])


def test_data_credentials_and_address_outlive_a_restart(make: Callable[..., DevStack]) -> None:
    first = make()
    store = first.start()
    put(store, "kept", b"abc")
    half = store.open_multipart("half", "text/plain", 2)
    assert send(store, store.sign_part("half", half, 1, 3, sha256(b"abc"), 600), b"abc") == 200
    signed_before = store.sign_part("half", half, 2, 3, sha256(b"def"), 600)
    first.stop()
    assert first.pid == 0
    # `reflex run` kills an app that takes more than two seconds.
    assert "wait 0 seconds until shutdown" in first.log_path.read_text()
    second = make()
    again = second.start()
    assert again.endpoint_url == store.endpoint_url
    assert again.head("kept") == StoredObject(3, store_checksum(b"abc"))
    assert [part.number for part in again.list_parts("half", half)] == [1]
    assert send(again, signed_before, b"def") == 200, "an address that a browser still holds stays good"


def test_what_many_runs_wrote_stays_apart(make: Callable[..., DevStack]) -> None:
    """Each run counts its volumes and keys anew: none may write over what an earlier one wrote."""
    bodies = {f"run{number}": noise(3_000_000 + number, number) for number in range(4)}
    written: list[str] = []
    for key, body in bodies.items():
        stack = make()
        store = stack.start()
        began = time.monotonic()
        put(store, key, body)
        assert time.monotonic() - began < 4, "the first write after a start does not wait"
        written.append(key)
        for earlier in written:
            assert httpx.get(store.sign_download(earlier, "inline", "text/plain", 60)).content == bodies[earlier]
        stack.stop()


def store_checksum(body: bytes) -> str:
    return composite([body])


def test_everything_is_on_loopback_and_only_the_store_answers(make: Callable[..., DevStack]) -> None:
    stack = make()
    stack.start()
    ports = set(stack.identity.ports.values())
    listening = [entry.laddr for entry in psutil.Process(stack.pid).net_connections("inet") if entry.status == "LISTEN"]
    assert {address.ip for address in listening} == {"127.0.0.1"}
    assert {address.port for address in listening} <= ports
    # What a page of another site could reach through the browser: nothing but the signed door.
    for name in ("master.port", "filer.port"):
        for path in ("/buckets/", "/vol/grow?count=1", "/col/delete?collection=smartupload", "/dir/assign"):
            answer = httpx.get(f"http://127.0.0.1:{stack.identity.ports[name]}{path}")
            assert answer.status_code in (401, 403, 404), (name, path)
    volume = f"http://127.0.0.1:{stack.identity.ports['volume.port']}"
    assert httpx.post(f"{volume}/1,0123456789", files={"file": b"x"}).status_code in (401, 403, 404)
    assert httpx.get(f"{stack.endpoint_url}/smartupload").status_code == 403


def test_secrets_are_for_their_user_only(make: Callable[..., DevStack], tmp_path: Path) -> None:
    stack = make()
    stack.start()
    file = tmp_path / "data" / "store.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "data" / "store").stat().st_mode) == 0o700
    secrets = json.loads(file.read_text())
    assert len(secrets["secret_access_key"]) == 64
    command = " ".join(psutil.Process(stack.pid).cmdline())
    assert secrets["secret_access_key"] not in command, "others can read command lines"
    assert secrets["inner_key"] not in command
    other = make("other")
    other.spawn()
    assert other.identity.secret_access_key != secrets["secret_access_key"]


def test_it_comes_back_when_it_dies(make: Callable[..., DevStack]) -> None:
    stack = make()

    async def live_through() -> None:
        store = await stack.start_async()
        await asyncio.to_thread(put, store, "kept", b"abc")
        watching = asyncio.create_task(stack.watch())
        killed = stack.pid
        os.kill(killed, signal.SIGKILL)

        def back() -> bool:
            try:
                store.ping()
            except StoreUnavailable:
                return False
            return stack.pid not in (0, killed)

        await asyncio.to_thread(eventually, back)
        assert await asyncio.to_thread(store.head, "kept") == StoredObject(3, store_checksum(b"abc"))
        watching.cancel()

    asyncio.run(live_through())


def test_it_is_not_restarted_after_a_stop(make: Callable[..., DevStack]) -> None:
    stack = make()

    async def stop() -> None:
        await stack.start_async()
        watching = asyncio.create_task(stack.watch())
        await asyncio.to_thread(stack.stop)
        await asyncio.wait_for(watching, 5)

    asyncio.run(stop())
    assert stack.pid == 0


PARENT = """
import sys, time
from smartupload.devstack import DevStack
from smartupload.settings import load
stack = DevStack(load({"SMARTUPLOAD_DATA_DIR": sys.argv[1]}))
stack.start()
print(stack.pid, flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's promise is Linux's")
def test_it_dies_with_the_app(tmp_path: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path / "data")], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    assert psutil.pid_exists(pid)
    parent.kill()
    parent.wait()
    eventually(lambda: not psutil.pid_exists(pid))


def test_a_store_left_behind_is_ended(make: Callable[..., DevStack]) -> None:
    stack = make()
    stack.start()
    left = stack.pid
    stack._lock.release()  # as after a crash: the file still names the process
    second = make()
    second.start()
    assert stack.pid == 0
    assert second.pid != left
    assert second.endpoint_url == stack.endpoint_url


def test_a_stranger_with_the_same_id_is_left_alone(make: Callable[..., DevStack], tmp_path: Path) -> None:
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "store.json").write_text(json.dumps({"pid": stranger.pid, "pid_created": 1.0}))
        make().start()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_port_that_was_taken_meanwhile_is_given_up(make: Callable[..., DevStack]) -> None:
    first = make()
    put(first.start(), "kept", b"abc")
    first.stop()
    taken = first.identity.ports["s3.port"]
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", taken))
        other.listen()
        second = make()
        store = second.start()
        assert second.identity.ports["s3.port"] != taken
        assert store.head("kept") == StoredObject(3, store_checksum(b"abc")), "the data does not hang on the ports"


def test_a_folder_with_a_long_name(make: Callable[..., DevStack]) -> None:
    stack = make("long" * 40)
    put(stack.start(), "k", b"abc")


def test_its_noise_is_in_a_file_that_does_not_grow_for_ever(
    make: Callable[..., DevStack], monkeypatch: pytest.MonkeyPatch
) -> None:
    stack = make()
    stack.start()
    assert stack.log_path.stat().st_size > 0
    stack.stop()
    monkeypatch.setattr("smartupload.devstack.stack._MAX_LOG", 10)
    second = make()
    second.spawn()
    assert stack.log_path.with_suffix(".log.1").exists()


def test_a_store_that_cannot_start_says_where_to_look(
    make: Callable[..., DevStack], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("smartupload.devstack.weed.program", lambda: "/bin/false")
    with pytest.raises(StoreFailed, match=r"ended at once \(exit code 1\). See .*store.log"):
        make().start()


def test_a_damaged_file_is_named(make: Callable[..., DevStack], tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "store.json").write_text("{")
    with pytest.raises(StoreFailed, match=r"store.json cannot be read"):
        make().start()
