"""The page behind a share link: a placeholder that becomes the file."""

from collections.abc import Callable
from typing import Any

import reflex as rx
import reflex_smartupload as su

from smartupload.state import LinkState, VisitorState
from smartupload.state import SharedFileState as State

from .layout import link, moment, plain_link
from .link import link_panel
from .preview import preview

#: Seconds. Changes are pushed; this is for those that nobody pushes, such as the end of a link's last day.
_LOOK_AGAIN = 45
#: While nothing could be read yet.
_TRY_AGAIN = 5


def add(app: rx.App, around: Callable[[rx.Component], rx.Component], title: str | rx.Var[str], look: su.Look) -> None:
    """Add the page at ``/f/{token}``; `around` puts its content into what the app's pages have in common."""
    on_load: list[Any] = [VisitorState.open, State.load, LinkState.keep, LinkState.hide_qr]
    app.add_page(
        lambda: around(content(look)),
        route="/f/[token]",
        title=title,
        description=su.say("share-description"),
        on_load=on_load,
    )


def content(look: su.Look) -> rx.Component:
    """What is on it."""
    return rx.fragment(
        su.when_changed(VisitorState.revision, State.load),
        rx.cond(State.status == "loading", su.every(_TRY_AGAIN, State.load), su.every(_LOOK_AGAIN, State.load)),
        rx.el.section(
            unless_gone(State, look, _file(look)),
            class_name=rx.cond(State.preview != "", look.names("share shows"), look.names("share")),
            style=look.style("share"),
            custom_attrs={"data-testid": "shared-file", "data-state": State.status, "data-preview": State.preview},
        ),
        # Nothing is gained by passing on a file that nobody will ever open.
        rx.cond((State.upload_id != "") & (State.status != "blocked"), link_panel(look)),
    )


def unless_gone(state: Any, look: su.Look, there: rx.Component) -> rx.Component | rx.Var[Any]:
    """What is behind a link, as `state` knows it; in its place that it is looked for, or why it leads nowhere."""
    return rx.match(
        state.status,
        (
            "loading",
            rx.el.p(
                rx.cond(state.sentence != "", state.sentence, su.say("share-loading")), class_name=look.names("sub")
            ),
        ),
        ("missing", _gone(state, su.say("share-missing"), look)),
        ("closed", _gone(state, su.say("share-closed"), look)),
        there,
    )


def _gone(state: Any, heading: rx.Var[str], look: su.Look) -> rx.Component:
    return rx.fragment(
        rx.el.h1(heading),
        rx.el.p(state.sentence, class_name=look.names("sub"), role="status"),
        link(su.say("share-upload-something"), to="/", class_name=look.names("btn quiet")),
    )


def _file(look: su.Look) -> rx.Component:
    return rx.fragment(
        rx.el.header(
            su.kind_icon(State.kind, look, name=State.name),
            rx.el.div(
                rx.el.h1(State.name, dir="auto"),
                rx.el.p(
                    rx.el.span(State.type),
                    rx.el.span(State.size),
                    rx.cond(State.date != "", moment(State.date)),
                    rx.el.span(rx.cond(State.upload_id == "", su.say("share-with-you"), su.say("share-yours"))),
                    class_name=look.names("facts"),
                ),
                class_name=look.names("share-what"),
            ),
            rx.cond(
                State.download_url != "",
                plain_link(su.say("share-download"), State.download_url, class_name=look.names("btn big")),
            ),
            class_name=look.names("share-head"),
        ),
        rx.cond(State.waiting, _progress(look)),
        rx.cond(
            State.sentence != "",
            rx.el.p(
                State.sentence,
                class_name=rx.cond(State.waiting | (State.status == "ready"), look.names("sub"), look.names("problem")),
                role="status",
            ),
        ),
        rx.cond(
            State.waiting & (State.upload_id == "") & (State.token != ""),
            su.tell_button(watch=State.token, class_name=look.names("btn quiet")),
        ),
        rx.cond(State.sent_by != "", rx.el.p(State.sent_by, class_name=look.names("sub"))),
        rx.cond(State.preview != "", preview(look)),
        rx.cond(
            State.scan != "",
            rx.el.p(State.scan, class_name=look.names("sub fine"), custom_attrs={"data-testid": "scan"}),
        ),
    )


def _progress(look: su.Look) -> rx.Component:
    # The browser that sends it knows better than the server, and says the same on every page.
    own = su.card_of(State.upload_id)
    percent = rx.cond(own.percent.to(int) > State.percent, own.percent.to(int), State.percent)
    left = rx.cond(own.eta != "", own.eta, State.left)
    return rx.el.div(
        rx.el.div(
            rx.match(
                State.status,
                ("uploading", rx.el.strong(su.say("share-uploading", percent=percent))),
                ("paused", rx.el.strong(su.say("share-paused", percent=percent))),
                rx.el.strong(su.say("share-checked")),
            ),
            rx.el.span(
                rx.cond(State.status == "uploading", left, ""),
                rx.cond(
                    State.still != "",
                    su.sentence("share-still", since=moment(State.still)),
                ),
                custom_attrs={"data-testid": "eta"},
            ),
            class_name=look.names("share-figures"),
        ),
        rx.el.div(
            su.bar_fill(look.names("sent"), percent),
            class_name=look.names("bar"),
            role="progressbar",
            custom_attrs={
                "aria-label": su.say("share-bar"),
                "aria-valuemin": "0",
                "aria-valuemax": "100",
                "aria-valuenow": percent,
            },
        ),
        class_name=look.names("share-progress"),
    )
