"""How a multipart upload is opened in the store."""

from __future__ import annotations

from smartupload.errors import StoreFault, StoreUnavailable
from smartupload.service.context import Context


def open_in_store(ctx: Context, key: str, kind: str, part_count: int) -> str:
    """Open a multipart upload of so many parts; a store that refuses is as good as away, since nothing the person does can help."""
    try:
        return ctx.store.open_multipart(key, kind, part_count)
    except StoreFault as fault:
        raise StoreUnavailable from fault
