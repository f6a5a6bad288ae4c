"""A link as a QR code, which another device's camera reads."""

from __future__ import annotations

import importlib
import io
from typing import Any

QUIET = 4
"""Modules of white around it, without which some cameras do not find it."""


def svg(text: str) -> bytes:
    """As an SVG, black on white in every theme; what draws it is loaded once somebody wants one."""
    segno: Any = importlib.import_module("segno")
    drawn = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(drawn, kind="svg", border=QUIET, dark="#000", light="#fff", xmldecl=False, omitsize=True)
    return drawn.getvalue()
