"""How the place for files looks, a sentence about leaving, and the button for messages."""

from __future__ import annotations

from .tokens import COLOURS, HIDDEN, SENTENCE, STRONG, TELL, Rules, spaced

DROP: Rules = {
    **COLOURS,
    **spaced("16px"),
    "position": "relative",
    "display": "grid",
    "justifyItems": "center",
    "gap": "2px",
    "padding": "32px 20px",
    "textAlign": "center",
    "color": "var(--su-ink-2)",
    "background": "var(--su-paper)",
    "border": "1.5px dashed var(--su-line)",
    "borderRadius": "var(--radius-4, 12px)",
    "transition": "border-color 0.15s, background-color 0.15s",
    "&:hover": {"borderColor": "var(--su-accent)"},
    "[data-dropping] &": {
        "borderStyle": "solid",
        "borderColor": "var(--su-accent)",
        "background": "var(--su-accent-soft)",
    },
    "& strong": {"fontSize": "16px", "fontWeight": "600", "color": "var(--su-ink)"},
    "& .su-pick": {"cursor": "pointer", "color": "var(--su-accent-ink)", "fontWeight": "550", "borderRadius": "4px"},
    "& .su-pick:hover": {"textDecoration": "underline"},
    "& .su-pick:focus-within": {"outline": "2px solid var(--su-accent)", "outlineOffset": "3px"},
    # All of the area picks files; the folder stays on top.
    "& .su-pick-files::after": {"content": '""', "position": "absolute", "inset": "0"},
    "& .su-pick-folder": {"position": "relative", "zIndex": "1"},
    "& .su-sr-only": HIDDEN,
}

NOTE: Rules = {**COLOURS, **SENTENCE, **spaced("12px")}

NOTIFY: Rules = {**COLOURS, **TELL, **spaced("8px"), "display": "inline-block", "& .su-btn": STRONG}
