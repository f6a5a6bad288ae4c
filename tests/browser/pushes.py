"""A browser that takes Web Push without its maker's push service: its subscription is made here, its pushes come through the debugger."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page
from smartupload_testing.wait import wait_for

from tests.browser.person import Person

_SUBSCRIBES = """
window.asked = 0
const realQuestion = Notification.requestPermission.bind(Notification)
Notification.requestPermission = () => { asked += 1; return realQuestion() }
const KEY = 'made-for'
const made = () => {
    const key = localStorage.getItem(KEY)
    if (!key) return null
    return {
        endpoint: DOCUMENT.endpoint,
        options: { applicationServerKey: Uint8Array.from(JSON.parse(key)).buffer },
        toJSON: () => ({ expirationTime: null, ...DOCUMENT }),
        unsubscribe: async () => { localStorage.removeItem(KEY); return true },
    }
}
PushManager.prototype.getSubscription = async () => made()
PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
    if (!userVisibleOnly) throw new DOMException('only visible ones', 'NotAllowedError')
    localStorage.setItem(KEY, JSON.stringify([...new Uint8Array(applicationServerKey)]))
    return made()
}
"""


def page_script(document: dict[str, Any]) -> str:
    """For `Person.page_script`: `document` is the subscription as its `toJSON()` gives it."""
    return f"{{ const DOCUMENT = {json.dumps(document)}\n{_SUBSCRIBES} }}"


def deliver(person: Person, payload: bytes) -> None:
    """The browser has got and decrypted a push."""
    with person.service_workers() as (tools, worker):
        tools.send("ServiceWorker.deliverPushMessage", **worker, data=payload.decode())


def shown(page: Page) -> list[dict[str, Any]]:
    """The notifications that this browser shows now, asked from a page of the app."""
    return page.evaluate(
        """async () => (await (await navigator.serviceWorker.ready).getNotifications())
            .map(({ title, body, tag, icon, data }) => ({ title, body, tag, icon: new URL(icon).pathname, data }))"""
    )


HELD = "async name => (await navigator.locks.query()).held.some(lock => lock.name.startsWith(name))"


def click_notification(person: Person, page: Page) -> None:
    """The service worker hears of the click on what it has shown. (No browser lets go of its focus for a click that was made up.)

    `page`: the only one of the app that is open. Its script has begun: before that it answers no service worker, which then
    opens a window, and that is refused to a click that was made up.
    """
    wait_for(lambda: page.evaluate(HELD, "smartupload-tab-"), 30, "the page to begin")
    target = next(one for one in person.chromium.targets() if one["type"] == "service_worker")
    tools = person.chromium.tools(target["id"])
    tools.evaluate(
        """(async () => {
            const [notification] = await registration.getNotifications()
            dispatchEvent(new NotificationEvent('notificationclick', { notification }))
        })()"""
    )
    tools.close()


def nothing_is_shown(page: Page) -> None:
    wait_for(lambda: not shown(page), 20, "the notification to be closed")
