"""What an address shows that leads nowhere."""

import reflex as rx

from .layout import link
from .layout import page as layout


def page() -> rx.Component:
    """The 404 page."""
    return layout(
        rx.el.section(
            rx.el.h1("There is no such page"),
            rx.el.p(
                "Check the address, or start again from the first page. Running uploads are not affected.",
                class_name="sub",
            ),
            link("Go to the first page", to="/", class_name="btn"),
            class_name="share",
        ),
        name="missing",
    )
