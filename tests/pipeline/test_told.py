"""From a file that is ready to whoever is told: a webhook, a mail and a push, over real servers."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from smartupload.adapters.clock import SystemClock
from smartupload.adapters.memory import MemoryLive, MemoryStore
from smartupload.models import Contact, PushSubscription
from smartupload.notifiers import open_notifiers
from smartupload.pipeline.delivering import Bell, delivering
from smartupload.service.context import Context
from smartupload.settings import load
from tests.fixtures_database import database_at
from tests.fixtures_mail import Sink, sink
from tests.fixtures_push import PushService, push_service
from tests.inline import with_inline
from tests.pipeline.test_delivering import SECONDS, all_sent, until
from tests.receiver import Receiver, receiver
from tests.unit.person import Person

__all__ = ["push_service", "receiver", "sink"]


def test_three_files_one_mail_three_pushes(
    tmp_path: Path, receiver: Receiver, sink: Sink, push_service: PushService
) -> None:
    settings = load(
        {
            "SMARTUPLOAD_DATA_DIR": str(tmp_path),
            "SMARTUPLOAD_WAIT_THRESHOLD_SECONDS": "0",
            "SMARTUPLOAD_MAIL_GATHER_SECONDS": "0",
            "SMARTUPLOAD_SMTP_URL": f"smtp://127.0.0.1:{sink.port}",
            "SMARTUPLOAD_PUSH_HOSTS": push_service.place,
            "SMARTUPLOAD_WEBHOOK_URL": receiver.url,
            "SMARTUPLOAD_WEBHOOK_SECRET": "geheim",
        }
    )
    db = database_at(settings.database)
    ways = vars(open_notifiers(settings))
    ctx = with_inline(Context(settings, db, MemoryStore(), MemoryLive(), SystemClock(), **ways))
    target = push_service.subscribes().target
    now = ctx.clock.now()
    with db.write() as session:
        session.add(Contact(owner="anna", email="anna@example.org", created_at=now))
        keys = {"endpoint": target.endpoint, "p256dh": target.p256dh, "auth": target.auth}
        session.add(PushSubscription(id="one", owner="anna", created_at=now, **keys))
    person = Person(ctx)
    uploads = [person.uploads(name) for name in ("été.mov", "b.mov", "c.mov")]

    async def run() -> None:
        async with delivering(ctx, Bell()):
            await until(lambda: all_sent(ctx))

    asyncio.run(run())
    [mail] = sink.received
    assert mail.recipients == ["anna@example.org"]
    pushed = [push.said for push in push_service.wait_for(3, SECONDS)]
    assert sorted(push["upload_id"] for push in pushed) == sorted(upload.id for upload in uploads)
    assert {push["kind"] for push in pushed} == {"upload.ready"}
    for upload in uploads:
        assert upload.name in mail.text
        assert upload.share_url in mail.text
        posted = [json.loads(request.body) for request in receiver.taken]
        kinds = [event["kind"] for event in posted if event["upload"]["id"] == upload.id]
        assert kinds == ["upload.created", "upload.completed", "upload.ready"]
    assert (len(sink.received), len(push_service.pushed), len(receiver.received)) == (1, 3, 9)
    db.close()
