"""Home: drop files here, and see how they are doing."""

import reflex as rx
import reflex_smartupload as su

from . import icons
from .card import LOOK, file_card, group_card
from .forget import forget_control
from .layout import page as layout


def page() -> rx.Component:
    """The page at ``/``."""
    return layout(
        su.drop_area(icons.upload(), rx.el.strong("Drop files or folders anywhere"), look=LOOK),
        su.card_list("active", "On their way", card=file_card, group=group_card, look=LOOK),
        su.leave_panel(look=LOOK),
        su.card_list("done", "Today", card=file_card, group=group_card, look=LOOK),
        rx.cond(su.cards(first=1).length() == 0, _empty()),
        forget_control(),
        name="home",
        heading="Upload",
        sub="Drop your files and move on. They keep going, and their links work from the first second.",
    )


def _empty() -> rx.Component:
    steps = [
        ("Drop it", "Any size. The card is there at once, and so is the link you can send."),
        ("Move on", "Open another page, do something else. The card says when you are free to close the window."),
        ("Come back any time", "It goes on from where it was. When all of it is there, the link becomes the file."),
    ]
    return rx.el.ol(*(rx.el.li(rx.el.strong(title), rx.el.span(text)) for title, text in steps), class_name="steps")
