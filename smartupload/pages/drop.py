"""The page of a drop link: what is asked for, the place for files, and what was sent here from this browser."""

from typing import Any

import reflex as rx
import reflex_smartupload as su
from reflex.vars import ObjectVar

from smartupload.state.drop import DropState as State

from . import icons
from .card import LOOK, group_row
from .layout import moment
from .layout import page as layout

#: Seconds; a link is closed now and then while somebody looks at it.
_LOOK_AGAIN = 45
_files = su.configure(State.uploader, metadata={"from": State.name})


def page() -> rx.Component:
    """The page at ``/drop/{token}``."""
    return layout(
        su.every(_LOOK_AGAIN, State.load),
        rx.match(
            State.status,
            (
                "loading",
                rx.el.p(rx.cond(State.sentence != "", State.sentence, su.say("drop-loading")), class_name="sub"),
            ),
            ("missing", _gone(su.say("drop-missing"))),
            ("closed", _gone(su.say("drop-closed"))),
            _asked(),
        ),
        # Of a link that was closed meanwhile too: what was begun goes on.
        rx.cond(
            State.uploader != "",
            rx.fragment(
                _files.card_list("active", su.say("drop-on-their-way"), card=sent_card, group=sent_group, look=LOOK),
                su.leave_panel(look=LOOK),
                _files.card_list("done", su.say("drop-sent"), card=sent_card, group=sent_group, look=LOOK),
            ),
        ),
        rx.el.footer(su.forget_button(look=LOOK), class_name="foot"),
        name="drop",
        bare=True,
    )


def _gone(heading: rx.Var[str]) -> rx.Component:
    return rx.el.section(
        rx.el.h1(heading),
        rx.el.p(State.sentence, class_name="sub", role="status"),
        class_name="share",
        custom_attrs={"data-testid": "drop-page", "data-state": State.status},
    )


def _asked() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h1(State.title),
            rx.el.p(
                rx.cond(
                    State.asker != "",
                    su.sentence("drop-asked-by", asker=rx.el.strong(State.asker)),
                    su.say("drop-asked"),
                ),
                class_name="sub",
            ),
            class_name="title",
        ),
        rx.el.ul(
            rx.foreach(State.limits, lambda one: rx.el.li(one)),
            rx.el.li(su.sentence("drop-until", until=moment(State.until))),
            class_name="drop-limits",
        ),
        rx.el.label(
            rx.el.span(su.say("drop-name")),
            rx.el.input(
                default_value=State.name,
                # A file is dropped without leaving the field first.
                on_change=State.say.debounce(250),
                on_blur=State.say,
                max_length=100,
                auto_complete="name",
                class_name="field",
            ),
            class_name="drop-name",
        ),
        # Once it is there, what is dropped comes with it.
        rx.cond(
            State.name != "",
            rx.el.p(
                su.sentence("drop-in-the-name-of", name=rx.el.strong(State.name)),
                class_name="sub drop-as",
                role="status",
            ),
        ),
        rx.cond(
            State.uploader != "",
            _place(),
            rx.el.p(su.say("drop-no-cookies"), class_name="banner"),
        ),
        class_name="drop-page",
        custom_attrs={"data-testid": "drop-page", "data-state": State.status},
    )


def _place() -> rx.Component:
    """A ready-made one would name the site's limits, beside those that hold here."""
    return _files.drop_zone(
        icons.upload(),
        rx.el.strong(su.say("places-files-or-folders-here")),
        rx.el.span(
            su.sentence(
                "places-choose-files-or-folder",
                files=rx.el.label(
                    su.say("places-pick-files"),
                    _files.file_input(class_name="sr-only"),
                    class_name="pick pick-files",
                ),
                folder=rx.el.label(
                    su.say("places-pick-folder"),
                    _files.folder_input(class_name="sr-only"),
                    class_name="pick pick-folder",
                ),
            ),
        ),
        class_name="drop",
    )


@rx.memo
def sent_card(card: ObjectVar[su.Card], rest: rx.RestProp) -> rx.Component:
    """One card. Who sends is told nothing when it is there: they have no account to be told by."""
    return su.card(card, rest, look=LOOK, free=_free)


@rx.memo
def sent_group(group: ObjectVar[su.Group], rest: rx.RestProp) -> rx.Component:
    """The same of files that were given together."""
    return su.group_card(group, rest, row=group_row, look=LOOK, free=_free)


def _free(card: ObjectVar[Any]) -> rx.Component:
    return rx.cond(
        card.wait,
        rx.el.div(rx.el.p(card.wait_text), class_name="free", custom_attrs={"data-testid": "no-need-to-wait"}),
    )
