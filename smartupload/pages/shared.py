"""The page behind a share link: a placeholder that becomes the file."""

import reflex as rx
import reflex_smartupload as su

from smartupload.state import SharedFileState as State

from .card import fill, kind_icon
from .layout import link, plain_link
from .layout import page as layout

_LOOK_AGAIN = 2


def page() -> rx.Component:
    """The page at ``/f/{token}``."""
    return layout(
        rx.cond(State.waiting, su.every(_LOOK_AGAIN, State.load)),
        rx.el.section(
            rx.match(
                State.status,
                ("loading", rx.el.p("One moment…", class_name="sub")),
                ("missing", _missing()),
                _file(),
            ),
            class_name="share",
            custom_attrs={"data-testid": "shared-file", "data-state": State.status, "aria-live": "polite"},
        ),
        name="shared",
    )


def _missing() -> rx.Component:
    return rx.fragment(
        rx.el.h1("There is no file here"),
        rx.el.p(
            "The link may be cut off, or the file was taken back. Ask the person who sent it for a new one.",
            class_name="sub",
        ),
        link("Upload something yourself", to="/", class_name="btn quiet"),
    )


def _file() -> rx.Component:
    return rx.fragment(
        kind_icon(State.kind),
        rx.el.div(
            rx.el.h1(State.name),
            rx.el.p(State.size, " · shared with you", class_name="sub"),
        ),
        rx.cond(State.waiting, _progress()),
        rx.cond(State.sentence != "", rx.el.p(State.sentence, class_name=rx.cond(State.waiting, "sub", "problem"))),
        rx.cond(State.download_url != "", plain_link("Download", State.download_url, class_name="btn big")),
    )


def _progress() -> rx.Component:
    return rx.el.div(
        fill("sent", State.percent),
        class_name="bar",
        role="progressbar",
        custom_attrs={
            "aria-label": "Upload",
            "aria-valuemin": "0",
            "aria-valuemax": "100",
            "aria-valuenow": State.percent,
        },
    )
