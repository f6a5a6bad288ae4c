"""From an address that somebody types to the click that ends the mails: the API, the deliveries and an SMTP server."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Generator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from smartupload.adapters.clock import SystemClock
from smartupload.adapters.memory import MemoryLive, MemoryStore
from smartupload.api.app import layers, make_api
from smartupload.api.cookie import Signing
from smartupload.notifiers import open_notifiers
from smartupload.pipeline.delivering import Bell, delivering
from smartupload.service.context import Context
from smartupload.service.owner import owner_from_cookies
from smartupload.settings import load
from tests.fixtures_database import database_at
from tests.fixtures_mail import Received, Sink, sink
from tests.inline import with_inline
from tests.pipeline.test_delivering import all_sent, until
from tests.unit.person import Person

__all__ = ["sink"]

SITE = "https://up.example.org"
ADDRESS = "anna@example.org"


@pytest.fixture
def ctx(tmp_path: Path, sink: Sink) -> Generator[Context]:
    """A site that mails by the sink, and tells of everything."""
    settings = load(
        {
            "SMARTUPLOAD_DATA_DIR": str(tmp_path),
            "SMARTUPLOAD_PUBLIC_URL": SITE,
            "SMARTUPLOAD_WAIT_THRESHOLD_SECONDS": "0",
            "SMARTUPLOAD_MAIL_GATHER_SECONDS": "1",
            "SMARTUPLOAD_SMTP_URL": f"smtp://127.0.0.1:{sink.port}",
        }
    )
    db = database_at(settings.database)
    ways = vars(open_notifiers(settings))
    yield with_inline(Context(settings, db, MemoryStore(), MemoryLive(), SystemClock(), **ways))
    db.close()


def visitor(ctx: Context) -> TestClient:
    """Somebody with a browser of their own."""
    app: ASGIApp = make_api(lambda: ctx)
    for layer in layers(ctx.settings.origins, True, Signing(lambda: b"key", lambda _: None)):
        app = layer(app)
    return TestClient(app, base_url=SITE, follow_redirects=False)


def delivered(ctx: Context) -> None:
    """Everything that waits has gone out, or was not wanted."""

    async def run() -> None:
        async with delivering(ctx, Bell(), look_seconds=0.05):
            await until(lambda: all_sent(ctx))

    asyncio.run(run())


def one_click(mail: Received) -> str:
    """What a mail program posts to."""
    assert mail.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    return mail.message["List-Unsubscribe"].strip("<>")


def test_files_that_end_together_are_one_mail_and_one_click_ends_them(ctx: Context, sink: Sink) -> None:
    anna = visitor(ctx)
    assert anna.put("/api/notifications", json={"email": ADDRESS}).json()["asked"] == ADDRESS
    [question] = sink.received
    assert question.recipients == [ADDRESS]
    [link] = re.findall(rf"{SITE}/api/notifications/confirm\S+", question.text)
    assert visitor(ctx).post(link).status_code == 303

    person = Person(ctx, owner_from_cookies("; ".join(f"{name}={value}" for name, value in anna.cookies.items())))
    uploads = [person.uploads(name) for name in ("big.mov", "small.mov")]
    delivered(ctx)
    [_, news] = sink.received
    assert news.message["Subject"] == "2 files are ready"
    for upload in uploads:
        for body in (news.text, news.html):
            assert upload.name in body
            assert upload.share_url in body

    person.uploads("on its way.mov")
    clicked = visitor(ctx).post(one_click(news), data={"List-Unsubscribe": "One-Click"})
    assert clicked.status_code == 200
    person.uploads("later.mov")
    delivered(ctx)
    assert len(sink.received) == 2
    assert anna.get("/api/notifications").json()["mails"] is False
