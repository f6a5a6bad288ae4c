"""With no keys named, those of the environment or of the machine are taken and exchanged in time."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from smartupload import SmartUpload
from smartupload.adapters.s3.store import S3Store
from smartupload.settings import WrongSetting, load
from tests.fixtures_store import s3_store, sha256

NAMED_BY_ENVIRONMENT = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE")


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without credentials."""
    for name in (*NAMED_BY_ENVIRONMENT, "AWS_CONTAINER_CREDENTIALS_FULL_URI"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))


class Role:
    """What a container asks for the credentials of its role; each time they are others, good for `seconds`."""

    def __init__(self) -> None:
        self.seconds = 3600.0
        self.asked = 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked += 1
                until = datetime.now(UTC) + timedelta(seconds=outer.seconds)
                said = {
                    "AccessKeyId": f"key{outer.asked}",
                    "SecretAccessKey": "secret",
                    "Token": f"token{outer.asked}",
                    "Expiration": until.strftime("%Y-%m-%dT%H:%M:%SZ"),
                }
                self.send_response(200)
                self.end_headers()
                self.wfile.write(json.dumps(said).encode())

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/"


@pytest.fixture
def role(monkeypatch: pytest.MonkeyPatch) -> Generator[Role]:
    role = Role()
    monkeypatch.setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", role.url)
    yield role
    role.server.shutdown()
    role.server.server_close()


def signed(store: S3Store) -> dict[str, str]:
    url = store.sign_part("k", "m", 1, 3, sha256(b"abc"), 3600).url
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def nameless() -> S3Store:
    hosts = ("https://one.example.org", "https://two.example.org")
    return s3_store("https://s3.example.org", access_key_id="", secret_access_key="", public_endpoint_urls=hosts)


def test_a_session_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in zip(NAMED_BY_ENVIRONMENT, ("env", "secret", "session"), strict=False):
        monkeypatch.setenv(name, value)
    store = nameless()
    query = signed(store)
    assert query["X-Amz-Credential"].startswith("env/")
    assert query["X-Amz-Security-Token"] == "session"
    store.close()


def test_keys_that_are_named_come_first(role: Role) -> None:
    store = s3_store("https://s3.example.org")
    assert signed(store)["X-Amz-Credential"].startswith("key/")
    assert role.asked == 0
    store.close()


def test_a_role_is_taken_exchanged_in_time_and_never_outlived(role: Role) -> None:
    role.seconds = 1000  # botocore fetches others when less than 15 minutes are left, and waits for them below ten
    store = nameless()
    first = signed(store)
    assert first["X-Amz-Credential"].startswith("key1/")
    assert first["X-Amz-Security-Token"] == "token1"
    assert 900 < int(first["X-Amz-Expires"]) <= 1000
    assert 900 < store.good_for(86_400) <= 1000
    assert store.good_for(60) == 60
    assert (
        900 < int(parse_qs(urlsplit(store.sign_download("k", "inline", "a/b", 3600)).query)["X-Amz-Expires"][0]) <= 1000
    )
    store.close()

    role.seconds = 100
    store = nameless()
    role.seconds = 7200
    second = signed(store)
    assert second["X-Amz-Credential"].startswith("key3/"), "those that were about to end were exchanged"
    assert second["X-Amz-Security-Token"] == "token3"
    assert second["X-Amz-Expires"] == "3600"
    store.close()


def test_without_any_the_start_says_so(tmp_path: Path) -> None:
    settings = load({"SMARTUPLOAD_S3_ENDPOINT_URL": "https://s3.example.org", "SMARTUPLOAD_DATA_DIR": str(tmp_path)})

    async def start() -> None:
        async with SmartUpload(settings).lifespan():
            raise AssertionError("it started")

    with pytest.raises(
        WrongSetting, match="SMARTUPLOAD_S3_ACCESS_KEY_ID is missing, and there are no credentials elsewhere"
    ):
        asyncio.run(start())
