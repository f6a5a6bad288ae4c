"""Rules for a line that does something to single requests: which requests one is about, and what becomes of them.

A rule is a text of words, such as `PUT part=3 answer=413 no-cors` (`HELP` has all of them).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

from smartupload_testing.line.part import Put, Request

HELP = """\
A rule says which requests it is about, then what becomes of them. The first rule that fits a request counts.

which requests (all of these words have to fit; none fits every request):
  PUT, GET, …      the method
  part=3           the PUT of this part of a file; of a form only with the next word
  path=/api/*      the path, with * for any text
  above=1MB        a body of more bytes (500KB, 1MB, 5MiB)
  websocket        what asks for a websocket
  times=2          the first so many of them only

what becomes of them:
  answer=413       the line answers itself, with a page of HTML, once the body has come
  no-cors          … without the headers that let a page of another site read the answer
  early            … before the body, and ends the connection
  strip=ETag       the answer loses this header
  cut=1MB          the connection is reset once so many bytes of the body have come
  cut=60s          the connection is reset so long after the request began
  hold             the request goes on, and nothing of the answer ever comes back
  block            the connection is reset at once

examples:
  PUT part=3 answer=413 no-cors
  PUT strip=Access-Control-Expose-Headers
  PUT above=1MB cut=1MB
  websocket block
  GET path=/api/events hold
  GET path=/sw.js answer=403
"""
PAGE = "<!doctype html><title>%d</title><h1>This is not what you asked for</h1>"
_UNITS = {"": 1, "B": 1, "KB": 10**3, "MB": 10**6, "KIB": 2**10, "MIB": 2**20}


class WrongRule(ValueError):
    """A rule that cannot be understood; the message says which word."""


@dataclass(frozen=True)
class Rule:
    """One rule, understood."""

    text: str
    method: str = ""
    part: int = 0
    path: str = "*"
    above: int = -1
    websocket: bool = False
    times: int = 0
    status: int = 0
    cors: bool = True
    early: bool = False
    strip: str = ""
    cut_bytes: int = -1
    cut_seconds: float = -1
    hold: bool = False
    block: bool = False

    def fits(self, request: Request, put: Put | None) -> bool:
        """Whether it is about this request, whatever happened before."""
        if self.method and request.method != self.method:
            return False
        if self.part and (put is None or put.part != self.part):
            return False
        if self.websocket and request.headers.get("upgrade", "").lower() != "websocket":
            return False
        return request.length > self.above and fnmatchcase(urlsplit(request.target).path, self.path)

    @property
    def answers(self) -> bool:
        """Whether the line answers in the place of the other side."""
        return self.status > 0

    def answer(self) -> bytes:
        """What it says."""
        page = (PAGE % self.status).encode()
        cors = "Access-Control-Allow-Origin: *\r\nAccess-Control-Expose-Headers: *\r\n" if self.cors else ""
        ends = "Connection: close\r\n" if self.early else ""
        head = (
            f"HTTP/1.1 {self.status} No\r\nContent-Type: text/html\r\nContent-Length: {len(page)}\r\n{cors}{ends}\r\n"
        )
        return head.encode() + page

    def stripped(self, head: bytes) -> bytes:
        """The head of an answer without the header."""
        unwanted = f"{self.strip.lower()}:".encode()
        return b"\r\n".join(line for line in head.split(b"\r\n") if not line.lower().startswith(unwanted))


class Rules:
    """Those of one line, and how often each was applied."""

    def __init__(self) -> None:
        self._rules: tuple[Rule, ...] = ()
        self.hits: Counter[str] = Counter()

    def set(self, texts: Iterable[str]) -> None:
        """These from now on, and no others. Raises WrongRule."""
        self._rules = tuple(parse(text) for text in texts)
        self.hits.clear()

    def __iter__(self) -> Iterator[Rule]:
        return iter(self._rules)

    def take(self, request: Request, put: Put | None) -> Rule | None:
        """The rule that counts for this request, which is one of its times."""
        for rule in self._rules:
            if rule.fits(request, put) and not (rule.times and self.hits[rule.text] >= rule.times):
                self.hits[rule.text] += 1
                return rule
        return None

    def take_tunnel(self) -> Rule | None:
        """The same for what goes through a tunnel without TLS, which is a websocket."""
        return self.take(Request("GET", "/", {"upgrade": "websocket"}), None) if any(self._of_websockets()) else None

    def _of_websockets(self) -> Iterator[Rule]:
        return (rule for rule in self._rules if rule.websocket)


def parse(text: str) -> Rule:
    """Raises WrongRule."""
    rule = Rule(text)
    for word in text.split():
        rule = _with(rule, word)
    if not (rule.answers or rule.strip or rule.cut_bytes >= 0 or rule.cut_seconds >= 0 or rule.hold or rule.block):
        raise WrongRule(f"{text!r} does not say what becomes of the request")
    return rule


def _with(rule: Rule, word: str) -> Rule:
    name, sign, value = word.partition("=")
    if not sign and word.isupper():
        return replace(rule, method=word)
    plain = {"websocket": {"websocket": True}, "no-cors": {"cors": False}, "cors": {"cors": True}}
    plain |= {flag: {flag: True} for flag in ("early", "hold", "block")}
    if not sign and word in plain:
        return replace(rule, **plain[word])
    if value and name in ("path", "strip"):
        return replace(rule, **{name: value})
    if value.isdigit() and name in ("part", "times"):
        return replace(rule, **{name: int(value)})
    if value.isdigit() and name == "answer":
        return replace(rule, status=int(value))
    if name == "cut" and (seconds := re.fullmatch(r"(\d+(?:\.\d+)?)s", value)):
        return replace(rule, cut_seconds=float(seconds[1]))
    if name in ("cut", "above"):
        return replace(rule, **{"cut_bytes" if name == "cut" else name: _bytes(word, value)})
    raise WrongRule(f"nobody knows the word {word!r}")


def _bytes(word: str, value: str) -> int:
    found = re.fullmatch(r"(\d+)([KM]?i?B?)", value, re.IGNORECASE)
    if found is None or found[2].upper() not in _UNITS:
        raise WrongRule(f"{word!r} is no number of bytes, such as 1MB")
    return int(found[1]) * _UNITS[found[2].upper()]
