"""Bars of seconds with their spread, as an SVG that is readable on light and dark."""

from __future__ import annotations

import statistics
from html import escape

ROW, LEFT, WIDTH, RIGHT = 26, 130, 420, 90
STYLE = (
    "text{font:13px sans-serif;fill:#222}.bar{fill:#4a7fc1}.ours{fill:#d9822b}.spread{stroke:#222;stroke-width:1.5}"
    "@media(prefers-color-scheme:dark){text{fill:#ddd}.spread{stroke:#ddd}}"
)


def bars(title: str, seconds: dict[str, list[float]]) -> str:
    """One bar for each peer: its median, with a line from its quickest to its slowest run."""
    rows = sorted((statistics.median(values), peer, values) for peer, values in seconds.items() if values)
    most = max((max(values) for _, _, values in rows), default=1.0)
    height = ROW * (len(rows) + 1) + 10
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + WIDTH + RIGHT}" height="{height}" role="img">',
        f"<title>{escape(title)}</title><style>{STYLE}</style>",
        f'<text x="0" y="18">{escape(title)}</text>',
    ]
    for number, (median, peer, values) in enumerate(rows, 1):
        top, middle = number * ROW + 4, number * ROW + 13
        low, high = (LEFT + WIDTH * end / most for end in (min(values), max(values)))
        kind = "bar ours" if peer == "smartupload" else "bar"
        out += [
            f'<text x="0" y="{middle + 5}">{escape(peer)}</text>',
            f'<rect class="{kind}" x="{LEFT}" y="{top}" width="{WIDTH * median / most:.1f}" height="18"/>',
            f'<path class="spread" d="M{low:.1f} {middle}H{high:.1f}"/>',
            f'<text x="{max(high, LEFT) + 6:.1f}" y="{middle + 5}">{median:.3g} s</text>',
        ]
    return "\n".join([*out, "</svg>", ""])
