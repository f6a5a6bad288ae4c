"""The rules that several components share, and where their colours come from: the app's Radix theme, or plain ones without it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Rules = Mapping[str, Any]

_TICK = "M3 8.5 6.5 12 13 4.5"
_CLOCK = "M8 2a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM8 4.8V8l2 1.6"


def drawing(path: str) -> str:
    svg = (
        "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16' fill='none' stroke='%23000' stroke-width='1.7' "
        f"stroke-linecap='round' stroke-linejoin='round'%3E%3Cpath d='{path}'/%3E%3C/svg%3E"
    )
    return f'url("data:image/svg+xml,{svg}")'


# name: (token of Radix, light, dark without it)
TOKENS = {
    "ink": ("gray-12", "#16181d", "#eceef2"),
    "ink-2": ("gray-11", "#565c6b", "#a7aebb"),
    "paper": ("color-panel-solid", "#ffffff", "#16181d"),
    "ground": ("gray-2", "#f6f7f9", "#0e1013"),
    "line": ("gray-6", "#e4e7ec", "#282c34"),
    "line-2": ("gray-4", "#eef0f3", "#1f2229"),
    "accent": ("accent-9", "#4f46e5", "#8b8cf8"),
    "accent-ink": ("accent-11", "#4338ca", "#a5a6fb"),
    "on-accent": ("accent-contrast", "#ffffff", "#12131a"),
    "accent-soft": ("accent-3", "#f0f0fe", "#1d1f36"),
    "edge": ("gray-9", "#7f8695", "#6b7382"),
    # Of a bar, each 3:1 beside the other and beside the paper.
    "safe": ("accent-8", "#8488f4", "#5f63b8"),
    "sent": ("accent-12", "#3730a3", "#c7d2fe"),
    "good": ("green-11", "#0b7a53", "#4cc38a"),
    "good-soft": ("green-3", "#e6f6ef", "#12291f"),
    "warn": ("amber-11", "#925300", "#f0b35a"),
    "warn-soft": ("amber-3", "#fff4e0", "#2b2113"),
    "bad": ("red-11", "#b42b25", "#f2807a"),
    "danger": ("red-9", "#b42b25", "#f2807a"),
    "on-danger": ("red-contrast", "#ffffff", "#12131a"),
    "bad-soft": ("red-3", "#fdeceb", "#2f1816"),
}


def _colours() -> Rules:
    light = {f"--su-{name}": f"var(--{token}, {plain})" for name, (token, plain, _) in TOKENS.items()}
    dark = {f"--su-{name}": f"var(--{token}, {plain})" for name, (token, _, plain) in TOKENS.items()}
    return {**light, ".dark &": dark, "color": "var(--su-ink)", "fontSize": "14px", "lineHeight": "1.5"}


COLOURS = _colours()


def spaced(margin: str) -> Rules:
    """Room above and below, which collapses with that of the next; in stacks their own spacing counts."""
    return {"marginBlock": margin, ".rt-Flex > &, .rt-Grid > &": {"marginBlock": "0"}}


HIDDEN = {
    "position": "absolute",
    "width": "1px",
    "height": "1px",
    "overflow": "hidden",
    "clipPath": "inset(50%)",
    "whiteSpace": "nowrap",
}

BUTTON = {
    "font": "inherit",
    "cursor": "pointer",
    "border": "0",
    "background": "none",
    "color": "var(--su-ink-2)",
    "borderRadius": "var(--radius-2, 6px)",
    "padding": "4px 9px",
    "whiteSpace": "nowrap",
    "textDecoration": "none",
    "&:hover": {"background": "var(--su-line-2)", "color": "var(--su-ink)"},
    "&:focus-visible": {"outline": "2px solid var(--su-accent)", "outlineOffset": "2px"},
    "&:focus-within": {"outline": "2px solid var(--su-accent)", "outlineOffset": "2px"},
}

STRONG = {
    **BUTTON,
    "background": "var(--su-accent)",
    "color": "var(--su-on-accent)",
    "padding": "6px 13px",
    "&:hover": {"background": "var(--su-accent-ink)", "color": "var(--su-paper)"},
}

SENTENCE = {
    "display": "flex",
    "gap": "7px",
    "alignItems": "flex-start",
    "margin": "0",
    "fontSize": "13.5px",
    "color": "var(--su-good)",
    "&[data-leave='']": {"display": "none"},
    "&[data-leave='stay']": {"color": "var(--su-warn)"},
    "&::before": {
        "content": '""',
        "flex": "none",
        "width": "15px",
        "height": "15px",
        "marginTop": "2.5px",
        "background": "currentColor",
        "mask": f"{drawing(_TICK)} center / contain no-repeat",
    },
    "&[data-leave='stay']::before": {"maskImage": drawing(_CLOCK)},
}

TELL = {
    "& .tell": {"outline": "0", "minWidth": "0"},
    "& .tell[data-tell='']": {"display": "none"},
    "& .tell-told": {"color": "var(--su-good)", "fontSize": "13.5px"},
    "& .tell .problem": {"color": "var(--su-bad)", "margin": "8px 0 0"},
    "& .tell-mail": {"display": "flex", "flexWrap": "wrap", "gap": "8px", "marginTop": "8px"},
    "& .tell-mail label": {"flex": "1 0 100%", "color": "var(--su-ink-2)"},
    "& .tell-mail input": {
        "font": "inherit",
        "flex": "1 1 180px",
        "minWidth": "0",
        "padding": "6px 10px",
        "color": "inherit",
        "background": "var(--su-paper)",
        "border": "1px solid var(--su-line)",
        "borderRadius": "var(--radius-2, 6px)",
    },
}

BAR = {
    "position": "relative",
    "boxSizing": "border-box",
    "height": "7px",
    "border": "1px solid var(--su-edge)",
    "borderRadius": "99px",
    "overflow": "hidden",
    "background": "var(--su-paper)",
    "[dir='rtl'] &": {"transform": "scaleX(-1)"},
    "& > *": {"position": "absolute", "inset": "0", "borderRadius": "99px", "transition": "transform 0.4s linear"},
    "& > .su-safe": {"background": "var(--su-safe)"},
    "& > .su-sent": {"background": "var(--su-sent)"},
    "@media (prefers-reduced-motion: reduce)": {"& > *": {"transition": "none"}},
    "@media (forced-colors: active)": {
        "border": "1px solid CanvasText",
        "& > *": {"forcedColorAdjust": "none"},
        "& > .su-safe": {"background": "GrayText"},
        "& > .su-sent": {"background": "Highlight"},
    },
}

FIGURES = {
    "display": "flex",
    "flexWrap": "wrap",
    "gap": "0 12px",
    "fontSize": "13.5px",
    "color": "var(--su-ink-2)",
    "fontVariantNumeric": "tabular-nums",
    "& > :empty": {"display": "none"},
    "& > [data-testid='eta']": {"whiteSpace": "nowrap"},
}

NAME = {"fontWeight": "550", "whiteSpace": "nowrap", "overflow": "hidden", "textOverflow": "ellipsis"}

STROKE = {
    "display": "block",
    "flex": "none",
    "fill": "none",
    "stroke": "currentColor",
    "strokeWidth": "1.8",
    "strokeLinecap": "round",
    "strokeLinejoin": "round",
}
