"""How a card looks, and a list of them."""

from __future__ import annotations

from .piece_rules import HERO, PICTURE
from .tokens import BAR, BUTTON, COLOURS, FIGURES, HIDDEN, NAME, STROKE, STRONG, TELL, Rules, spaced

ENDED = ":is([data-state='ready'], [data-state='failed'], [data-state='blocked'], [data-state='cancelled'], [data-state='expired'])"

#: What the chip of each kind of state has beside its form.
CHIPS: Rules = {
    "& > .su-chip.su-none": {"padding": "0"},
    "& > .su-chip.su-bad": {"background": "var(--su-bad-soft)", "color": "var(--su-bad)"},
    "& > .su-chip.su-warn": {"background": "var(--su-warn-soft)", "color": "var(--su-warn)"},
    "& > .su-chip.su-busy": {"background": "var(--su-accent-soft)", "color": "var(--su-accent-ink)"},
}

# The buttons in a line of their own, below what they are about.
_BELOW: Rules = {
    "gridColumn": "2 / -1",
    "order": "3",
    "justifyContent": "flex-start",
    "marginBlock": "7px 0",
    "marginInline": "-9px 0",
}
CARD: Rules = {
    **COLOURS,
    **TELL,
    "position": "relative",
    "display": "grid",
    # However long its buttons are, the name keeps some room.
    "gridTemplateColumns": "40px minmax(0, 1fr) auto fit-content(56%)",
    "gap": "0 14px",
    "padding": "15px 16px",
    "borderTop": "1px solid var(--su-line-2)",
    "&:first-of-type": {"borderTop": "0"},
    "& > .su-icon": {
        **PICTURE,
        "gridRow": "span 2",
        "width": "40px",
        "height": "40px",
        "display": "grid",
        "placeItems": "center",
        "borderRadius": "var(--radius-3, 9px)",
        "background": "var(--su-line-2)",
        "color": "var(--su-ink-2)",
        "fontSize": "10.5px",
        "fontWeight": "650",
    },
    "& > .su-what": {"minWidth": "0"},
    "& .su-name": NAME,
    "& .su-meta": FIGURES,
    "& > .su-chip": {
        "alignSelf": "center",
        "fontSize": "12.5px",
        "fontWeight": "550",
        "padding": "2px 10px",
        "borderRadius": "99px",
        "whiteSpace": "nowrap",
        "background": "var(--su-line-2)",
        "color": "var(--su-ink-2)",
    },
    **CHIPS,
    "& > .su-acts": {"display": "flex", "alignItems": "center", "flexWrap": "wrap", "justifyContent": "flex-end"},
    "& .su-action": BUTTON,
    "& > .su-acts > button": {"whiteSpace": "normal", "overflowWrap": "anywhere", "textAlign": "start"},
    "& .su-icon-button": {**BUTTON, "padding": "6px"},
    "& .su-stroke": STROKE,
    "& .su-action.su-strong": {"color": "var(--su-accent-ink)", "fontWeight": "550"},
    "& .su-btn": STRONG,
    "& .su-sr-only": HIDDEN,
    "& > .su-bar": {**BAR, "gridColumn": "2 / -1", "marginTop": "10px"},
    # Without colour, and as easily told apart.
    "&:is([data-state='paused'], [data-state='waiting']) > .su-bar": {"filter": "grayscale(1)"},
    # Nothing moves any more: the figure stays for those who ask for it, the bar goes.
    f"&{ENDED} > .su-bar": HIDDEN,
    "& > .su-hero": HERO,
    "&:first-of-type > .su-hero": {"minHeight": "84px"},
    "& > .su-problem": {"gridColumn": "2 / -1", "margin": "8px 0 0", "fontSize": "13.5px", "color": "var(--su-bad)"},
    "&:is([data-state='waiting'], [data-error='file_needed']) > .su-problem": {"color": "var(--su-warn)"},
    # Which file to give again is a long question: it stands below its reason, with a line of its own.
    "&[data-error='file_needed']": {
        "& > .su-acts": _BELOW,
        "& > .su-chip": {"gridColumn": "3 / -1"},
    },
    # Said once is enough; the next ones only keep their sentence about leaving.
    "&.su-wait ~ .su-card > .su-hero > .su-free": {"display": "none"},
    # While it goes the figures stay in one line.
    "@media (min-width: 900px)": {
        "&:is([data-state='staging'], [data-state='uploading']) .su-meta": {
            "flexWrap": "nowrap",
            "whiteSpace": "nowrap",
        },
        "&:is([data-state='staging'], [data-state='uploading']) .su-meta > .su-quiet": {
            "minWidth": "64px",
            "overflow": "hidden",
            "textOverflow": "ellipsis",
        },
    },
    "@media (max-width: 640px)": {
        "gridTemplateColumns": "40px minmax(0, 1fr) auto",
        "padding": "14px",
        "& > .su-icon": {"gridRow": "auto"},
        "& > .su-acts": _BELOW,
        "& > .su-hero": {"order": "4"},
        "&:first-of-type > .su-hero": {"minHeight": "112px"},
        "& > .su-hero > .su-leave": {"fontSize": "13.5px"},
        # The figures say how long it takes.
        "& > .su-hero > .su-free:has(button) > p": HIDDEN,
        # What comes and goes in it has its room; how long it takes says more than how fast it is.
        "& .su-speed": {"display": "none"},
        f"&:not({ENDED}) .su-meta": {"minHeight": "3em", "alignContent": "start"},
        f"&:not({ENDED}) > .su-acts": {"minHeight": "36px"},
    },
}

LIST: Rules = {
    **COLOURS,
    **spaced("20px"),
    "& > .su-section-head": {
        "display": "flex",
        "alignItems": "center",
        "justifyContent": "space-between",
        "flexWrap": "wrap",
        "gap": "0 16px",
        "minHeight": "32px",
        "marginBottom": "6px",
    },
    "& > .su-section-head > h2": {"margin": "0", "fontSize": "13px", "fontWeight": "600", "color": "var(--su-ink-2)"},
    "& > .su-section-head .su-action": BUTTON,
    "& > .su-section-head > .su-legend": {
        "display": "flex",
        "flexWrap": "wrap",
        "gap": "0 14px",
        "fontSize": "12.5px",
        "color": "var(--su-ink-2)",
        "& > span": {"display": "inline-flex", "alignItems": "center", "gap": "6px"},
        "& > span::before": {
            "content": '""',
            "width": "14px",
            "height": "7px",
            "borderRadius": "99px",
            "border": "1px solid var(--su-edge)",
            "boxSizing": "border-box",
            "background": "var(--su-safe)",
        },
        "& > .su-legend-sent::before": {"background": "var(--su-sent)"},
        "@media (forced-colors: active)": {
            "& > span::before": {"forcedColorAdjust": "none", "background": "GrayText"},
            "& > .su-legend-sent::before": {"background": "Highlight"},
        },
    },
    "& > .su-list": {
        "overflow": "clip",
        "background": "var(--su-paper)",
        "border": "1px solid var(--su-line)",
        "borderRadius": "var(--radius-4, 12px)",
    },
    # What is out of sight costs no layout, and nothing moves by itself: a frame would be drawn for it sixty times a second.
    "& > .su-list.su-long > *": {"contentVisibility": "auto", "containIntrinsicSize": "auto 148px"},
    "& > .su-list.su-long .su-bar > *": {"transition": "none"},
}
