"""The embedded store: one `weed mini` process that the app starts, watches, restarts and stops."""

from smartupload.devstack.identity import StoreEnded, StoreFailed
from smartupload.devstack.stack import DevStack

__all__ = ["DevStack", "StoreEnded", "StoreFailed"]
