"""Nothing of a deleted file is left: in the database and its file, in the store, in the log, in what the API says."""

from __future__ import annotations

import io
import json
import logging
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
import structlog

from smartupload.adapters.memory import MemoryMailer
from smartupload.errors import Undeliverable
from smartupload.models import Row
from smartupload.service.housekeeping import remove
from smartupload.service.outbox import deliver
from tests.api.conftest import Browser, Site
from tests.fixtures_push import Subscribed
from tests.notifiers import Collector, Pushbox, with_notifiers

NAME = "Zwetschgenkuchen-9f3a71.bin"
SAID = "Quittengelee-55c1d2"
WORDS = (NAME, SAID, "Zwetschgen", "pflaume")
ADDRESS = "mirabelle-7c20@example.org"
TOKEN = "an admin token for tests, which is long".replace(" ", "-")


class Failing(Collector):
    """A webhook whose answers repeat what they were sent."""

    def send(self, message: Any) -> None:
        super().send(message)
        raise Undeliverable(f"refused: {message.body}")


@pytest.fixture
def mailer() -> MemoryMailer:
    return MemoryMailer()


@pytest.fixture
def site(make_site: Callable[..., Site], mailer: MemoryMailer) -> Site:
    """One that tells everybody everything."""
    made = make_site(
        webhook_url="http://127.0.0.1:9/",
        webhook_secret="geheim, ganz geheim",
        wait_threshold_seconds="0",
        mail_gather_seconds="0",
        admin_token=TOKEN,
    )
    made.context = with_notifiers(made.context, Failing(), mailer, Pushbox())
    return made


def delivered(site: Site) -> None:
    while batches := deliver.claim(site.context, {"webhook": 10, "mail": 10, "push": 10}):
        for batch in batches:
            deliver.send(site.context, batch)


def in_rows(site: Site, *words: str) -> list[str]:
    """Where any of these stands, in any column of any table."""
    with site.context.db.read() as session:
        found: list[str] = []
        for table in sa.inspect(session.connection()).get_table_names():
            for row in session.connection().exec_driver_sql(f'SELECT * FROM "{table}"').mappings():
                found += [f"{table}.{name}" for name, value in row.items() for word in words if word in str(value)]
        return found


def in_files(site: Site, *words: str) -> list[str]:
    """The same of the bytes of the database's files, the pages that are free and the log of writes included."""
    path = Path(site.context.db.url.database or "")
    files = [file for file in path.parent.glob(f"{path.name}*") if file.is_file()]
    assert path in files
    return [f"{file.name}: {word}" for file in files for word in words if word.encode() in file.read_bytes()]


def in_store(site: Site, *words: str) -> list[str]:
    keys = [
        stored.key
        for prefix in ("uploads/", "handover/", "files/")
        for stored in site.context.store.list_objects(prefix)
    ]
    return [key for key in keys for word in words if word in key]


def told(site: Site, browser: Browser, mailer: MemoryMailer) -> None:
    """Somebody wants mails and pushes."""
    browser.put("/api/notifications", json={"email": ADDRESS})
    (link,) = re.findall(r"http://localhost:3000(/api/notifications/confirm\S+)", mailer.mails[-1].text)
    browser.post(link)
    browser.post("/api/push-subscriptions", json=Subscribed("https://fcm.googleapis.com/mirabelle").document)


def test_no_trace_of_a_deleted_file(
    site: Site, browser: Browser, mailer: MemoryMailer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.WARNING, "httpx")  # what the test itself asks for, and the product does not log either
    with structlog.testing.capture_logs() as logged:
        _leaves_no_trace(site, browser, mailer)
    assert [entry["event"] for entry in logged].count("never delivered") > 1, "the log is heard"
    assert [word for word in WORDS if word in f"{logged}{caplog.text}"] == []


