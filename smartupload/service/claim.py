"""Taking an upload along to a new owner, when the browser that began it has lost its owner's cookie."""

from __future__ import annotations

import hmac

from sqlalchemy.exc import IntegrityError

from smartupload.errors import UploadNotFound
from smartupload.models import KEPT, Upload
from smartupload.service import rows
from smartupload.service.context import Context
from smartupload.service.views import UploadView, view


def claim_upload(ctx: Context, owner: str, upload_id: str, key: str) -> UploadView:
    """Give an upload to this owner, who knows its id and the Idempotency-Key that made it.

    Both are random, and only the browser that began the upload has them: a browser that crashes writes its journal
    down at once, but a new cookie only after half a minute. Claiming one's own changes nothing. Raises UploadNotFound,
    for a wrong key as for an unknown upload.
    """
    with ctx.db.read() as session:
        row = session.get(Upload, upload_id)
    if row is None or not owner or not hmac.compare_digest(row.idempotency_key.encode(), key.strip().encode()):
        raise UploadNotFound
    if row.owner == owner:
        return view(ctx, row)
    try:
        claimed = rows.change(ctx, row, KEPT, owner=owner)
    except IntegrityError as taken:
        raise UploadNotFound from taken  # this owner has used the key for another upload
    if claimed is None:
        raise UploadNotFound
    ctx.live.changed(owner)
    return view(ctx, claimed)
