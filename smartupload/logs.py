"""What may stand in the log: no secret, no more than a little of what others have sent, and not the same trouble more often than helps.

Whoever has a websocket makes Reflex write what they sent, with the cookie that came with it. `Careful` is for the loggers of
others that do so, wherever an app sends its log; `configured` has it for all, and takes secrets out of every line.
"""

from __future__ import annotations

import logging
import re
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Literal

import structlog

from smartupload.throttle import Throttle

MOST = 300
"""Characters of one line that somebody else's words are in."""
FRAMES = 25
"""Of one traceback."""
EACH, SECONDS = 10, 60.0
"""So many records of one place in a program are written in so many seconds, where strangers can bring them about."""
STRANGERS = (
    "reflex.app",
    "reflex.state",
    "reflex_base.event.processor.base_state_processor",
    "reflex_base.event.processor.event_processor",
    "engineio.server",
    "socketio.server",
    "asyncio",
    "uvicorn.error",
    "smartupload.state.bounds",
)
"""Loggers that write what comes over a websocket, or what became of it."""

_SECRETS = tuple(
    (re.compile(pattern, re.IGNORECASE), shown)
    for pattern, shown in (
        (r"(smartupload_owner\W{1,8})[\w.-]{8,}", r"\1…"),
        # A header as text, and in a dict.
        (r"(\b(?:set-)?cookie['\"]?\s*[:=]\s*)(['\"]).*?(?:\2|$)", r"\1\2…\2"),
        (r"(\b(?:set-)?cookie:\s*)[^\r\n'\"]+", r"\1…"),
        (r"(authorization['\"]?\s*[:=]\s*['\"]?)[^\s'\",]+(\s+[^\s'\",]+)?", r"\1…"),
        (r"\b(sut_)[A-Za-z0-9]{8,}", r"\1…"),
        (r"\b(bearer\s+)[^\s'\",]+", r"\1…"),
        (r"\b(X-Amz-(?:Signature|Credential|Security-Token)=)[^&\s'\"]+", r"\1…"),
        (r"([?&]s=)[0-9a-f]{16,}", r"\1…"),
        (r"((?:/f/(?:group/)?|/api/shared(?:-group)?/)[\w-]{4})[\w-]{8,}", r"\1…"),
        (r"(://[^/\s:@]*:)[^/\s@]+(@)", r"\1…\2"),
    )
)


_REFLEX = "[Reflex Backend Exception]"
"""So begins what Reflex writes when a handler raised: its message holds the traceback."""


def redacted(text: str) -> str:
    """The text without cookies, tokens, signatures and passwords."""
    for pattern, shown in _SECRETS:
        text = pattern.sub(shown, text)
    return text


def one_line(text: str, most: int = MOST) -> str:
    """The beginning of a text that somebody else wrote, on one line."""
    # Cut before it is searched, which takes time; what is cut off in the middle of a secret is one still.
    line = redacted("".join(char if char.isprintable() else " " for char in text[: 8 * most]))
    return line if len(line) <= most else line[:most] + "…"


def outline(error: BaseException, trace: TracebackType | None, causes: int = 3) -> str:
    """Where an error and its causes came from, each message on one line."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    first = f"{outline(cause, cause.__traceback__, causes - 1)}\nfrom which came\n" if cause and causes else ""
    frames = traceback.format_list(traceback.extract_tb(trace, limit=-FRAMES))
    return f"{first}{''.join(frames)}{type(error).__name__}: {one_line(str(error))}"


class Careful(logging.Filter):
    """Lets through so many records of one place, each on one line; `now`: seconds, from any moment on."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._throttle = Throttle(EACH, SECONDS, now)

    def filter(self, record: logging.LogRecord) -> bool:
        """See logging.Filter."""
        more = self._throttle.left_out((record.name, record.lineno))
        if more is None:
            return False
        text, error = record.getMessage(), record.exc_info and record.exc_info[1]
        said = one_line(_last_place(text) if text.startswith(_REFLEX) else text)
        if error is not None:
            said += f" {type(error).__name__}: {one_line(str(error))}" if not said.endswith("…") else ""
        left_out = f" ({more} more of these were left out)" if more else ""
        record.msg, record.args = said + left_out, ()
        record.exc_info, record.exc_text, record.stack_info = None, None, None
        return True


def _last_place(text: str) -> str:
    """What was raised, and the last place that it went through."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    places = [line for line in lines if line.startswith("File ")]
    return " ".join([_REFLEX, *places[-1:], lines[-1]])


CAREFUL = Careful()


def be_careful() -> None:
    """From now on with what strangers bring about, wherever it is written; once is enough."""
    for name in STRANGERS:
        logging.getLogger(name).addFilter(CAREFUL)


def _without_secrets(_logger: Any, _method: str, said: dict[str, Any]) -> Mapping[str, Any]:
    """The last before a line is written."""
    return {name: _clean(value) for name, value in said.items()}


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return redacted(value)
    if isinstance(value, int | float | None):
        return value
    if isinstance(value, Mapping):
        return {redacted(str(name)): _clean(one) for name, one in value.items()}  # pyright: ignore[reportUnknownVariableType,reportUnknownArgumentType]
    if isinstance(value, list | tuple | set | frozenset):
        return [_clean(one) for one in value]  # pyright: ignore[reportUnknownVariableType]
    return redacted(str(value))


def _outlined(_logger: Any, _method: str, said: dict[str, Any]) -> Mapping[str, Any]:
    """An exception as where it came from: its message is on one line, since it may hold what somebody sent."""
    given = said.pop("exc_info", None)
    if given is True:
        given = sys.exc_info()
    if isinstance(given, BaseException):
        given = (type(given), given, given.__traceback__)
    if isinstance(given, tuple) and isinstance(given[1], BaseException):  # pyright: ignore[reportUnknownArgumentType]
        said["exception"] = outline(given[1], given[2])  # pyright: ignore[reportUnknownArgumentType]
    return said


class Waiting:
    """What waits for room on a disk is said in one line, once a minute of one kind: it goes on by itself, and no trace says more. `now`: seconds."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._throttle = Throttle(1, SECONDS, now)

    def __call__(self, _logger: Any, _method: str, said: dict[str, Any]) -> Mapping[str, Any]:
        """See structlog's processors."""
        given = said.get("exc_info")
        error = given if isinstance(given, BaseException) else sys.exc_info()[1] if given is True else None
        if getattr(error, "code", "") != "store_full":
            return said
        if self._throttle.left_out(str(said.get("event"))) is None:
            raise structlog.DropEvent
        return {name: value for name, value in said.items() if name != "exc_info"} | {"cause": str(error)}


def configure(log_format: Literal["console", "json"]) -> None:
    """Readable lines, or one JSON object a line: send structlog's and everybody else's records through the same end, to stderr."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ExtraAdder(),
    ]
    own: list[Any] = [Waiting(), *shared]
    structlog.configure(
        processors=[*own, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    ends: list[Any] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, _outlined, _without_secrets]
    if log_format == "json":
        ends += [structlog.processors.JSONRenderer()]
    else:
        ends += [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=ends))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    for chatty in ("botocore", "boto3", "urllib3", "alembic", "uvicorn.error", "engineio", "socketio", "httpx"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    be_careful()
