"""How the card of files looks that were given together, and the list of them."""

from __future__ import annotations

from .card_rules import CARD, CHIPS, ENDED
from .piece_rules import PICTURE
from .tokens import BAR, BUTTON, HIDDEN, Rules

_ROW: Rules = {
    "position": "absolute",
    "insetInline": "0",
    "boxSizing": "border-box",
    "height": "60px",
    "display": "grid",
    "gridTemplateColumns": "32px minmax(0, 1fr) auto auto",
    "alignItems": "center",
    "gap": "0 12px",
    "padding": "0 16px",
    "borderTop": "1px solid var(--su-line-2)",
    "&:focus-visible": {"outline": "2px solid var(--su-accent)", "outlineOffset": "-2px"},
    "& > .su-icon": {
        **PICTURE,
        # There is room for the shape alone.
        "& > [data-kind] > span": HIDDEN,
        "width": "32px",
        "height": "32px",
        "display": "grid",
        "placeItems": "center",
        "borderRadius": "var(--radius-2, 7px)",
        "background": "var(--su-line-2)",
        "color": "var(--su-ink-2)",
        "fontSize": "9px",
        "fontWeight": "650",
    },
    "& > .su-what": {"minWidth": "0"},
    "& .su-name": {"fontSize": "13.5px", "fontWeight": "500"},
    "& .su-meta": {"fontSize": "12.5px", "flexWrap": "nowrap", "whiteSpace": "nowrap", "overflow": "hidden"},
    "& .su-problem": {
        "margin": "0",
        "fontSize": "12.5px",
        "color": "var(--su-bad)",
        "overflow": "hidden",
        "display": "-webkit-box",
        "WebkitBoxOrient": "vertical",
        "WebkitLineClamp": "1",
    },
    "&:is([data-state='waiting'], [data-error='file_needed']) .su-problem": {"color": "var(--su-warn)"},
    "& > .su-chip": {
        "fontSize": "12px",
        "padding": "1px 9px",
        "borderRadius": "99px",
        "whiteSpace": "nowrap",
        "background": "var(--su-line-2)",
        "color": "var(--su-ink-2)",
    },
    **CHIPS,
    "& > .su-acts": {"display": "flex", "alignItems": "center", "whiteSpace": "nowrap"},
    "& > .su-bar": {
        **BAR,
        "position": "absolute",
        "insetBlock": "auto 0",
        "insetInline": "60px 16px",
        "height": "3px",
        "border": "0",
    },
    # Among many there is always one that moves: a frame would be drawn for it sixty times a second.
    "& > .su-bar > *": {"transition": "none"},
    f"&{ENDED} > .su-bar": HIDDEN,
    "@media (max-width: 640px)": {
        "height": "92px",
        "padding": "8px 14px",
        "gridTemplateColumns": "32px minmax(0, 1fr) auto",
        "alignContent": "center",
        "& > .su-acts": {"gridColumn": "2 / -1", "marginBlock": "2px 0", "marginInline": "-9px 0"},
    },
}

GROUP: Rules = {
    **CARD,
    "& .su-action.su-danger": {"color": "var(--su-bad)", "fontWeight": "550"},
    "& > .su-problem": {
        "gridColumn": "2 / -1",
        "display": "flex",
        "flexWrap": "wrap",
        "alignItems": "center",
        "gap": "0 4px",
        "margin": "8px 0 0",
        "fontSize": "13.5px",
        "color": "var(--su-warn)",
    },
    "& > .su-fold": {
        **BUTTON,
        "gridColumn": "2 / -1",
        "justifySelf": "start",
        "display": "inline-flex",
        "alignItems": "center",
        "gap": "4px",
        "marginBlock": "6px -6px",
        "marginInline": "-9px 0",
        "fontSize": "13.5px",
        "& > svg": {"transition": "transform 0.15s"},
        "[dir='rtl'] & > svg": {"transform": "scaleX(-1)"},
        "&[aria-expanded='true'] > svg": {"transform": "rotate(90deg)"},
    },
    "& > .su-group-files": {
        "gridColumn": "1 / -1",
        "margin": "14px -16px -15px",
        "maxHeight": "min(60vh, 480px)",
        "overflowY": "auto",
        "& > ul": {"position": "relative", "margin": "0", "padding": "0", "listStyle": "none"},
        "& .su-group-row": _ROW,
        # Each says what has to be done, in as many lines as that takes.
        "&.su-only .su-group-row": {"height": "84px"},
        "&.su-only .su-group-row .su-problem": {"WebkitLineClamp": "3"},
    },
    "@media (max-width: 640px)": {
        **CARD["@media (max-width: 640px)"],
        "& > .su-group-files": {
            "order": "6",
            "margin": "14px -14px -14px",
            "&.su-only .su-group-row": {"height": "132px"},
        },
        "& > .su-bar": {"order": "3"},
        "& > .su-problem": {"order": "4"},
        "& > .su-fold": {"order": "5"},
    },
    "@media (prefers-reduced-motion: reduce)": {"& > .su-fold > svg": {"transition": "none"}},
}
