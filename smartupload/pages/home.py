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
        su.drop_area(icons.upload(), rx.el.strong(su.say("places-files-or-folders-anywhere")), look=LOOK),
        _phone(),
        su.card_list("active", su.say("home-on-their-way"), card=file_card, group=group_card, look=LOOK),
        su.leave_panel(look=LOOK),
        su.card_list("done", su.say("home-today"), card=file_card, group=group_card, look=LOOK),
        rx.cond(su.cards(first=1).length() == 0, _empty()),
        forget_control(),
        name="home",
        heading=su.say("home-heading"),
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
        rx.el.label(su.say("home-camera"), camera, class_name="btn quiet"),
        rx.el.label(su.say("home-gallery"), gallery, class_name="btn quiet"),
        class_name="phone",
    )


def _empty() -> rx.Component:
    steps = [
        (su.say("home-drop"), su.say("home-drop-means")),
        (su.say("home-move-on"), su.say("home-move-on-means")),
        (su.say("home-come-back"), su.say("home-come-back-means")),
    ]
    return rx.el.ol(*(rx.el.li(rx.el.strong(title), rx.el.span(text)) for title, text in steps), class_name="steps")
