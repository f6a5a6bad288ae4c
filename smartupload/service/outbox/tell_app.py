"""What the app around is told of a file that is ready, and when there is no point in telling it."""

from __future__ import annotations

from smartupload.errors import HookFault, TargetGone, TryAgain, Undeliverable
from smartupload.hooks import ReadyFile
from smartupload.models import Event
from smartupload.service.context import Context
from smartupload.service.presentation import views
from smartupload.service.records import recipients, rows


def send(ctx: Context, event: Event, listener: str) -> None:
    """Call the hook of this name. Raises TryAgain, Undeliverable, TargetGone."""
    row = rows.find(ctx, event.upload_id)
    if row is None or not recipients.is_true(event.kind, row):
        raise TargetGone("the file was deleted meanwhile")
    file = ReadyFile(
        event_id=str(event.id),
        upload_id=row.id,
        owner=row.owner,
        name=row.name,
        size=row.size,
        type=views.type_of(row),
        bucket=ctx.settings.s3_bucket,
        key=row.key,
        checksum=row.checksum,
        share_url=views.share_url(ctx, row),
        metadata=views.metadata_of(row),
        uploader=row.uploader,
    )
    if ctx.hooks is None:
        raise Undeliverable("there are no hooks")
    try:
        ctx.hooks.on_ready(listener, file)
    except HookFault as fault:
        raise TryAgain(str(fault)) from fault
    except LookupError as unknown:
        raise Undeliverable(f"there is no hook of the name {listener} any more") from unknown
