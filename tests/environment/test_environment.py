"""What else stands in the environment of a start: proxies, what tools of AWS read, a language, a mask for files, certificates."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from smartupload_testing.files import MIB, make_file

from smartupload.adapters import here, outward
from smartupload.client import SmartUploadClient
from smartupload.errors import StoreUnavailable
from tests.environment.programs import Program
from tests.fixtures_store import s3_store
from tests.receiver import Receiver, receiver

__all__ = ["receiver"]

NOBODY = "http://127.0.0.1:9"

FOREIGN: dict[str, str] = {
    # Ours are reached without: the store, the app itself, what the client sends.
    **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"), NOBODY),
    # The embedded store has keys of its own.
    "AWS_PROFILE": "nope",
    "AWS_ENDPOINT_URL": NOBODY,
    "AWS_ENDPOINT_URL_S3": NOBODY,
    "AWS_CONFIG_FILE": "/nowhere/config",
    "AWS_SHARED_CREDENTIALS_FILE": "/nowhere/credentials",
    "AWS_CA_BUNDLE": "/nowhere/bundle.pem",
    "AWS_REGION": "mars-north-1",
    "AWS_DEFAULT_REGION": "mars-north-1",
    "AWS_USE_FIPS_ENDPOINT": "true",
    "AWS_USE_DUALSTACK_ENDPOINT": "true",
    "AWS_SESSION_TOKEN": "of somebody else",
    "LANG": "C",
    "LC_ALL": "C",
}


def test_what_is_meant_for_others_changes_nothing(
    program: Callable[..., Program], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    before = os.umask(0)
    try:
        app = program(FOREIGN)
    finally:
        os.umask(before)
    app.wait_until_up()
    original = make_file(tmp_path / "füllung.bin", 9 * MIB)
    for name, value in FOREIGN.items():
        monkeypatch.setenv(name, value)
    with SmartUploadClient(app.url, state_dir=tmp_path / "state") as client:
        uploaded = client.upload(original.path)
        assert uploaded.state == "ready"
        assert client.download(uploaded.id, tmp_path / "back.bin").sha256 == original.sha256
    data = tmp_path / "program-0" / "data"
    assert not list(open_to_others(data)), "whatever the mask"


def test_what_is_elsewhere_is_called_through_the_proxy(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """The receiver is the proxy: what goes through it asks for a whole address."""
    for name in ("HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("HTTP_PROXY", receiver.url)
    monkeypatch.setenv("http_proxy", receiver.url)
    with outward.client(httpx.Timeout(5), outward.is_named) as client:
        client.post("http://hooks.example.org/in", content=b"e").raise_for_status()
        client.post(f"{receiver.url.rstrip('/')}/here", content=b"e").raise_for_status()
    store = s3_store("http://s3.example.org", timeouts=(3, 3))
    store.peek("key", 10)
    store.close()
    near = s3_store("http://localhost:9", timeouts=(1, 1))
    with pytest.raises(StoreUnavailable):
        near.ping()
    near.close()
    assert [request.path for request in receiver.received] == [
        "http://hooks.example.org/in",
        "/events/here",
        "http://s3.example.org/smartupload/key",
    ]


@pytest.mark.parametrize(
    ("url", "is_here"),
    [
        ("http://localhost:1", True),
        ("http://127.0.0.2", True),
        ("http://[::1]:9000/x", True),
        ("http://store.localhost", True),
        ("https://localhost.example.org", False),
        ("http://10.0.0.1", False),
    ],
)
def test_what_is_on_this_machine(url: str, is_here: bool) -> None:
    assert here.is_here(url) is is_here


def open_to_others(folder: Path) -> list[Path]:
    """What others on this machine could read below a folder that they could enter."""
    found: list[Path] = []
    for path in folder.iterdir():
        mode = stat.S_IMODE(path.stat().st_mode)
        if path.is_dir():
            found += open_to_others(path) if mode & 0o005 else []
        elif path.is_file() and mode & 0o004:
            found.append(path)
    return found
