"""How much of a disk is left for files: a part of it stays free, for the database, the log, and a store that fails once there is nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

_STORE_KEEPS = 100
"""One in so many bytes the embedded store leaves free itself: below that it takes nothing."""
_SHARE, _MOST = 20, 64 * 1024**2
"""Besides, one in so many bytes, and this many at most: for the database, and for what is on the line already."""


class Disk:
    """The one that a folder lies on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def room(self) -> int:
        """Bytes that files may still take; none or less when it is full. Raises OSError where there is no such folder."""
        usage = shutil.disk_usage(self.folder)
        return usage.free - kept(usage.total)

    def share_left(self) -> float:
        """What is free, as a share of what is to stay free: below 1 the disk counts as full."""
        usage = shutil.disk_usage(self.folder)
        return usage.free / max(1, kept(usage.total))

    def sentence(self) -> str:
        """How full it is, for whoever runs the site."""
        usage = shutil.disk_usage(self.folder)
        return (
            f"the disk of the data folder is full: {usage.free // 1024**2} MiB are free, and "
            f"{kept(usage.total) // 1024**2} MiB have to stay so"
        )


def kept(total: int) -> int:
    """Bytes of a disk of this size that stay free."""
    return total // _STORE_KEEPS + min(_MOST, total // _SHARE)
