"""A token made in a page is good for a program at once, and for nothing once it is revoked there."""

from __future__ import annotations

import httpx
from playwright.sync_api import expect

from tests.browser.person import Person
from tests.browser.server import Server
from tests.browser.test_focus import says_yes

LONG = 30_000


def test_a_token_is_made_used_and_revoked(person: Person, server: Server) -> None:
    page = person.open("/account")
    form = page.get_by_role("form", name="A new token")
    form.get_by_label("Name of the new token").fill("Nightly backup")
    form.get_by_label("See and download your files").check()
    form.get_by_role("button", name="Make a token").click()
    made = page.get_by_test_id("token-made")
    expect(made).to_be_visible(timeout=LONG)
    headers = {"Authorization": f"Bearer {made.input_value()}"}
    assert httpx.get(f"{server.url}/api/uploads", headers=headers).json()["uploads"] == []
    page.reload()
    row = page.get_by_test_id("token")
    expect(row).to_contain_text("Upload and read", timeout=LONG)
    expect(row).to_contain_text("Last used")
    expect(made).to_have_count(0)
    form.get_by_label("Name of the new token").fill("Other")
    form.get_by_role("button", name="Make a token").click()
    expect(row).to_have_count(2, timeout=LONG)
    says_yes(page, "Revoke Nightly backup", "Yes, revoke it", then="Revoke Other")
    expect(row).to_have_count(1, timeout=LONG)
    expect(row).to_contain_text("Other")
    assert httpx.get(f"{server.url}/api/uploads", headers=headers).status_code == 401
