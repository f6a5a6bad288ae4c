"""Forget on this device: the quiet control at the end of a page."""

import reflex as rx
import reflex_smartupload as su

from .card import LOOK


def forget_control() -> rx.Component:
    """The ready-made button with its question."""
    return rx.el.footer(su.forget_button(look=LOOK), class_name="foot")
