"""The server half of smartupload: it signs, records and finishes uploads; the bytes never pass through it.

`SmartUpload` is all of it for an app of your own. It loads on first use, since the command needs to check the settings
before anything else is imported.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from smartupload.composition import SmartUpload as SmartUpload

__all__ = ["SmartUpload"]


def __getattr__(name: str) -> Any:
    if name != "SmartUpload":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from smartupload.composition import SmartUpload

    return SmartUpload
