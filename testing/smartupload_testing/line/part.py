"""Which requests on the line bring a part of a file, and what is known of each."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

RELAY = re.compile(r"/api/uploads/([^/]+)/parts/(\d+)/relay")
"""Where a part goes that goes through the app."""
FORM_KEY = re.compile(rb'name="key"\r\n\r\n(?:handover/([^/]+)/\d+/(\d+)|uploads/(?:[^/\r]+/)*([^/\r]+)/\d+)\r\n')
"""Of a part that the browser was handed over, and of a small file that is an object of its own."""


@dataclass
class Put:
    """One PUT of a part, or its form: `received` body bytes came from the browser since `started`, and its answer came when it had `ended` (time.monotonic)."""

    upload_id: str
    part: int
    size: int
    started: float
    received: int = 0
    first_byte: float | None = None
    ended: float | None = None
    status: int | None = None
    host: str = ""
    damaged: bool = False
    dropped: bool = False

    def name(self, beginning: bytes) -> None:
        """A form says in its first field which part it brings."""
        found = FORM_KEY.search(beginning)
        if found:
            self.upload_id, self.part = (found[1] or found[3]).decode(), int(found[2] or 1)


@dataclass(frozen=True)
class Request:
    """The head of a request, understood."""

    method: str
    target: str
    headers: dict[str, str]

    @classmethod
    def of(cls, head: bytes) -> Request:
        lines = head.decode("latin-1").split("\r\n")
        method, target = lines[0].split(" ")[:2]
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        return cls(method, target, headers)

    @property
    def length(self) -> int:
        """Bytes of the body."""
        return int(self.headers.get("content-length") or 0)

    def put(self) -> Put | None:
        """Set when it is a PUT of a part: signed for the store, or through the app."""
        if self.method != "PUT":
            return None
        if through := RELAY.fullmatch(urlsplit(self.target).path):
            return Put(through[1], int(through[2]), self.length, time.monotonic(), host=self.headers["host"])
        query = parse_qs(urlsplit(self.target).query)
        if "X-Amz-Signature" not in query:
            return None
        # A file of one part is an object of its own: the path says of which upload.
        upload = query["uploadId"][0] if "uploadId" in query else urlsplit(self.target).path.split("/")[-2]
        number = int(query.get("partNumber", ["1"])[0])
        return Put(upload, number, self.length, time.monotonic(), host=self.headers["host"])

    def form(self) -> Put | None:
        """Set when it is a part that comes as a form; which one is said in its body."""
        is_form = self.headers.get("content-type", "").startswith("multipart/form-data")
        if self.method != "POST" or urlsplit(self.target).query or not is_form:
            return None
        return Put("", 0, self.length, time.monotonic(), host=self.headers["host"])
