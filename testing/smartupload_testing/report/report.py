"""The report for people: one page with a row for each scenario, and a picture of what failed in it."""

from __future__ import annotations

import base64
import html
from collections.abc import Sequence
from dataclasses import dataclass, field

MIB = 1024 * 1024
STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; color: #1c1c28 }
table { border-collapse: collapse; width: 100% } th { text-align: left; font-weight: 600 }
td, th { padding: .45rem .7rem; border-bottom: 1px solid #ddd; vertical-align: top } .n { text-align: right; font-variant-numeric: tabular-nums }
.passed { color: #17692f } .failed { color: #b3261e; font-weight: 600 } .skipped { color: #7a5b00 } small { color: #555 }
pre { white-space: pre-wrap; background: #f5f5f7; padding: .8rem; border-radius: .4rem; overflow-wrap: anywhere } img { max-width: 100%; border: 1px solid #ddd }
"""


@dataclass
class Result:
    """One scenario. `twice` is None where nothing was counted; `said` is why it failed or was skipped."""

    name: str
    sentence: str = ""
    outcome: str = "passed"
    seconds: float = 0
    size: int = 0
    sent: int = 0
    twice: int | None = None
    parts_twice: int = 0
    is_exact: bool = True
    said: str = ""
    pictures: list[bytes] = field(default_factory=list[bytes])


def summary(results: Sequence[Result]) -> str:
    """In one line."""
    counts = [(word, sum(one.outcome == word for one in results)) for word in ("passed", "failed", "skipped")]
    return ", ".join(f"{count} {word}" for word, count in counts if count) or "nothing was tried"


def page(site: str, facts: Sequence[str], results: Sequence[Result]) -> str:
    """All of it, as HTML that needs no other file."""
    rows = "".join(_row(one) for one in results)
    failed = "".join(_failure(one) for one in results if one.outcome == "failed")
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{summary(results)}: {_text(site)}</title><style>{STYLE}</style>'
        f"<h1>Uploads at {_text(site)}</h1><p><b>{summary(results)}</b><br>{'<br>'.join(map(_text, facts))}</p>"
        '<table><tr><th>scenario<th><th class="n">seconds<th class="n">sent<th class="n">sent twice</tr>'
        f"{rows}</table>{failed}</html>"
    )


def _row(one: Result) -> str:
    name = f'<a href="#{_text(one.name)}">{_text(one.name)}</a>' if one.outcome == "failed" else _text(one.name)
    why = f"<br><small>{_text(one.said)}</small>" if one.outcome == "skipped" else ""
    return (
        f"<tr><td><b>{name}</b><br>{_text(one.sentence)}{why}"
        f'<td class="{one.outcome}">{one.outcome}<td class="n">{one.seconds:.0f}'
        f'<td class="n">{_size(one.sent)}<br><small>of {_size(one.size)}</small><td class="n">{_twice(one)}</tr>'
    )


def _twice(one: Result) -> str:
    if one.twice is None:
        return ""
    if not one.is_exact:
        return f"{_size(one.twice)}<br><small>with what is around it in TLS</small>"
    return f"{_size(one.twice)}<br><small>{one.parts_twice} parts</small>"


def _failure(one: Result) -> str:
    pictures = "".join(
        f'<p><img alt="the page" src="data:image/png;base64,{base64.b64encode(it).decode()}">' for it in one.pictures
    )
    return f'<h2 id="{_text(one.name)}">{_text(one.name)}</h2><pre>{_text(one.said)}</pre>{pictures}'


def _size(amount: int) -> str:
    return f"{amount / MIB:.1f} MiB"


def _text(text: str) -> str:
    return html.escape(text)
