"""What went over the line, counted."""

from __future__ import annotations

from collections import Counter

from smartupload_testing.line.part import Put


class Counts:
    """Every part, by PUT or as a form, and how many requests there were of each method."""

    def __init__(self) -> None:
        self.puts: list[Put] = []
        # Parts that come as forms: those that the browser sends by itself, and small files.
        self.posts: list[Put] = []
        self.requests: Counter[str] = Counter()

    def forget(self) -> None:
        """Count anew."""
        self.puts.clear()
        self.posts.clear()
        self.requests.clear()

    @property
    def received(self) -> int:
        """Body bytes of all parts that came from the browser."""
        return sum(put.received for put in self.puts)

    @property
    def posted(self) -> int:
        """Bytes of all forms that came from the browser; each holds a part and some hundred bytes of fields."""
        return sum(post.received for post in self.posts)

    def in_flight(self) -> list[Put]:
        """Parts on their way now."""
        return [put for put in self.puts if put.status is None and not put.dropped]

    @property
    def unconfirmed(self) -> int:
        """Bytes of all parts and forms that the store has not said it took: what may go twice, once their browser is killed."""
        return sum(one.size for one in self.puts + self.posts if one.status not in (200, 201, 204))

    @property
    def repeated(self) -> int:
        """Bytes of all forms that were begun while the same one was on its way. The engine cannot do that to what the browser sends by itself:
        30 s after any page was loaded Chromium begins anew what no answer has come of (UpdateDriverState of its download service, version 150).
        """
        bytes_of, until = 0, dict[tuple[str, int], float]()
        for post in self.posts:
            name = (post.upload_id, post.part)
            if post.started < until.get(name, 0.0):
                bytes_of += post.received
            if not post.dropped:
                until[name] = max(until.get(name, 0.0), float("inf") if post.ended is None else post.ended)
        return bytes_of

    def part_counts(self) -> Counter[tuple[str, int]]:
        """How many times each part was started with at least one byte."""
        return Counter((put.upload_id, put.part) for put in self.puts if put.received)

    def statuses(self) -> Counter[int]:
        """How often the store answered what to a part."""
        return Counter(put.status for put in self.puts if put.status is not None)
