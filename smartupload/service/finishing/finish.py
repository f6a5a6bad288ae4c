"""What happens after the last byte: verify, sniff, scan, ask the app around, publish, clear. Each step may be done again without harm.

A step is given the upload as the one before left it, and gives it back as it is then. What is only known, and not written
down yet, is found out again by whoever begins anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import structlog

from smartupload.errors import (
    NOTHING_KEPT,
    FileLost,
    HookFault,
    NotScannable,
    NotScanned,
    Problem,
    ScannerUnavailable,
    StoreRefused,
    UploadRefused,
    VirusFound,
)
from smartupload.hooks import ArrivedFile
from smartupload.models import BLOCKED, FAILED, OPEN, READY, SCANNING, Upload
from smartupload.ports import SINGLE_PUT
from smartupload.service.context import Context
from smartupload.service.drops import sending
from smartupload.service.files import checksums, kinds, object_keys
from smartupload.service.finishing import backlog
from smartupload.service.parts import collect
from smartupload.service.presentation import views
from smartupload.service.records import rows, states
from smartupload.service.records.moving import Only, Wish
from smartupload.service.records.states import Transition
from smartupload.words import Sentence

log = structlog.get_logger("smartupload.service")

OFF = "off"
"""In the place of a scanner's word, where there is none."""


class LeaseLost(Exception):
    """Somebody else finishes this upload now, or it is gone: nothing more may be done to it."""


def verify(ctx: Context, row: Upload) -> Upload:
    """The object is there, as large and with the checksum that the parts gave; else the upload has failed."""
    if row.state != SCANNING or _was_just_seen(ctx, row):
        return row
    return _verified(ctx, row)


def _verified(ctx: Context, row: Upload) -> Upload:
    if not checksums.is_whole(row, ctx.store.head(row.key)):
        ctx.store.ping()  # a bucket that is not there just now answers for an object like one that is lost
        return _ends(ctx, row, states.LOSE, FileLost())
    return row


SEEN = timedelta(seconds=60)
"""So long after `complete` what it saw need not be looked at again."""


def _was_just_seen(ctx: Context, row: Upload) -> bool:
    """Whether to look once more would say what is known already.

    Who completes a file of one PUT asks the store for the object itself, at the key where it stays: its size, and its
    digest where the store keeps one. Nothing is made of it in between, as of parts, so there is no answer that could be
    wrong or lost. What can still be written at that key is the same bytes, since an epoch has one digest for a part and
    a key of its own. So all that can have happened is that the store has lost it; the next step, which reads its
    beginning, finds that out and then looks here after all. After a minute, or when somebody has begun before, it is
    looked at anew.
    """
    made = row.completed_at
    return row.multipart_id == SINGLE_PUT and row.attempts <= 1 and made is not None and ctx.clock.now() - made < SEEN


def sniff_type(ctx: Context, row: Upload) -> Upload:
    """The type that the first bytes show is noted; one that is not allowed, or not the name's, is blocked."""
    if row.state != SCANNING:
        return row
    wanted = kinds.wanted(row.size)
    try:
        head = b"".join(ctx.store.read(row.key, 0, wanted))
    except StoreRefused as refused:
        if refused.code != "NoSuchKey" or (left := _verified(ctx, row)).state == SCANNING:
            raise
        return left
    if len(head) != wanted and (left := _verified(ctx, row)).state != SCANNING:
        return left
    try:
        row.sniffed = _kind(ctx, row, head)
    except Problem as problem:
        return _ends(ctx, row, states.BLOCK, problem)
    return row


def sniffed(ctx: Context, row: Upload, head: bytes) -> str | None:
    """The type that the first bytes show, empty when they show none; None when it is not one to be given out."""
    try:
        return _kind(ctx, row, head)
    except Problem:
        return None


def _kind(ctx: Context, row: Upload, head: bytes) -> str:
    if row.drop_id:
        sending.check_arrived(ctx, row, head)
    return kinds.check(ctx.settings, row.name, row.type, head)


def scan(ctx: Context, row: Upload) -> Upload:
    """Nothing goes on before the scanner has seen all of it. Raises ScannerUnavailable, to be tried again."""
    if row.state != SCANNING or row.scan:
        return row
    if not ctx.settings.scans:
        row.scan = OFF
        return row
    if ctx.scanner is None:
        raise ScannerUnavailable("there is no scanner, though SCAN=required")
    try:
        found = ctx.scanner.scan(ctx.store.read(row.key))
    except NotScannable as reason:
        log.warning("cannot be scanned", upload=row.id, cause=str(reason))
        return _ends(ctx, row, states.BLOCK, NotScanned(Sentence("problem-not_scanned-why", reason=str(reason))))
    if found is None:
        # It may have taken long, so it is written down at once.
        return _write(ctx, row, sniffed=row.sniffed, scan="clean")
    log.warning("a virus was found", upload=row.id, found=found)
    return _ends(ctx, row, states.BLOCK, VirusFound(Sentence("problem-virus_found-name", virus=found)), scan="found")


def ask_app(ctx: Context, row: Upload) -> Upload:
    """What the app around does before anybody may have the file, or has against that. Raises HookFault, to be tried again.

    A hook that was there when the file was completed, and is not in this process, is waited for.
    """
    if row.state != SCANNING or not row.scan:
        return row
    if missing := lacks(ctx, row):
        raise HookFault(missing)
    if ctx.hooks is None or not ctx.hooks.judges:
        return row
    key, kind = row.key, row.sniffed or row.type
    file = ArrivedFile(
        upload_id=row.id,
        owner=row.owner,
        name=row.name,
        size=row.size,
        type=kind,
        bucket=ctx.settings.s3_bucket,
        key=key,
        read=lambda: ctx.store.read(key),
        metadata=views.metadata_of(row),
        uploader=row.uploader,
    )
    refusal = ctx.hooks.finish(file)
    return row if refusal is None else _ends(ctx, row, states.BLOCK, UploadRefused(refusal), scan=row.scan)


