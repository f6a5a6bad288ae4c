"""What the server would say of made-up files, links and people, in the language at hand: what the scenes show."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from smartupload.errors import DropClosed, DropNotFound, FileNotFound, LinkExpired, VirusFound
from smartupload.service.drops.links import NO_LIMIT, Limits
from smartupload.service.files.sizes import size_text
from smartupload.state.drop import limit_texts
from smartupload.state.drops import DropRow
from smartupload.state.file_rows import FileRow
from smartupload.state.group import GroupFile
from smartupload.state.group_links import GroupLinkRow
from smartupload.state.projects import Project
from smartupload.state.projects import projects as all_projects
from smartupload.state.tagging import TagRow
from smartupload.state.tokens import TokenRow
from smartupload.state.words import kind_text, sent_text, state_text, time_text, type_text
from smartupload.words import Size, language, say

TODAY, BEFORE, LATER = "2026-03-03T09:05:00+00:00", "2026-01-14T16:30:00+00:00", "2026-03-17T23:59:59+00:00"
LINK = "https://uploads.example.org/f/Xk3mT9wQ2pLs"
LONG_NAME = (
    "Minutes of the meeting of the editorial board, third of November, final version as agreed on with everybody.txt"
)
TEXT = "Agenda\n\n1. What was decided last time\n2. The film of the summer\n3. Anything else\n\n\tThe next meeting is on the tenth of March, at nine.\n"
PICTURE = (
    "data:image/svg+xml,"
    "<svg xmlns='http://www.w3.org/2000/svg' width='640' height='400'><rect width='640' height='400' fill='%23356'/><circle cx='460' cy='120' r='60' fill='%23fc6'/></svg>"
)


def row(name: str, state: str, size: int = 734_003_200, **more: Any) -> FileRow:
    """One line of the library."""
    words, tone = state_text(state, 61)
    ready = state == "ready"
    shown = {
        "id": name,
        "name": name,
        "kind": kind_text(name),
        "size": size_text(size),
        "bytes": size,
        "date": TODAY,
        "state": state,
        "state_text": words,
        "tone": tone,
        "percent": 61,
        "error": "",
        "share_path": "/f/x",
        "share_url": LINK,
        "download_url": "/api/uploads/x/download" if ready else "",
        "sent_by": "",
        "tags": [],
    }
    return FileRow(**(shown | more))


def rows() -> list[FileRow]:
    """A file in each state."""
    return [
        row("Festival trailer.mov", "uploading"),
        row(LONG_NAME, "ready", 18_400, tags=["2025", "Board", "Zum Gegenlesen bis Freitag"]),
        row("تقرير المبيعات.pdf", "paused", tags=["مبيعات", "2025"]),
        row("Catalogue.pdf", "verifying"),
        row("Book.epub", "scanning"),
        row("Invoice.docx", "blocked", 88_000, error=VirusFound().read()),
        row("Rushes.mxf", "failed", error=say("problem-checksum_mismatch")),
        row("Letters.zip", "expired", date=BEFORE, error=say("problem-upload_not_open-expired")),
        row("Tax papers 2025.pdf", "ready", 2_400_000, date=BEFORE, sent_by=sent_text("Bert", "Your tax papers")),
        row("Contract.pdf", "ready", 910_000, date=BEFORE, share_url=""),
    ]


def tags(rows: list[FileRow]) -> list[TagRow]:
    """Those of these rows."""
    found = Counter(tag for row in rows for tag in row.tags)
    return [TagRow(name, count) for name, count in sorted(found.items())]


def counts(rows: list[FileRow]) -> dict[str, Any]:
    """What stands above these rows, of twice as many files."""
    return {
        "tags": tags(rows),
        "count": len(rows),
        "size": size_text(sum(one.bytes for one in rows)),
        "total": 2 * len(rows),
    }


def group_links() -> list[GroupLinkRow]:
    """Of a folder, of many files, and one that is closed."""
    some = {count: say("state-arrived", count=count, size=size_text(count * 3_200_000)) for count in (34, 240, 3)}

    def row(key: str, name: str, facts: str, **more: Any) -> GroupLinkRow:
        plain = {"made": TODAY, "until": "", "downloads": "", "revoked": False, "is_open": True}
        return GroupLinkRow(key=key, name=name, facts=facts, path="/f/group/x", url=LINK, **(plain | more))

    return [
        row("a", "Holiday", some[34]),
        row("b", some[240], "", until=LATER, downloads="3"),
        row("c", LONG_NAME.removesuffix(".txt"), some[3], made=BEFORE, revoked=True, is_open=False),
    ]


def group(mine: bool = False) -> dict[str, Any]:
    """What the page of a group's link is told."""
    entries = [
        ("Festival trailer.mov", "Holiday", "ready", 734_003_200),
        (LONG_NAME, "Holiday/minutes", "ready", 18_400),
        ("تقرير المبيعات.pdf", "Holiday", "uploading", 910_000),
    ]
    rows = [
        GroupFile(
            id=name,
            name=name,
            folder=folder,
            kind=kind_text(name),
            size=size_text(size),
            state_text="" if state == "ready" else state_text(state, 61)[0],
            download_url="/api/shared-group/x/files/y/download" if state == "ready" else "",
        )
        for name, folder, state, size in entries
    ]
    link = {"key": "g", "link_url": LINK, "until": LATER, "downloads": "3"} if mine else {}
    return {
        "status": "open",
        "name": "Holiday",
        "facts": say("state-arrived", count=2, size=size_text(734_021_600)),
        "coming": 1,
        "left_out": 1,
        "rows": rows,
        "download_url": "/api/shared-group/x/download",
        "scan": say("state-scan-off-visitor"),
        "sentence": "",
    } | link


