"""A mail address from the page to the mailbox and back: confirmed in one browser, seen in another, stopped by a link."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.person import Person
from tests.browser.server import Server
from tests.fixtures_mail import body, read

ADDRESS = "nora@example.org"
PATIENCE = 40_000


def test_confirmed_and_stopped_by_the_links_in_mails(people: Callable[..., Person], server: Server) -> None:
    page = people().open("/notifications")
    page.get_by_label("Your mail address").fill(ADDRESS)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Not confirmed yet")).to_be_visible(timeout=PATIENCE)
    mails = [read(path.read_bytes()) for path in sorted((server.data / "mail").glob("*.eml"))]
    [question] = [mail for mail in mails if mail["To"] == ADDRESS]
    [link] = re.findall(rf"{server.url}/api/notifications/confirm\S+", body(question, "plain"))

    mailbox = people().open("/")
    mailbox.goto(link)
    expect(page.get_by_text("Not confirmed yet")).to_be_visible()
    mailbox.get_by_role("button", name="Confirm").click()
    expect(mailbox.get_by_text(f"{ADDRESS} is confirmed.")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("Confirmed", exact=True)).to_be_visible(timeout=PATIENCE)
    switch = page.get_by_role("switch", name="Mails when a file is ready or needs you")
    expect(switch).to_have_attribute("aria-checked", "true")

    mailbox.get_by_role("button", name="Stop these mails").click()
    expect(mailbox.get_by_text("You get no more mails.")).to_be_visible(timeout=PATIENCE)
    expect(switch).to_have_attribute("aria-checked", "false", timeout=PATIENCE)
