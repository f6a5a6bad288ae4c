"""Past events and dead letters over HTTP: who may, and what they get."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from smartupload.errors import Undeliverable
from smartupload.service.outbox import deliver
from tests.api.conftest import Browser, Site
from tests.api.test_uploads import is_problem
from tests.notifiers import Collector, with_notifiers

SECRET = "geheim, ganz geheim"
TOKEN = "a-token-for-the-admins-alone"
ADDRESSES = ["/api/admin/events", "/api/admin/deliveries"]


@pytest.fixture
def webhook() -> Collector:
    return Collector()


@pytest.fixture
def site(make_site: Callable[..., Site], webhook: Collector) -> Site:
    """One with a webhook."""
    site = make_site(webhook_url="http://127.0.0.1:9/", webhook_secret=SECRET, admin_token=TOKEN)
    site.context = with_notifiers(site.context, webhook)
    return site


@pytest.fixture
def operator(site: Site) -> Browser:
    return site.browser(Authorization=f"Bearer {TOKEN}")


def delivered(site: Site) -> None:
    while batches := deliver.claim(site.context, {"webhook": 10}):
        for batch in batches:
            deliver.send(site.context, batch)


def test_without_admins_there_is_nothing_here(make_site: Callable[..., Site]) -> None:
    # Every receiver of a webhook has its secret: it opens nothing.
    for given in ({}, {"Authorization": "Bearer "}, {"Authorization": f"Bearer {SECRET}"}):
        browser = make_site(webhook_url="http://127.0.0.1:9/", webhook_secret=SECRET).browser(**given)
        for address in ADDRESSES:
            is_problem(browser.get(address), 404, "not_found")
        is_problem(browser.post("/api/admin/deliveries/replay"), 404, "not_found")


@pytest.mark.parametrize(
    "given", [None, "Bearer", "Bearer geheim", f"Bearer {SECRET}", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer é"]
)
def test_nobody_without_the_token(site: Site, given: str | None) -> None:
    browser = site.browser()
    headers = {} if given is None else {b"Authorization": given.encode()}
    for address in ADDRESSES:
        answer = browser.get(address, headers=headers)
        is_problem(answer, 401, "unauthorized")
        assert answer.headers["www-authenticate"] == "Bearer"
    is_problem(browser.post("/api/admin/deliveries/replay", headers=headers), 401, "unauthorized")


def test_another_site_cannot_replay(operator: Browser) -> None:
    answer = operator.post("/api/admin/deliveries/replay", headers={"Origin": "https://evil.example"})
    is_problem(answer, 403, "cross_site")


def test_events_for_a_consumer_that_was_away(site: Site, browser: Browser, operator: Browser) -> None:
    mine, other = browser.uploads(), site.browser().creates().json()
    first = operator.get("/api/admin/events", params={"limit": 3}).json()
    assert [event["kind"] for event in first["events"]] == ["upload.created", "upload.completed", "upload.ready"]
    assert {event["upload"]["id"] for event in first["events"]} == {mine["id"]}
    assert first["next_after"] == first["events"][-1]["id"]
    second = operator.get("/api/admin/events", params={"after": first["next_after"]}).json()
    assert [event["upload"]["id"] for event in second["events"]] == [other["id"]]
    assert second["next_after"] is None
    for wrong in ({"after": "x"}, {"limit": 0}, {"limit": 100_000}):
        is_problem(operator.get("/api/admin/events", params=wrong), 422, "invalid_request")


def test_what_is_posted_is_what_is_replayed(
    site: Site, webhook: Collector, browser: Browser, operator: Browser
) -> None:
    browser.uploads("été.mov")
    delivered(site)
    events = operator.get("/api/admin/events").json()["events"]
    assert [json.loads(message.body) for message in webhook.messages] == events


def test_dead_letters(site: Site, webhook: Collector, browser: Browser, operator: Browser) -> None:
    upload = browser.uploads()
    webhook.faults = [Undeliverable("it answered 410")] * 3
    delivered(site)
    dead = operator.get("/api/admin/deliveries", params={"state": "dead"}).json()
    assert dead["next_after"] is None
    first: dict[str, Any] = dead["deliveries"][0]
    assert set(first) == {
        "id", "event_id", "kind", "upload_id", "channel", "target", "state", "attempts", "error", "due_at",
        "created_at", "sent_at",
    }  # fmt: skip
    assert (first["kind"], first["upload_id"], first["channel"]) == ("upload.created", upload["id"], "webhook")
    assert (first["state"], first["attempts"], first["error"]) == ("dead", 1, "it answered 410")

    again = operator.post("/api/admin/deliveries/replay", json={"ids": [dead["deliveries"][2]["id"]]})
    assert again.json() == {"replayed": 1}
    assert operator.post("/api/admin/deliveries/replay", json={"channel": "push"}).json() == {"replayed": 0}
    assert operator.post("/api/admin/deliveries/replay").json() == {"replayed": 2}
    waiting = operator.get("/api/admin/deliveries", params={"state": "waiting"}).json()["deliveries"]
    assert [item["attempts"] for item in waiting] == [0, 0, 0]
    delivered(site)
    assert webhook.kinds == ["created", "completed", "ready"]
    assert len(operator.get("/api/admin/deliveries", params={"state": "sent"}).json()["deliveries"]) == 3
    is_problem(operator.get("/api/admin/deliveries", params={"state": "lost"}), 422, "invalid_request")
    is_problem(operator.post("/api/admin/deliveries/replay", json={"ids": ["x"]}), 422, "invalid_request")
