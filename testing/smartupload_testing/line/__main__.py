"""`python -m smartupload_testing.line TO …`: a line with faults in front of a store or an app, until Ctrl-C or SIGTERM."""

from __future__ import annotations

import argparse
import contextlib
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from smartupload_testing.line.forward import ForwardLine
from smartupload_testing.line.line import Line
from smartupload_testing.line.reverse import ReverseLine
from smartupload_testing.line.rules import HELP, WrongRule, parse


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m smartupload_testing.line",
        description="A line in front of a store or an app that does to single requests what proxies do, until Ctrl-C or SIGTERM. It speaks HTTP/1.1 without TLS.",
        epilog=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument(
        "to",
        nargs="?",
        default="",
        metavar="HOST:PORT",
        help="where requests go; without it the line is a forward proxy, for everything a browser asks for",
    )
    made.add_argument("--port", type=int, default=0, help="where it listens on this machine; a free one without it")
    made.add_argument(
        "--rule", action="append", default=[], metavar="RULE", help="see below; may be given several times"
    )
    made.add_argument("--rate", type=float, metavar="BYTES", help="bytes of parts a second")
    return made


def open_line(words: Sequence[str]) -> Line:
    """As it is asked for. Ends the process with code 2 for what nobody understands, and where the port is taken."""
    made = parser()
    asked = made.parse_args(words)
    try:
        for text in asked.rule:
            parse(text)
        to = urlsplit(f"//{asked.to}") if asked.to else None
        address = (to.hostname or "", to.port or 80) if to else None
    except (WrongRule, ValueError) as wrong:
        made.error(str(wrong))
    try:
        line = ForwardLine(asked.port) if address is None else ReverseLine(lambda: address, asked.port)
    except OSError as taken:
        made.error(f"nothing can listen on port {asked.port}: {taken.strerror}")
    line.rule(*asked.rule)
    line.shape(asked.rate)
    return line


def main(words: Sequence[str] | None = None, until: Callable[[], object] | None = None) -> int:
    """Runs it; `until` waits for its end."""
    line = open_line(sys.argv[1:] if words is None else words)
    ended = threading.Event()
    # Before anybody is told that it is there, who may end it at once.
    if until is None:

        def end(number: int, frame: object) -> None:
            del number, frame
            ended.set()

        signal.signal(signal.SIGTERM, end)
        until = ended.wait
    sys.stdout.write(f"listening on http://127.0.0.1:{line.port}\n")
    sys.stdout.flush()
    with contextlib.suppress(KeyboardInterrupt):
        until()
    line.close()
    puts = sum(1 for _ in line.puts)
    applied = ", ".join(f"{count} × {text}" for text, count in line.rules.hits.items()) or "none"
    sys.stdout.write(f"{puts} parts, {line.received} bytes of them; rules applied: {applied}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