def _leaves_no_trace(site: Site, browser: Browser, mailer: MemoryMailer) -> None:
    told(site, browser, mailer)
    begun = browser.creates(NAME, 300_000, key=f"key of {NAME}", metadata={"case": SAID}, uploader="pflaume").json()
    token, upload_id = begun["share_token"], begun["id"]
    words = (*WORDS, token)
    visitor = site.browser()
    assert visitor.put(f"/api/shared/{token}/watch").is_success
    browser.sends(begun, browser.cut(begun))
    assert browser.completes(begun).json()["state"] == "ready"
    assert browser.patch(f"/api/uploads/{upload_id}", json={"tags": [SAID]}).is_success
    browser.put(f"/api/uploads/{upload_id}/link", json={"revoked": False, "downloads_left": 5})
    for address in (f"/api/shared/{token}/download", f"/api/uploads/{upload_id}/download"):
        assert (
            httpx.get((visitor if "shared" in address else browser).get(address).headers["location"]).status_code == 200
        )
    delivered(site)
    assert any(NAME in mail.text for mail in mailer.mails), "it was told"
    assert {"upload.name", "upload.share_token", "event.body", "delivery.error", "tag.name"} <= set(
        in_rows(site, *words)
    )
    assert in_files(site, *words), "a search that finds nothing now would find nothing later"
    assert in_store(site, upload_id)

    assert browser.delete(f"/api/uploads/{upload_id}").status_code == 204
    remove.sweep(site.context)

    assert in_rows(site, *words) == []
    assert in_files(site, *words) == []
    assert in_store(site, upload_id) == []
    delivered(site)
    answers = [
        browser.get("/api/uploads"),
        browser.get(f"/api/uploads/{upload_id}"),
        browser.creates(NAME, 300_000, key=f"key of {NAME}"),
        browser.get("/api/admin/events", headers={"Authorization": "Bearer geheim, ganz geheim"}),
        browser.get("/api/admin/deliveries", headers={"Authorization": "Bearer geheim, ganz geheim"}),
        browser.get("/api/admin/audit", headers={"Authorization": f"Bearer {TOKEN}"}),
        visitor.get(f"/api/shared/{token}"),
        visitor.get(f"/api/shared/{upload_id}"),
    ]
    said = [f"{answer.request.url}: {answer.text}" for answer in answers]
    assert [text for text in said for word in words if word in text.partition(": ")[2]] == []
    assert answers[2].json()["state"] == "cancelled", "a create that comes once more brings nothing back"
    assert [answer.status_code for answer in answers[-2:]] == [404, 404]


def test_what_is_kept_can_be_taken_along(site: Site, browser: Browser, mailer: MemoryMailer) -> None:
    told(site, browser, mailer)
    small = browser.uploads(NAME, 5000, metadata={"case": SAID})
    large = browser.uploads("large.bin", 9 * 1024 * 1024)
    browser.creates("on its way.bin", 70)
    others = site.browser().uploads("somebody else's.bin", 100)
    answer = browser.get("/api/me/export")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.testzip() is None
    uploads = [json.loads(line) for line in archive.read("uploads.jsonl").splitlines()]
    assert {one["name"] for one in uploads} == {NAME, "large.bin", "on its way.bin"}
    first = next(one for one in uploads if one["name"] == NAME)
    assert first["metadata_"] == {"case": SAID}
    assert first["share_url"] == small["share_url"]
    assert [event["kind"] for event in first["events"]] == ["upload.created", "upload.completed", "upload.ready"]
    assert json.loads(archive.read("notifications.json"))["contact"]["email"] == ADDRESS
    files = {one["name"]: one for one in json.loads(archive.read("files.json"))}
    assert archive.read(files[NAME]["path"]) == b"".join(browser.cut(small))
    assert httpx.get(files["large.bin"]["url"]).content == b"".join(browser.cut(large))
    actions = [json.loads(line)["action"] for line in archive.read("audit.jsonl").splitlines()]
    assert {"created", "signed", "completed", "ready", "exported"} <= set(actions)
    everything = b"".join(archive.read(name) for name in archive.namelist())
    assert others["id"].encode() not in everything
    assert b"somebody else" not in everything


def test_all_of_somebody_is_deleted(site: Site, browser: Browser, mailer: MemoryMailer) -> None:
    told(site, browser, mailer)
    begun = browser.creates("on its way.bin", 6 * 1024 * 1024).json()
    browser.sends(begun, browser.cut(begun), [1])
    done = browser.uploads(NAME, 5000)
    others = site.browser()
    kept = others.uploads("somebody else's.bin", 100)
    with site.context.db.read() as session:
        owner = session.connection().exec_driver_sql(f"SELECT owner FROM upload WHERE id = '{done['id']}'").scalar_one()
    words = (owner, NAME, done["share_token"], begun["share_token"], ADDRESS, "mirabelle")
    assert {"contact.owner", "contact.email", "upload.owner", "event.owner", "usage.owner", "audit.who"} <= set(
        in_rows(site, *words)
    )

    answer = browser.delete("/api/me")

    assert answer.status_code == 204
    assert "Max-Age=0" in answer.headers["set-cookie"]
    remove.sweep(site.context)
    assert in_rows(site, *words) == []
    assert in_files(site, *words) == []
    assert in_store(site, done["id"], begun["id"]) == []
    assert others.get(f"/api/uploads/{kept['id']}").json()["state"] == "ready"
    assert browser.get("/api/uploads").json()["uploads"] == []


def test_nobody_has_nothing_to_take_along(site: Site) -> None:
    """An owner without uploads gets an archive that says so."""
    archive = zipfile.ZipFile(io.BytesIO(site.browser().get("/api/me/export").content))
    assert json.loads(archive.read("account.json"))["files"] == 0
    assert archive.read("uploads.jsonl") == b""


def test_every_table_was_thought_of(site: Site) -> None:
    """A new table has to be exported, erased, or known to hold nothing of a person."""
    theirs = {
        "upload",
        "part",
        "event",
        "delivery",
        "watch",
        "tag",
        "download",
        "contact",
        "push_subscription",
        "asked",
        "audit",
        "usage",
        "login_session",
        "hold",
        "api_token",
        "drop_link",
        "group_link",
        "group_download",
    }
    assert set(Row.metadata.tables) == theirs | {"worker"}
