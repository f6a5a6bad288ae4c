"""Killed at whatever point: the file is ready once and told of once, or where that cannot be, so that one can tell."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select

from smartupload.adapters.memory import ManualClock
from smartupload.models import SENT, WAITING, Delivery
from smartupload.pipeline.delivering import Bell, delivering
from smartupload.service.finishing import finish
from smartupload.service.outbox import deliver
from smartupload.service.presentation.views import UploadView
from smartupload.service.records.recipients import MAIL, PUSH, WEBHOOK
from tests.fixtures_mail import Sink, sink
from tests.fixtures_push import PushService, push_service
from tests.pipeline.conftest import Line
from tests.pipeline.program import Clean
from tests.pipeline.test_delivering import all_sent, until
from tests.receiver import Receiver, receiver

__all__ = ["push_service", "receiver", "sink"]

SECONDS = 180
MOMENTS = ("done", "written")
KILLED = [
    ("claim:written", "telling"),
    *((f"{step}:{moment}", "telling") for step in finish.STEPS for moment in MOMENTS),
    # From here on there is something to tell people: killed before any of it has gone out.
    *((f"{step}:{moment}", "silent") for step in ("publish", "clear") for moment in MOMENTS),
]


@pytest.fixture
def line(make_line: Callable[..., Line], receiver: Receiver, sink: Sink, push_service: PushService) -> Line:
    """One that tells of every file at once, in all ways."""
    return make_line(
        wait_threshold_seconds="0",
        mail_gather_seconds="0",
        smtp_url=f"smtp://127.0.0.1:{sink.port}",
        push_hosts=push_service.place,
        webhook_url=receiver.url,
        webhook_secret="geheim",
        scan="required",
        clamd_url="tcp://127.0.0.1:1",
    )


def deliveries(line: Line, upload: UploadView, channel: str = "") -> list[Delivery]:
    statement = select(Delivery).where(Delivery.upload_id == upload.id).order_by(col(Delivery.event_id))
    with line.db.read() as session:
        return [row for row in session.exec(statement) if channel in ("", row.channel)]


@pytest.mark.timeout(900)
def test_killed_after_every_step_of_finishing(
    line: Line, receiver: Receiver, sink: Sink, push_service: PushService
) -> None:
    uploads: list[UploadView] = []

    def arrives() -> UploadView:
        # Each is another one's, as the files of one person may be told of in one mail.
        owner = f"person{len(uploads)}"
        line.meets(owner, push_service.subscribes().target)
        uploads.append(line.arrives(1000 + len(uploads), owner=owner))
        return uploads[-1]

    servers = line.spoken_with("-m", "tests.pipeline.program")

    def ended(*words: str) -> int:
        """How a server ended that was told so."""
        assert servers.stdin is not None
        assert servers.stdout is not None
        servers.stdin.write(json.dumps(words).encode() + b"\n")
        servers.stdin.flush()
        return int(servers.stdout.readline())

    left: list[str] = []
    for point, way in KILLED:
        upload = arrives()
        assert ended(upload.id, point, way, *left) == -signal.SIGKILL, (point, way)
        assert (line.row(upload.id).due_at is None) == (point == "clear:written"), (point, way)
        left = [upload.id]
    last = arrives()
    assert ended(last.id, "-", "telling", *left) == 0

    posted = [json.loads(request.body) for request in receiver.received]
    for number, upload in enumerate(uploads):
        line.is_finished_once(upload.id, scan="clean")
        assert [row.state for row in deliveries(line, upload)] == [SENT] * 5
        kinds = [event["kind"] for event in posted if event["upload"]["id"] == upload.id]
        assert kinds == ["upload.created", "upload.completed", "upload.ready"]
        [mail] = [mail for mail in sink.received if mail.recipients == [f"person{number}@example.org"]]
        assert upload.share_url in mail.text
        assert [push.said["kind"] for push in push_service.pushed if push.said["upload_id"] == upload.id] == [
            "upload.ready"
        ]
    told = (len(posted), len(sink.received), len(push_service.pushed), len(push_service.asked))
    assert told == (3 * len(uploads), *[len(uploads)] * 3), "and nobody was told anything else"


@pytest.mark.timeout(900)
def test_killed_between_having_sent_and_writing_it_down(
    line: Line, receiver: Receiver, sink: Sink, push_service: PushService
) -> None:
    """It is sent again, since nobody can know better; whoever gets it can know that it is the same."""
    line.meets("anna", push_service.subscribes().target)
    upload = line.arrives()
    finish.run(replace(line.context, scanner=Clean()), upload.id)
    due = line.context.clock.now()
    for channel in (WEBHOOK, PUSH, MAIL):
        assert line.spawn("-m", "tests.pipeline.forgetful", channel).wait(SECONDS) == -signal.SIGKILL
        claimed = deliveries(line, upload, channel)[0]
        assert (claimed.state, claimed.attempts) == (WAITING, 1)
        almost = replace(line.context, clock=ManualClock(claimed.due_at - timedelta(seconds=1)))
        assert deliver.claim(almost, {channel: 10}) == [], "its lease lasts still"
        due = max(due, claimed.due_at)
    assert (len(receiver.received), len(push_service.pushed), len(sink.received)) == (1, 1, 1)

    later = replace(line.context, clock=ManualClock(due))

    async def run() -> None:
        async with delivering(later, Bell()):
            await until(lambda: all_sent(later))

    asyncio.run(run())
    ids = [request.headers["smartupload-event-id"] for request in receiver.received]
    assert (len(ids), len(set(ids)), ids[0]) == (4, 3, ids[1])
    assert receiver.received[0].body == receiver.received[1].body
    first, second = push_service.pushed
    assert first.headers["topic"] == second.headers["topic"]
    assert first.said == second.said
    one, again = (mail.message["Message-ID"] for mail in sink.received)
    assert one == again
