"""What ready-made components look like: their colours come from the app's Radix theme where it has one, and every rule stays inside of them.

A component carries its rules on its outermost element, as Emotion has them, so nothing global is needed or touched. The
class names inside are there for rules of an app's own: `Look` says what they begin with, and may leave the rules out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .card_rules import CARD, LIST
from .group_rules import GROUP
from .leaving_rules import CLOSING, FORGET
from .rules import DROP, NOTE, NOTIFY
from .share_rules import PANEL, SHARE
from .tokens import Rules
from .tray_rules import TRAY

RULES: Mapping[str, Rules] = {
    "card": CARD, "group": GROUP, "list": LIST, "drop": DROP, "note": NOTE, "notify": NOTIFY, "tray": TRAY, "share": SHARE, "panel": PANEL,
    "closing": CLOSING, "forget": FORGET,
}  # fmt: skip


@dataclass(frozen=True)
class Look:
    """What class names begin with, and the rules of each component by its name.

    `Look("", {})` is for an app with a style sheet of its own: plain names such as `card`, `name`, `bar`, and no rules.
    """

    prefix: str = "su-"
    rules: Mapping[str, Rules] = field(default_factory=lambda: RULES, repr=False)

    def names(self, words: str) -> str:
        """These class names (parted by spaces), as they are called here."""
        return " ".join(self.prefix + word for word in words.split())

    def style(self, component: str) -> dict[str, Any]:
        """For the `style` of the outermost element."""
        return dict(self.rules.get(component, {}))


DEFAULT = Look()
