"""Proxies of the environment that are dead, are none, or are well: blamed for what would go through them, and for nothing else."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Generator
from pathlib import Path

import pytest

from smartupload.adapters import here
from smartupload.adapters.sqs import SqsOrSns
from smartupload.doctor import way
from smartupload.doctor.command import CHECKS
from smartupload.doctor.finding import Finding
from smartupload.settings import PUSH_HOSTS, Settings, load
from tests.browser.server import free_port
from tests.doctor import parts

PUSHES = ",".join(host.removeprefix("*") for host in PUSH_HOSTS)
STORE = "https://store.example.org"
HOOK = {"webhook_url": "https://hooks.example.org", "webhook_secret": "geheim" * 5}


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def given(tmp_path: Path) -> dict[str, str]:
    return {"data_dir": str(tmp_path), "port": str(free_port())}


def settings_of(given: dict[str, str]) -> Settings:
    return load({f"SMARTUPLOAD_{name.upper()}": value for name, value in given.items()})


def asked(given: dict[str, str], check: str = "environment") -> list[Finding]:
    return list(CHECKS[check](settings_of(given)))


@contextlib.contextmanager
def mute(says: bytes | None) -> Generator[str]:
    """The place of somebody who takes a connection and says this, then nothing; None: who ends it at once."""
    held: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as door:

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = door.accept()
                    if says is None:
                        connection.close()
                        continue
                    connection.sendall(says)
                    held.append(connection)

        threading.Thread(target=serve, daemon=True).start()
        yield f"127.0.0.1:{door.getsockname()[1]}"
    for connection in held:
        connection.close()


@pytest.mark.parametrize(
    ("environment", "about", "said"),
    [
        ({"HTTPS_PROXY": "socks5://u:geheim@p:1080"}, "proxy", "HTTPS_PROXY in the environment names a proxy that is none of HTTP."),
        ({"HTTPS_PROXY": "http://u:geheim@{alive}"}, "proxy", "Through a proxy of the environment is called: the webhook, web pushes."),
        ({"HTTPS_PROXY": "http://u:geheim@{alive}", "NO_PROXY": PUSHES}, "proxy", "Through a proxy of the environment is called: the webhook."),
        ({"HTTPS_PROXY": "http://p:3128", "NO_PROXY": f"hooks.example.org,{PUSHES}"}, "", ""),
        ({"HTTP_PROXY": "http://p:3128"}, "", ""),
        ({}, "", ""),
    ],
)  # fmt: skip
def test_proxies_of_the_environment(
    given: dict[str, str], monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], about: str, said: str
) -> None:
    with parts.saying(200) as alive:
        for name, value in environment.items():
            monkeypatch.setenv(name, value.format(alive=alive.removeprefix("http://")))
        found = asked(given | HOOK)
    assert [one.about for one in found] == [about] * bool(about)
    if about:
        assert found[0].what == said
        assert "geheim" not in str(found)


@pytest.mark.parametrize(
    ("variable", "more", "concerned"),
    [
        ("HTTPS_PROXY", {}, "web pushes"),
        ("https_proxy", {}, "web pushes"),
        ("ALL_PROXY", {}, "web pushes"),
        ("HTTPS_PROXY", {**HOOK, "push_hosts": "localhost:9"}, "the webhook"),
        ("HTTPS_PROXY", {"events_queue_url": "arn:aws:sns:eu-west-1:1:files", "push_hosts": "localhost:9"}, "the queue"),
        ("HTTPS_PROXY", {"events_queue_url": "https://sqs.eu-west-1.amazonaws.com/1/files", "push_hosts": "localhost:9"}, "the queue"),
        ("HTTPS_PROXY", {"oidc_issuer": "https://login.example.org", "oidc_client_id": "files"}, "the identity provider, web pushes"),
        ("HTTP_PROXY", {"push_hosts": "localhost:9"}, ""),
        ("HTTPS_PROXY", {"push_hosts": "localhost:9"}, ""),
    ],
)  # fmt: skip
def test_a_dead_proxy_with_the_store_of_the_app_concerns_what_else_is_called(
    given: dict[str, str], monkeypatch: pytest.MonkeyPatch, variable: str, more: dict[str, str], concerned: str
) -> None:
    place = f"127.0.0.1:{free_port()}"
    monkeypatch.setenv(variable, f"http://u:geheim@{place}")
    found = asked(given | more)
    assert [one.kind for one in found] == ["wrong"] * bool(concerned)
    for one in found:
        assert f"The proxy {place} of {variable} in the environment does not answer" in one.what
        assert one.why == f"What is called through it does not arrive: {concerned}."
        assert f"`unset {variable}`" in one.remedy
        assert "geheim" not in str(one)


def test_both_spellings_are_unset(given: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The small one counts; without it the large one would."""
    monkeypatch.setenv("https_proxy", f"127.0.0.1:{free_port()}")
    monkeypatch.setenv("HTTPS_PROXY", f"127.0.0.1:{free_port()}")
    (one,) = asked(given)
    assert "of https_proxy in the environment" in one.what
    assert "`unset https_proxy HTTPS_PROXY`" in one.remedy


@pytest.mark.parametrize(
    ("says", "cause"),
    [
        (b"", "it takes the connection and says nothing"),
        (None, "it ends the connection and says nothing"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "it does not speak HTTP"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", ""),
    ],
)
def test_one_that_takes_a_connection_and_is_no_proxy(
    given: dict[str, str], monkeypatch: pytest.MonkeyPatch, says: bytes | None, cause: str
) -> None:
    monkeypatch.setattr(way, "SECONDS", 0.5)
    with mute(says) as place:
        monkeypatch.setenv("HTTPS_PROXY", f"http://{place}")
        found = asked(given)
    assert [one.kind for one in found] == ["wrong" if cause else "note"]
    assert cause in found[0].what


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_nobody_behind_a_dead_one_is_blamed(
    given: dict[str, str], monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, f"http://u:geheim@127.0.0.1:{free_port()}")
    given |= {
        "public_url": "https://up.example.org", "s3_endpoint_url": STORE, "s3_bucket": "files",
        "s3_access_key_id": "key", "s3_secret_access_key": "geheim", "oidc_issuer": "https://login.example.org", "oidc_client_id": "files",
    }  # fmt: skip
    (one,) = asked(given)
    assert one.why.endswith("the store, the identity provider, web pushes, this site.")
    for check in ("front", "sign-in", "store"):
        found = asked(given, check)
        assert [(seen.about, seen.kind) for seen in found] == [("proxy", "note")], check
        assert f"the proxy of {variable}, which does not" in found[0].what


def test_what_is_called_by_boto3_goes_through_the_proxy_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Left to itself it knows none for all schemes, and would go past the one that everything else goes through."""
    monkeypatch.setenv("ALL_PROXY", "http://proxy:3128")
    assert here.for_boto3(STORE) == {"proxies": {"https": "http://proxy:3128"}}
    assert here.for_boto3("http://127.0.0.1:8333") == {"proxies": {}}
    monkeypatch.setenv("NO_PROXY", "store.example.org")
    assert here.for_boto3(STORE) == {"proxies": {}}
    for queue in ("https://sqs.eu-west-1.amazonaws.com/1/files", "arn:aws:sns:eu-west-1:1:files"):
        client = SqsOrSns(queue, region="", access_key_id="key", secret_access_key="geheim")._client  # pyright: ignore[reportPrivateUsage]
        assert client.meta.config.proxies == {"https": "http://proxy:3128"}
