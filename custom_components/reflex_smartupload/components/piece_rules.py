"""How two pieces of a card look: the block about leaving, and the field with a file's picture."""

from __future__ import annotations

from typing import Any

from .tokens import SENTENCE, Rules, drawing

_SETTLED = "M8 2a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM5.4 8.3l1.9 1.9 3.4-4"

HERO: Rules = {
    "gridColumn": "1 / -1",
    "boxSizing": "border-box",
    "display": "flex",
    "flexDirection": "column",
    "justifyContent": "center",
    "gap": "4px",
    # Kept for one line; for the first card of a list also for what may come below it.
    "minHeight": "46px",
    "marginTop": "12px",
    "padding": "9px 12px",
    "borderRadius": "var(--radius-3, 9px)",
    "background": "var(--su-good-soft)",
    "transition": "background-color 0.4s",
    "&[data-hero='']": {"display": "none"},
    "&[data-hero='stay']": {"background": "var(--su-warn-soft)"},
    "& > .su-leave": {
        **SENTENCE,
        "gap": "9px",
        "fontSize": "14.5px",
        "fontWeight": "600",
        "lineHeight": "1.4",
        "textWrap": "pretty",
        "transition": "color 0.4s",
        "&::before": {
            **SENTENCE["&::before"],
            "width": "20px",
            "height": "20px",
            "marginTop": "0",
            "mask": f"{drawing(_SETTLED)} center / contain no-repeat",
        },
        # The moment for which people look.
        "&:is([data-leave='return'], [data-leave='continues'])::before": {
            "animation": "smartupload-settles 0.45s cubic-bezier(0.3, 1.6, 0.6, 1)",
        },
    },
    "& > .su-free": {
        "display": "flex",
        "flexWrap": "wrap",
        "alignItems": "center",
        "gap": "4px 12px",
        "minHeight": "40px",
        "paddingInlineStart": "29px",
        "fontSize": "13.5px",
        "color": "var(--su-ink-2)",
        "& > p": {"flex": "1 1 260px", "margin": "0", "textWrap": "pretty"},
        "& .su-btn": {"padding": "3px 11px"},
    },
    "@media (prefers-reduced-motion: reduce)": {
        "&, & > .su-leave": {"transition": "none"},
        "& > .su-leave::before": {"animation": "none !important"},
    },
    "@media (forced-colors: active)": {"border": "1px solid CanvasText"},
}

# kind of file: (token of Radix, light, dark without it); text and others have the colour of what is beside them
_KINDS = {
    "image": ("teal-11", "#0d6e66", "#4fd1c2"),
    "video": ("crimson-11", "#a8326e", "#f08bb8"),
    "audio": ("violet-11", "#6d35c9", "#b79af2"),
    "document": ("blue-11", "#1d5fc4", "#7fb2f7"),
    "table": ("grass-11", "#2b701f", "#7fcb6e"),
    "archive": ("amber-11", "#855400", "#f0b35a"),
    "code": ("cyan-11", "#0b6482", "#5ec4e0"),
    "translation": ("orange-11", "#a8410f", "#f59a68"),
}


def _kinds() -> Rules:
    rules: dict[str, Any] = {}
    for kind, (token, light, dark) in _KINDS.items():
        rules[f"& > [data-kind='{kind}']"] = {
            "color": f"var(--{token}, {light})",
            ".dark &": {"color": f"var(--{token}, {dark})"},
        }
    return rules


#: What is in the field with a file's picture.
PICTURE: Rules = {
    "position": "relative",
    "overflow": "hidden",
    "& > [data-kind]": {
        "position": "absolute",
        "inset": "0",
        "display": "grid",
        "placeContent": "center",
        "justifyItems": "center",
        "gap": "1px",
        "lineHeight": "1",
        "background": "color-mix(in srgb, currentColor 11%, var(--su-paper))",
    },
    "& > [data-kind] > svg": {
        "display": "block",
        "width": "50%",
        "minWidth": "17px",
        "fill": "none",
        "stroke": "currentColor",
        "strokeWidth": "1.8",
        "strokeLinecap": "round",
        "strokeLinejoin": "round",
    },
    "& > [data-kind] > span": {"fontSize": "max(8.5px, 0.82em)"},
    "& > [data-kind] > canvas": {"position": "absolute", "inset": "0", "width": "100%", "height": "100%"},
    "& > [data-kind] > canvas[hidden]": {"display": "none"},
    **_kinds(),
}
