"""How mails look: one column, styles inside the elements since mail programs know few others, everything escaped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from smartupload import words
from smartupload.words.catalogue import direction

# Light colours stand in the elements, for programs that read nothing else; dark ones replace them by class.
_DARK = {
    "ground": "background:#0e1013",
    "paper": "background:#16181d;border-color:#282c34",
    "ink": "color:#eceef2",
    "soft": "color:#a7aebb",
    "line": "border-color:#282c34",
    "btn": "background:#8b8cf8;color:#12131a",
    "mark": "background:#8b8cf8",
    "good": "background:#12291f;color:#4cc38a",
    "bad": "background:#2f1816;color:#f2807a",
    "warn": "background:#2b2113;color:#f0b35a",
}
_TONES = {
    "good": "background:#e6f6ef;color:#0b7a53",
    "bad": "background:#fdeceb;color:#b42b25",
    "warn": "background:#fff4e0;color:#925300",
}
_FONT = "font-family:Inter,-apple-system,'Segoe UI',Roboto,'Noto Sans',Helvetica,Arial,sans-serif"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: a state in a word or two, and a sentence. Without a name it is the sentence alone."""

    name: str
    size: str
    url: str
    state: str
    sentence: str
    tone: str


@dataclass(frozen=True, slots=True)
class Button:
    """The one thing to do."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """A small line, as a link when it has an address."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A mail from top to bottom. `preview` is what lists of mails show below the subject."""

    title: str
    preview: str
    entries: Sequence[Entry]
    note: Line | None
    button: Button | None
    foot: Sequence[Line]


def render(document: Document) -> str:
    """The whole HTML."""
    alone = len(document.entries) == 1
    dark = "".join(f".{name}{{{_important(style)}}}" for name, style in _DARK.items())
    entries = "".join(_entry(entry, first=at == 0, alone=alone) for at, entry in enumerate(document.entries))
    note = f'<p class="soft" style="{_p("#565c6b")}">{_line(document.note)}</p>' if document.note else ""
    # Mail programs make links of names like film.mov by themselves, to a site that anybody may own. Ours is there first.
    title = _linked(document.title, document.entries[0].url if alone else "", "color:inherit;text-decoration:none")
    foot = "<br>".join(_line(line) for line in document.foot)
    # Mail programs know left and right, and few of them where a line begins.
    is_rtl = direction(words.language()) == "rtl"
    way, start, end = (' dir="rtl"', "right", "left") if is_rtl else ("", "left", "right")
    return f"""<!doctype html>
<html lang="{words.language()}"{way}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>{escape(document.title)}</title>
<style>:root{{color-scheme:light dark}}@media (prefers-color-scheme:dark){{{dark}}}
@media (max-width:480px){{.paper{{padding:24px 20px!important}}.outer{{padding:16px 10px!important}}}}</style></head>
<body class="ground" style="margin:0;padding:0;background:#f6f7f9;{_FONT}">
<div style="display:none;max-height:0;overflow:hidden">{escape(document.preview[:140])}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>
<td class="outer ground" align="center" style="padding:32px 16px;background:#f6f7f9">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:520px;text-align:{start};table-layout:fixed">
<tr><td style="padding:0 4px 16px;font-size:15px;line-height:20px;font-weight:600">
<span class="mark" style="display:inline-block;width:14px;height:14px;border-radius:4px;background:#4f46e5;vertical-align:-2px;margin-{end}:8px">\
</span><span class="ink" style="color:#16181d">smartupload</span></td></tr>
<tr><td class="paper" style="background:#ffffff;border:1px solid #e4e7ec;border-radius:16px;padding:32px">
<h1 class="ink" style="margin:0;font-size:22px;line-height:29px;font-weight:650;letter-spacing:-0.02em;color:#16181d;{_WRAP}">{title}</h1>
{entries}{note}{_button(document.button)}</td></tr>
<tr><td class="soft" style="padding:16px 4px 0;font-size:12.5px;line-height:19px;color:#646b7a;{_WRAP}">{foot}</td></tr>
</table></td></tr></table></body></html>
"""


_WRAP = "overflow-wrap:anywhere;word-break:break-word"


def _p(color: str) -> str:
    return f"margin:14px 0 0;font-size:15px;line-height:23px;color:{color};{_WRAP}"


def _entry(entry: Entry, first: bool, alone: bool) -> str:
    sentence = f'<p class="soft" style="{_p("#565c6b")}">{escape(entry.sentence)}</p>'
    if not entry.name:
        return sentence
    name = _linked(entry.name, entry.url, "color:inherit;text-decoration:none")
    chip = (
        f'<span class="{entry.tone}" style="display:inline-block;padding:1px 9px;border-radius:99px;font-size:12.5px;'
        f'line-height:19px;font-weight:550;white-space:nowrap;{_TONES[entry.tone]}">{escape(entry.state)}</span>'
    )
    size = f'<span class="soft" style="font-size:13.5px;color:#565c6b">{escape(entry.size)}</span>'
    if alone:
        # The title says the name; what is left is how large it is and how it stands.
        return f'<p style="margin:12px 0 0;line-height:22px">{chip}&nbsp; {size}</p>{sentence}'
    space = "margin:20px 0 0" if first else "margin:16px 0 0;padding:16px 0 0;border-top:1px solid #e4e7ec"
    return (
        f'<div class="line" style="{space}"><div class="ink" style="font-size:15px;line-height:22px;font-weight:600;'
        f'color:#16181d;{_WRAP}">{name}</div><div style="margin:3px 0 0;line-height:22px">{chip}&nbsp; {size}</div>'
        f'<div class="soft" style="margin:5px 0 0;font-size:13.5px;line-height:20px;color:#565c6b;{_WRAP}">'
        f"{escape(entry.sentence)}</div></div>"
    )


def _button(button: Button | None) -> str:
    if button is None:
        return ""
    return (
        '<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:24px 0 0"><tr>'
        '<td class="btn" style="border-radius:10px;background:#4f46e5">'
        f'<a class="btn" href="{escape(button.url)}" style="display:inline-block;padding:11px 22px;font-size:15px;line-height:20px;'
        f'font-weight:600;color:#ffffff;background:#4f46e5;border-radius:10px;text-decoration:none">{escape(button.text)}</a>'
        "</td></tr></table>"
    )


def _line(line: Line) -> str:
    return _linked(line.text, line.url, "color:inherit;text-decoration:underline")


def _linked(text: str, url: str, style: str) -> str:
    return f'<a href="{escape(url)}" style="{style}">{escape(text)}</a>' if url else escape(text)


def _important(style: str) -> str:
    return ";".join(f"{rule}!important" for rule in style.split(";"))
