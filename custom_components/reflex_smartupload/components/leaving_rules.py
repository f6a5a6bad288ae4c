"""How the panel behind the sentence about leaving looks, and the question before all is forgotten."""

from __future__ import annotations

from .tokens import BUTTON, COLOURS, STRONG, Rules, spaced

CLOSING: Rules = {
    **COLOURS,
    **spaced("8px"),
    "fontSize": "13.5px",
    "color": "var(--su-ink-2)",
    "& > summary": {
        "width": "max-content",
        "maxWidth": "100%",
        "cursor": "pointer",
        "paddingBlock": "4px",
        "paddingInline": "0 9px",
        "borderRadius": "var(--radius-2, 6px)",
        "listStylePosition": "inside",
    },
    "& > summary:hover": {"color": "var(--su-ink)"},
    "& > summary:focus-visible": {"outline": "2px solid var(--su-accent)", "outlineOffset": "2px"},
    "& > dl": {
        "display": "grid",
        "gridTemplateColumns": "fit-content(50%) minmax(0, 1fr)",
        "gap": "0 24px",
        "margin": "6px 0 0",
        "padding": "6px 16px",
        "background": "var(--su-paper)",
        "border": "1px solid var(--su-line)",
        "borderRadius": "var(--radius-4, 12px)",
    },
    "& :is(dt, dd)": {"margin": "0", "padding": "7px 0", "borderTop": "1px solid var(--su-line-2)"},
    "& :is(dt:first-of-type, dd:first-of-type)": {"borderTop": "0"},
    "& dt": {"color": "var(--su-ink)"},
}

FORGET: Rules = {
    **COLOURS,
    **spaced("16px"),
    "width": "max-content",
    "maxWidth": "100%",
    "& > .su-action": {**BUTTON, "fontSize": "13px", "marginInlineStart": "-9px"},
    "& > .su-dialog": {
        "boxSizing": "border-box",
        "width": "min(440px, 100vw - 32px)",
        "margin": "auto",
        "padding": "24px",
        "border": "1px solid var(--su-line)",
        "borderRadius": "var(--radius-5, 18px)",
        "background": "var(--su-paper)",
        "color": "var(--su-ink)",
        "boxShadow": "var(--shadow-6, 0 12px 32px -10px rgb(16 24 40 / 0.35))",
    },
    "& > .su-dialog::backdrop": {"background": "rgb(10 12 16 / 0.45)"},
    "& h2": {"margin": "0", "fontSize": "17px", "fontWeight": "650", "lineHeight": "1.3"},
    "& p": {"margin": "10px 0 0", "color": "var(--su-ink-2)", "textWrap": "pretty"},
    "& strong": {"color": "var(--su-ink)", "fontWeight": "600"},
    "& .su-dialog-acts": {
        "display": "flex",
        "flexWrap": "wrap",
        "justifyContent": "flex-end",
        "gap": "10px",
        "marginTop": "22px",
    },
    "& .su-btn": STRONG,
    "& .su-btn.su-quiet": {
        "background": "var(--su-line-2)",
        "color": "var(--su-ink)",
        "&:hover": {"background": "var(--su-line)", "color": "var(--su-ink)"},
    },
    "& .su-btn.su-danger": {
        "background": "var(--su-danger)",
        "color": "var(--su-on-danger)",
        "&:hover": {"background": "var(--su-bad)", "color": "var(--su-paper)"},
    },
}