def file(
    name: str, state: str, size: int = 734_003_200, mine: bool = False, by: str = "", **more: Any
) -> dict[str, Any]:
    """What a file's page is told."""
    waiting = state in {"uploading", "paused", "verifying", "scanning"}
    ready = state == "ready"
    preview = more.get("preview", "")
    sentence = "" if ready else VirusFound().read() if state == "blocked" and mine else say(f"state-page-{state}")
    return {
        "status": state,
        "name": name,
        "kind": kind_text(name),
        "size": size_text(size),
        "type": type_text(name, preview),
        "date": TODAY if ready else "",
        "percent": 61,
        "sentence": sentence,
        "left": say("state-left", time=time_text(240, 360)) if state == "uploading" else "",
        "scan": say("state-scan-clean") if ready else "",
        "download_url": "/api/shared/x/download" if ready else "",
        "waiting": waiting,
        "token": "x",
        "upload_id": "x" if mine else "",
        "link_url": LINK if mine else "",
        "sent_by": sent_text(by, "Your tax papers") if by else "",
    } | more


def gone(state: str) -> dict[str, Any]:
    problem = FileNotFound() if state == "missing" else LinkExpired()
    return {"status": state, "sentence": problem.read()}


def drop(**more: Any) -> dict[str, Any]:
    """What the page of a drop link is told."""
    limits = Limits(20, 50_000_000, 500_000_000, (".pdf", ".jpg"))
    return {
        "status": "open",
        "title": "Your tax papers",
        "asker": "Anna",
        "limits": limit_texts(limits),
        "until": LATER,
        "uploader": "drop-x",
        "sentence": "",
    } | more


def no_drop(state: str) -> dict[str, Any]:
    problem = DropNotFound() if state == "missing" else DropClosed()
    return {"status": state, "sentence": problem.read()}


def drops() -> list[DropRow]:
    limits = ", ".join(limit_texts(Limits(None, None, 500_000_000, ())))
    arrived = say("state-arrived", count=3, size=Size(7_300_000))
    return [
        DropRow("1", "Your tax papers", LINK, limits, arrived, LATER, True),
        DropRow("2", "Pictures of the summer", LINK, "", say("state-arrived-none"), BEFORE, False),
    ]


def tokens() -> list[TokenRow]:
    return [
        TokenRow(
            "1", "Nightly backup of everything that there is in the house", say("state-token-both"), LATER, TODAY, False
        ),
        TokenRow("2", "Scanner", say("state-token-upload"), BEFORE, "", True),
    ]


def no_limit() -> str:
    return NO_LIMIT.read(language())


def browsers(count: int) -> str:
    return say("state-browsers", count=count) if count else say("state-browsers-none")


def projects() -> list[Project]:
    return all_projects(datetime.fromisoformat(TODAY).date())
