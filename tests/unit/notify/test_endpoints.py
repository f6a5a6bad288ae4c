"""No browser can make the server call an address that is not a listed push service."""

from __future__ import annotations

import pytest
import requests

from smartupload.service.notify.endpoints import MAX_LENGTH, is_allowed, rule
from smartupload.settings import PUSH_HOSTS, load


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/dGVzdA:APA91b_x-y",
        "https://FCM.googleapis.com/wp/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAAAAB=",
        "https://updates-pushbox.push.services.mozilla.com/wpush/v2/x",
        "https://jmt17.google.com/fcm/send/dGVzdA:APA91b_x-y",
        "https://fcm.googleapis.com/preprod/wp/x",
        "https://wns2-am3p.notify.windows.com/w/?token=x",
        "https://web.push.apple.com/QGyz",
        "https://api.web.push.apple.com/3/device/x?y=z",
        "https://wns2-by3p.notify.windows.com/w/?token=BQYAAA%2bd%2f",
        "https://fcm.googleapis.com/a@evil.example/b",
    ],
)
def test_the_push_services_of_the_browsers(endpoint: str) -> None:
    assert is_allowed(PUSH_HOSTS, endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        # another host, also one that looks like it
        "https://evil.example/fcm.googleapis.com/",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evilfcm.googleapis.com/x",
        "https://a.fcm.googleapis.com/x",
        "https://evilpush.apple.com/x",
        "https://push.services.mozilla.com/x",
        "https://evilpush.services.mozilla.com/x",
        "https://services.mozilla.com/x",
        "https://google.com/x",
        "https://evil.jmt17.google.com/x",
        "https://notify.windows.com/x",
        "https://android.googleapis.com/gcm/send/x",
        "https://push.apple.com/x",
        "https://.push.apple.com/x",
        "https://x..push.apple.com/x",
        "https://*.push.apple.com/x",
        "https://fcm.googleapis.com./x",
        "https://fcm.googleapis.com%2eevil.example/x",
        "https://ｆcm.googleapis.com/x",
        "https://fcm.googleapis.com\u3002evil.example/x",
        # user info, and what parsers have disagreed about
        "https://fcm.googleapis.com@evil.example/x",
        "https://fcm.googleapis.com:x@evil.example/x",
        "https://user:secret@fcm.googleapis.com/x",
        "https://@fcm.googleapis.com/x",
        "https://evil.example\\@fcm.googleapis.com/x",
        "https://fcm.googleapis.com\\@evil.example/x",
        "https://evil.example#@fcm.googleapis.com/x",
        "https://evil.example?@fcm.googleapis.com/x",
        "https://fcm.googleapis.com/x#y",
        "https:\\\\fcm.googleapis.com/x",
        "https:/fcm.googleapis.com/x",
        "https:///fcm.googleapis.com/x",
        "//fcm.googleapis.com/x",
        "fcm.googleapis.com/x",
        "https://fcm.googleapis.com",
        "https://fcm.googleapis.com?x",
        # white space and control characters
        " https://fcm.googleapis.com/x",
        "https://fcm.googleapis.com/x ",
        "https://fcm.googleapis.com/x\n",
        "https://fcm.googleapis.com/x\r\nHost: evil.example",
        "https://fcm.goo\tgleapis.com/x",
        "https://fcm.googleapis.com\x00.evil.example/x",
        "https://fcm.googleapis.com/é",
        # ports and schemes
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com:443/x",
        "https://fcm.googleapis.com:/x",
        "https://fcm.googleapis.com:0443/x",
        "http://fcm.googleapis.com/x",
        "ftp://fcm.googleapis.com/x",
        "file:///etc/passwd",
        "gopher://fcm.googleapis.com/x",
        # this machine and its neighbours
        "http://localhost/x",
        "https://localhost/x",
        "http://127.0.0.1/x",
        "https://127.0.0.1/x",
        "http://[::1]/x",
        "https://[::ffff:127.0.0.1]/x",
        "https://2130706433/x",
        "https://0x7f.1/x",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/x",
        "https://fcm.googleapis.com/" + "x" * MAX_LENGTH,
        "",
    ],
)
def test_everything_else(endpoint: str) -> None:
    assert not is_allowed(PUSH_HOSTS, endpoint)


def test_what_is_listed_is_what_is_called() -> None:
    """Whatever gets through, the program that calls it agrees about the host."""
    for endpoint in ("https://web.push.apple.com/a@b:1/c?d=//e.example", 'https://WEB.push.apple.com/"<>^`{|}'):
        assert is_allowed(PUSH_HOSTS, endpoint)
        url = requests.Request("POST", endpoint).prepare().url
        assert url is not None
        assert url.startswith("https://web.push.apple.com/")


def test_ports_that_are_listed() -> None:
    hosts = load({"SMARTUPLOAD_PUSH_HOSTS": "push.example.org:8443, *.inner.example.org:444"}).push_hosts
    allowed = rule(hosts)
    assert allowed("https://push.example.org:8443/x")
    assert allowed("https://a.inner.example.org:444/x")
    for other in ("push.example.org", "push.example.org:8444", "a.inner.example.org", "inner.example.org:444"):
        assert not allowed(f"https://{other}/x")


def test_a_push_service_of_ones_own_beside_the_browsers() -> None:
    hosts = load({"SMARTUPLOAD_PUSH_HOSTS": "Browsers, push.example.org, fcm.googleapis.com"}).push_hosts
    assert hosts == (*PUSH_HOSTS, "push.example.org")
    assert load({}).push_hosts == PUSH_HOSTS
    assert load({"SMARTUPLOAD_PUSH_HOSTS": "push.example.org"}).push_hosts == ("push.example.org",)


def test_plain_http_for_this_machine_alone_and_only_when_it_is_listed() -> None:
    allowed = rule(("127.0.0.1:5000", "localhost", "push.example.org", "*.localhost", "10.0.0.1"))
    assert allowed("http://127.0.0.1:5000/x")
    assert allowed("http://localhost/x")
    for other in ("127.0.0.1", "127.0.0.1:5001", "localhost:5000", "push.example.org", "a.localhost", "10.0.0.1"):
        assert not allowed(f"http://{other}/x")
