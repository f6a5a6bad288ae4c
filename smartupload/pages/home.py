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
        _phone(),
        su.card_list("active", "On their way", card=file_card, group=group_card, look=LOOK),
        su.leave_panel(look=LOOK),
        su.card_list("done", "Today", card=file_card, group=group_card, look=LOOK),
        rx.cond(su.cards(first=1).length() == 0, _empty()),
        forget_control(),
        name="home",
        heading="Upload",
        sub=su.say("home-sub"),
    )


def _phone() -> rx.Component:
    """Where a finger points on a small screen: a new picture, and those that are there."""
    camera = su.file_input(
        accept="image/*", capture="environment", class_name="sr-only", custom_attrs={"data-testid": "camera-input"}
    )
    gallery = su.file_input(
        accept="image/*,video/*", class_name="sr-only", custom_attrs={"data-testid": "gallery-input"}
    )
    return rx.el.div(
        rx.el.label("Take a picture", camera, class_name="btn quiet"),
        rx.el.label("Pictures and films", gallery, class_name="btn quiet"),
        class_name="phone",
    )


def _empty() -> rx.Component:
    steps = [
        ("Drop it", "Any size. The card is there at once, and so is the link you can send."),
        ("Move on", "Open another page, do something else. The card says when you are free to close the window."),
        ("Come back any time", "It goes on from where it was. When all of it is there, the link becomes the file."),
    ]
    return rx.el.ol(*(rx.el.li(rx.el.strong(title), rx.el.span(text)) for title, text in steps), class_name="steps")
