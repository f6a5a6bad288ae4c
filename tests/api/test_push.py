"""Pushes and waiting over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace

import pytest
from sqlmodel import select

from smartupload.adapters.vapid import public_key
from smartupload.adapters.webpush import WebPush
from smartupload.models import PushSubscription
from smartupload.service.notify import endpoints
from tests.api.conftest import Browser, Site
from tests.api.test_uploads import is_problem
from tests.fixtures_push import KEY, PushService, push_service

__all__ = ["push_service"]


@pytest.fixture
def site(make_site: Callable[..., Site], push_service: PushService) -> Generator[Site]:
    """One that pushes."""
    site = make_site(push_hosts=push_service.place)
    pusher = WebPush(KEY, "mailto:admin@example.org", endpoints.rule(site.context.settings.push_hosts))
    site.context = replace(site.context, pusher=pusher)
    yield site
    pusher.close()


def saved(site: Site) -> list[str]:
    with site.context.db.read() as session:
        return sorted(session.exec(select(PushSubscription.endpoint)))


class TestSubscriptions:
    def test_the_key(self, browser: Browser) -> None:
        assert browser.get("/api/push-key").json() == {"key": public_key(KEY)}

    def test_on_and_off(self, site: Site, browser: Browser, push_service: PushService) -> None:
        document = push_service.subscribes().document
        for _ in range(2):
            answer = browser.post("/api/push-subscriptions", json={"expirationTime": None, **document})
            assert (answer.status_code, answer.content) == (204, b"")
        assert saved(site) == [document["endpoint"]]
        for _ in range(2):
            answer = browser.request("DELETE", "/api/push-subscriptions", json={"endpoint": document["endpoint"]})
            assert (answer.status_code, answer.content) == (204, b"")
        assert saved(site) == []

    def test_not_for_other_hosts(self, site: Site, browser: Browser, push_service: PushService) -> None:
        document = push_service.subscribes().document
        for endpoint in ("https://evil.example/x", "http://169.254.169.254/latest", "x" * 3000):
            answer = browser.post("/api/push-subscriptions", json=document | {"endpoint": endpoint})
            is_problem(answer, 422, "push_not_allowed")
        assert saved(site) == []

    def test_not_with_other_keys(self, site: Site, browser: Browser, push_service: PushService) -> None:
        document = push_service.subscribes().document
        for keys in ({}, {"p256dh": "x", "auth": "y"}, {**document["keys"], "auth": "hush-hush"}, None):
            answer = browser.post("/api/push-subscriptions", json=document | {"keys": keys})
            is_problem(answer, 422, "invalid_request")
            assert "hush" not in answer.text
        assert saved(site) == []

    def test_not_from_another_site(self, site: Site, browser: Browser, push_service: PushService) -> None:
        document, origin = push_service.subscribes().document, {"Origin": "https://evil.example"}
        is_problem(browser.post("/api/push-subscriptions", json=document, headers=origin), 403, "cross_site")
        assert saved(site) == []

    def test_where_nothing_is_pushed(self, make_site: Callable[..., Site], push_service: PushService) -> None:
        browser, document = make_site().browser(), push_service.subscribes().document
        is_problem(browser.get("/api/push-key"), 404, "push_unavailable")
        is_problem(browser.post("/api/push-subscriptions", json=document), 404, "push_unavailable")
        gone = browser.request("DELETE", "/api/push-subscriptions", json={"endpoint": document["endpoint"]})
        assert gone.status_code == 204


class TestWaiting:
    def test_on_and_off(self, site: Site, browser: Browser) -> None:
        address = f"/api/shared/{browser.creates().json()['share_token']}/watch"
        visitor, other = site.browser(), site.browser()
        assert visitor.get(address).json() == {"watching": False}
        for _ in range(2):
            assert visitor.put(address).status_code == 204
        assert visitor.get(address).json() == {"watching": True}
        assert other.get(address).json() == {"watching": False}
        for _ in range(2):
            assert visitor.delete(address).status_code == 204
        assert visitor.get(address).json() == {"watching": False}

    def test_nothing_to_wait_for(self, site: Site, browser: Browser) -> None:
        own = f"/api/shared/{browser.creates().json()['share_token']}/watch"
        assert browser.put(own).status_code == 204
        assert browser.get(own).json() == {"watching": False}
        ready = f"/api/shared/{browser.uploads()['share_token']}/watch"
        visitor = site.browser()
        assert visitor.put(ready).status_code == 204
        assert visitor.get(ready).json() == {"watching": False}

    def test_no_such_link(self, browser: Browser) -> None:
        for method in ("GET", "PUT", "DELETE"):
            is_problem(browser.request(method, "/api/shared/nothing/watch"), 404, "file_not_found")
