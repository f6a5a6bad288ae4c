"""What happens after the last byte: verify, sniff, scan, publish, clear. Each step may be done again without harm."""

from __future__ import annotations

import contextlib
from typing import Any

import structlog

from smartupload.errors import FileLost, NotScannable, NotScanned, Problem, ScannerUnavailable, StoreFault, VirusFound
from smartupload.models import BLOCKED, FAILED, OPEN, READY, SCANNING, Upload
from smartupload.service.context import Context
from smartupload.service.files import kinds, object_keys
from smartupload.service.parts import collect
from smartupload.service.presentation import views
from smartupload.service.records import rows

log = structlog.get_logger("smartupload.service")


def verify(ctx: Context, upload_id: str, epoch: int) -> None:
    """The object is there, as large and with the checksum that the parts gave; else the upload has failed."""
    row = _waiting(ctx, upload_id, epoch)
    if row is not None and not object_keys.is_whole(row, ctx.store.head(row.key)):
        _ends(ctx, row, FAILED, FileLost())


def sniff_type(ctx: Context, upload_id: str, epoch: int) -> None:
    """The type that the first bytes show is written down; one that is not allowed, or not the name's, is blocked."""
    row = _waiting(ctx, upload_id, epoch)
    if row is None:
        return
    head = b"".join(ctx.store.read(row.key, 0, min(kinds.HEAD, row.size)))
    try:
        kind = kinds.check(ctx.settings, row.name, row.type, head)
    except Problem as problem:
        _ends(ctx, row, BLOCKED, problem)
        return
    rows.change(ctx, row, (SCANNING,), sniffed=kind)


def scan(ctx: Context, upload_id: str, epoch: int) -> None:
    """Nothing goes on before the scanner has seen all of it. Raises ScannerUnavailable, to be tried again."""
    row = _waiting(ctx, upload_id, epoch)
    if row is None or row.scan:
        return
    if not ctx.settings.scans:
        rows.change(ctx, row, (SCANNING,), scan="off")
        return
    if ctx.scanner is None:
        raise ScannerUnavailable("there is no scanner, though SCAN=required")
    try:
        found = ctx.scanner.scan(ctx.store.read(row.key))
    except NotScannable as reason:
        log.warning("cannot be scanned", upload=row.id, cause=str(reason))
        _ends(ctx, row, BLOCKED, NotScanned(f"{NotScanned.sentence} ({reason})"))
        return
    if found is None:
        rows.change(ctx, row, (SCANNING,), scan="clean")
        return
    log.warning("a virus was found", upload=row.id, found=found)
    sentence = f"A virus was found in this file ({found}). Nobody can open it; check your computer."
    _ends(ctx, row, BLOCKED, VirusFound(sentence), scan="found")


def publish(ctx: Context, upload_id: str, epoch: int) -> None:
    """The object is copied to where files lie, and the upload is ready."""
    row = _waiting(ctx, upload_id, epoch)
    if row is None or not row.scan:
        return
    target = object_keys.published_key(row)
    if not object_keys.is_whole(row, ctx.store.head(target), copied=True):
        ctx.store.copy(row.key, target, row.size, views.type_of(row))
    ready = rows.change(ctx, row, (SCANNING,), state=READY, key=target, error_code=None, error_detail=None)
    if ready is not None:
        log.info("ready", upload=row.id, size=row.size, scan=row.scan)


def clear(ctx: Context, upload_id: str, epoch: int) -> None:
    """What the file is no longer needed at is deleted: the quarantined object, part objects, a copy nobody may have."""
    row = rows.find(ctx, upload_id)
    if row is None or row.epoch != epoch or row.state in (*OPEN, SCANNING):
        return
    for key in object_keys.earlier_keys(row):
        ctx.store.delete(key)
    if row.state == READY:
        ctx.store.delete(object_keys.quarantine_key(row))
        collect.clear(ctx, row)
        return
    ctx.store.delete(object_keys.published_key(row))
    if row.state in (BLOCKED, FAILED) and not (row.state == BLOCKED and ctx.settings.keep_blocked):
        ctx.store.delete(object_keys.quarantine_key(row))
    collect.clear(ctx, row)


STEPS = {"verify": verify, "sniff": sniff_type, "scan": scan, "publish": publish, "clear": clear}
"""In this order. Each takes the context, the upload's id and its epoch."""


def run(ctx: Context, upload_id: str, epoch: int) -> None:
    """All steps, one after the other, in this thread."""
    for step in STEPS.values():
        step(ctx, upload_id, epoch)


def waits(ctx: Context, upload_id: str, epoch: int) -> bool:
    """Whether there is anything left that `publish` and what comes before it could do."""
    return _waiting(ctx, upload_id, epoch) is not None


def _waiting(ctx: Context, upload_id: str, epoch: int) -> Upload | None:
    """The upload, when it still waits to be finished: not cancelled, and not done by somebody else."""
    row = rows.find(ctx, upload_id)
    return row if row is not None and row.state == SCANNING and row.epoch == epoch else None


def _ends(ctx: Context, row: Upload, state: str, problem: Problem, **values: Any) -> None:
    ended = rows.change(
        ctx, row, (SCANNING,), state=state, error_code=problem.code, error_detail=problem.detail, **values
    )
    if ended is not None:
        log.warning("not given out", upload=row.id, state=state, code=problem.code)
        with contextlib.suppress(StoreFault, Problem):
            clear(ctx, row.id, row.epoch)
