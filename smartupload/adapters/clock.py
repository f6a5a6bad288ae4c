"""The time of this machine."""

from datetime import UTC, datetime


class SystemClock:
    """Clock over the system's own."""

    def now(self) -> datetime:
        """Now, with the UTC time zone."""
        return datetime.now(UTC)