def lacks(ctx: Context, row: Upload) -> str:
    """Which hooks this process does not have that the file has to pass, in a sentence; empty when it has them."""
    missing = set(row.asked.splitlines()) - set(ctx.hooks.judges if ctx.hooks is not None else ())
    if not missing:
        return ""
    return (
        f"there is no hook {', '.join(sorted(missing))} here, which this file has to pass: "
        "hand it to SmartUpload again, or start the app's own worker, SmartUpload.work()"
    )


def publish(ctx: Context, row: Upload) -> Upload:
    """The upload is ready. No byte moves; what a scanner has passed is marked as such in the store, for policies of its own."""
    if row.state != SCANNING or not row.scan:
        return row
    if row.scan == "clean":
        ctx.store.mark_clean(row.key)
    left = _write(ctx, row, states.PUBLISH, **_found_out(row.sniffed, row.scan))
    if left.state == READY:
        log.info("ready", upload=row.id, size=row.size, scan=row.scan)
    return left


def publish_all(ctx: Context, waiting: Sequence[Upload]) -> list[Upload | LeaseLost]:
    """The same in one transaction, for uploads that are `scanning` and that nobody scans: each as it is then, or why it is not known."""
    wishes = [Wish(row, _found_out(row.sniffed, row.scan)) for row in waiting]
    written = rows.move_all(ctx, states.PUBLISH, wishes, Only(held=True))
    log_ready([row for row in written if row is not None])
    return [after or _left(ctx, row) for row, after in zip(waiting, written, strict=True)]


def log_ready(ready: Sequence[Upload]) -> None:
    if ready:
        log.info("ready", uploads=" ".join(row.id for row in ready), size=sum(row.size for row in ready))


def is_all_known(ctx: Context, row: Upload) -> bool:
    """Whether nobody scans it or has a step of their own, and no earlier epoch is left that would have to be cleared.

    All that finishing would do is to look at its beginning then.
    """
    return not ctx.settings.scans and not row.asked and not object_keys.left_keys(row)


def passed(row: Upload, sniffed: str) -> Wish:
    """That such an upload, whose beginning has been looked at, is ready and nothing is left to do for it."""
    return Wish(row, _found_out(sniffed, OFF) | {"due_at": None})


def _found_out(sniffed: str, scan: str) -> dict[str, Any]:
    return {"sniffed": sniffed, "scan": scan, **NOTHING_KEPT}


def is_unscanned(row: Upload) -> bool:
    """Whether it only has to be published, and no scanner has been asked."""
    return row.state == SCANNING and row.scan == OFF


def clear(ctx: Context, row: Upload) -> Upload:
    """What nobody needs any more is deleted: objects of earlier epochs, part objects, a file that is not given out."""
    if row.state in (*OPEN, SCANNING):
        return row
    for key in object_keys.left_keys(row):
        ctx.store.delete(key)
    if row.attempts > 1 and row.key != object_keys.copied_key(row):
        ctx.store.delete(object_keys.copied_key(row))
    if row.state == FAILED or (row.state == BLOCKED and not ctx.settings.keep_blocked):
        ctx.store.delete(row.key)
    collect.clear(ctx, row)
    return row


Step = Callable[[Context, Upload], Upload]
STEPS: dict[str, Step] = {
    "verify": verify,
    "sniff": sniff_type,
    "scan": scan,
    "ask": ask_app,
    "publish": publish,
    "clear": clear,
}
"""In this order."""


def take(ctx: Context, row: Upload, step: Step) -> Upload:
    """The row after a step. What the store refuses because somebody else has ended the upload meanwhile is no fault."""
    try:
        return step(ctx, row)
    except StoreRefused:
        left = rows.find(ctx, row.id)
        if left is None or left.state == row.state:
            raise
        return left


def is_over(row: Upload) -> bool:
    """Whether it is known what becomes of it: only clearing up is left."""
    return row.state != SCANNING


def run(ctx: Context, upload_id: str) -> None:
    """All steps, one after the other, in this thread."""
    row = rows.find(ctx, upload_id)
    if row is None or row.due_at is None:
        return
    for step in STEPS.values():
        row = take(ctx, row, step)
    backlog.done(ctx, [row])


def _write(ctx: Context, row: Upload, transition: Transition | None = None, **values: Any) -> Upload:
    """The row with these values, or as somebody else has ended it meanwhile."""
    if transition is None:
        written = rows.change(ctx, row, (SCANNING,), held=True, **values)
    else:
        written = rows.move(ctx, row, transition, held=True, **values)
    left = written or _left(ctx, row)
    if isinstance(left, LeaseLost):
        raise left
    return left


def _left(ctx: Context, row: Upload) -> Upload | LeaseLost:
    left = rows.find(ctx, row.id)
    return LeaseLost(row.id) if left is None or left.state == SCANNING else left


def _ends(ctx: Context, row: Upload, transition: Transition, problem: Problem, **values: Any) -> Upload:
    left = _write(ctx, row, transition, sniffed=row.sniffed, **problem.kept(), **values)
    if left.state == transition.moves[SCANNING]:
        log.warning("not given out", upload=row.id, state=left.state, code=problem.code)
    return left
