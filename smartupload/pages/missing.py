"""What an address shows that leads nowhere."""

import reflex as rx
import reflex_smartupload as su

from .layout import link
from .layout import page as layout


def page() -> rx.Component:
    """The 404 page."""
    return layout(
        rx.el.section(
            rx.el.h1(su.say("missing-heading")),
            rx.el.p(su.say("missing-sub"), class_name="sub"),
            link(su.say("missing-home"), to="/", class_name="btn"),
            class_name="share",
        ),
        name="missing",
    )
