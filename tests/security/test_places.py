"""Addresses that people give, and names that lead elsewhere than they say: nothing is called that only this machine can reach."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from smartupload.adapters import outward
from smartupload.adapters.outward import Pinned, is_named, is_private
from smartupload.adapters.webhook import Webhook
from smartupload.adapters.webpush import WebPush
from smartupload.errors import TryAgain, Undeliverable
from smartupload.notifiers import open_notifiers
from smartupload.ports import Message, PushTarget
from smartupload.service.notify import endpoints
from smartupload.settings import PUSH_HOSTS, load
from tests.api.conftest import Browser, Site
from tests.api.test_uploads import is_problem
from tests.fixtures_push import KEY, PushService, push_service
from tests.receiver import Receiver, receiver

__all__ = ["push_service", "receiver"]

GIVEN = [
    "http://127.0.0.1/x",
    "https://127.0.0.1/x",
    "https://localhost/x",
    "https://[::1]/x",
    "https://169.254.169.254/latest/meta-data/",
    "https://10.0.0.1/x",
    "https://2130706433/x",
    "https://0x7f000001/x",
    "https://017700000001/x",
    "https://127.1/x",
    "https://fcm.googleapis.com.evil.example/x",
    "https://evil.example/?fcm.googleapis.com",
    "https://evil.example#fcm.googleapis.com/x",
    "https://fcm.googleapis.com@evil.example/x",
    "https://fcm.googleapis.com:8080/x",
    "https://fcm.googleapis.com\\@evil.example/x",
    "https://fcm.googleapis.com%2eevil.example/x",
    "https://.push.apple.com/x",
    "https://evilpush.apple.com/x",
    "http://fcm.googleapis.com/x",
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_FLUSHALL",
    "https://fcm.googleapis.com/x\r\nHost: evil.example",
    "https://ⓕcm.googleapis.com/x",
    "",
]


@pytest.fixture
def pushing(make_site: Callable[..., Site]) -> Site:
    """A site that pushes to the browsers' own services."""
    site = make_site()
    pusher = WebPush(KEY, "mailto:admin@example.org", endpoints.rule(PUSH_HOSTS))
    site.context = replace(site.context, pusher=pusher)
    return site


@pytest.mark.parametrize("endpoint", GIVEN)
def test_endpoints(pushing: Site, push_service: PushService, endpoint: str) -> None:
    browser = push_service.subscribes()
    document = browser.document | {"endpoint": endpoint}
    is_problem(pushing.browser().post("/api/push-subscriptions", json=document), 422, "push_not_allowed")
    assert pushing.context.pusher is not None
    target = PushTarget(endpoint, browser.target.p256dh, browser.target.auth)
    with pytest.raises(Undeliverable):
        pushing.context.pusher.send(target, b"x", "t")


PRIVATE = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::",
    "2001:db8::1",
]
PUBLIC = ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"]


def called(address: list[str], may: bool = False) -> list[str]:
    """Which addresses are called for a name that has these."""
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.host)
        assert request.headers["host"] == "name.example"
        assert request.extensions["sni_hostname"] == "name.example"
        return httpx.Response(200)

    transport = Pinned(httpx.MockTransport(answer), lambda host: may, lambda host, port: address)
    httpx.Client(transport=transport).post("https://name.example/x")
    return seen


@pytest.mark.parametrize("address", PRIVATE)
def test_names_that_lead_inside(address: str) -> None:
    assert is_private(address)
    with pytest.raises(httpx.ConnectError, match="private"):
        called([address])
    with pytest.raises(httpx.ConnectError, match="private"):
        called(["8.8.8.8", address])
    assert called([address], may=True) == [str(httpx.URL("//x").copy_with(host=address).host)]


@pytest.mark.parametrize("address", PUBLIC)
def test_names_that_lead_outside(address: str) -> None:
    assert not is_private(address)
    assert called([address]) == [address]


def test_a_name_is_looked_up_once() -> None:
    """Else the second answer could be another one."""
    answers = iter([["8.8.8.8"], ["127.0.0.1"]])
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.host)
        return httpx.Response(200)

    transport = Pinned(httpx.MockTransport(answer), lambda host: False, lambda host, port: next(answers))
    httpx.Client(transport=transport).get("https://name.example/x")
    assert seen == ["8.8.8.8"]


@pytest.mark.parametrize(
    ("host", "named"),
    [("127.0.0.1", True), ("[::1]", True), ("localhost", True), ("receiver", True), ("hook.example", False)],
)
def test_what_an_operator_says_by_writing_it(host: str, named: bool) -> None:
    assert is_named(host) is named


def message() -> Message:
    return Message("1", "upload.ready", "u", "{}")


def test_a_webhook_by_a_name_that_leads_inside(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(outward, "_addresses", lambda host, port: ["127.0.0.1"])
    url = receiver.url.replace("127.0.0.1", "hook.example")
    given = {"WEBHOOK_URL": url, "WEBHOOK_SECRET": "secret", "DATA_DIR": str(tmp_path)}
    for private, arrives in (("", False), ("*.example", True)):
        settings = load({f"SMARTUPLOAD_{name}": value for name, value in (given | {"PRIVATE_HOSTS": private}).items()})
        webhook = open_notifiers(settings).webhook
        assert webhook is not None
        if arrives:
            webhook.send(message())
        else:
            with pytest.raises(TryAgain, match="private"):
                webhook.send(message())


def test_an_answer_that_leads_inside_is_not_followed(receiver: Receiver) -> None:
    receiver.answers.append((302, {"location": "http://127.0.0.1:1/inside"}))
    webhook = Webhook(receiver.url, "secret", key=b"secret", source="x")
    with pytest.raises(TryAgain, match="answered 302"):
        webhook.send(message())
    assert len(receiver.received) == 1


def test_what_is_written_as_an_address_in_a_name_is_no_address(anna: Browser) -> None:
    """No other member of a new upload is an address that the server calls."""
    answer = anna.creates(url="http://169.254.169.254/")
    is_problem(answer, 422, "invalid_request")
