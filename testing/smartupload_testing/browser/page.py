"""By which names a script finds something on a page of the app, and what it reads of a card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

INPUT = "[data-testid=file-input]"
ZONE = "[data-testid=drop-zone]"
CARD = "[data-testid=file-card]"
TRAY = "[data-testid=upload-tray]"
BOOTED = f"Object.keys(document.querySelector('{INPUT}') ?? {{}}).some(key => key.startsWith('__react'))"
"""The page is prerendered: it takes files once React has taken it over."""
CARDS = f"""[...document.querySelectorAll('{CARD}')].map(card => ({{
    id: card.dataset.uploadId ?? '',
    name: card.getAttribute('aria-label') ?? '',
    state: card.dataset.state ?? '',
    error: card.dataset.error ?? '',
    leave: card.querySelector('[data-testid=leave]')?.dataset.leave ?? '',
    eta: card.querySelector('[data-testid=eta]')?.textContent ?? '',
    percent: card.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow') ?? '',
    buttons: [...card.querySelectorAll('button')].map(one => one.getAttribute('aria-label') ?? one.textContent.trim()),
    asks: !!card.querySelector('input[type=file]'),
    text: card.innerText,
}}))"""


@dataclass(frozen=True)
class Card:
    """What a card says at one moment. `asks`: it wants to be given the file again."""

    id: str
    name: str
    state: str
    error: str
    leave: str
    eta: str
    percent: int
    buttons: tuple[str, ...]
    asks: bool
    text: str

    @classmethod
    def of(cls, read: dict[str, Any]) -> Card:
        """From what CARDS gives of it. A card without a bar is at 0 percent."""
        told: dict[str, Any] = {**read, "percent": int(read["percent"] or 0), "buttons": tuple(read["buttons"])}
        return cls(**told)

    def is_of(self, name: str) -> bool:
        """Whether it is the card of the file of that name. An app's own card may have no label, but it shows the name."""
        return self.name == name if self.name else name in self.text
