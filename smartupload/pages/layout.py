"""What every page has around its content: the way to the other pages, and the theme."""

from typing import Any

import reflex as rx
import reflex_smartupload as su
from reflex.event import EventCallback
from reflex_components_core.core.banner import has_too_many_connection_errors
from reflex_components_core.react_router.dom import ReactRouterLink
from reflex_smartupload.keys import by_key

from smartupload.state import LanguageState
from smartupload.state.bounds import SEARCH

from . import icons
from .account import account_control, take_over_question
from .keys import keys_control

OWN_MENU = (
    (su.say("layout-home"), "/"),
    (su.say("layout-files"), "/files"),
    (su.say("layout-notifications"), "/notifications"),
)
#: Name and path of each page in the header; `site.register` says which.
menu = list(OWN_MENU)


class PageLink(ReactRouterLink):
    """A link whose page can be fetched before it is needed.

    When the scripts of a page cannot be fetched on a click, the router loads the whole document anew: without a line
    that is the browser's error page, and the end of every upload of this tab.
    """

    prefetch: rx.Var[str]


class NavLink(PageLink):
    """A link that knows when it points at the current page (``aria-current``)."""

    tag = "NavLink"
    alias = "NavLink"

    end: rx.Var[bool]


def link(*children: Any, **props: Any) -> rx.Component:
    """A link to a page of the app. The document stays, and every upload of this tab with it."""
    props.setdefault("prefetch", "render")
    return PageLink.create(*children, **props)


def plain_link(text: str | rx.Var[str], href: str | rx.Var[str], **props: Any) -> rx.Component:
    """A link for the browser itself: a download, or a place in the page."""
    return ReactRouterLink.create(text, to=href, reload_document=True, **props)


def button(*children: Any, **props: Any) -> rx.Component:
    """A button that never submits a form by accident."""
    props.setdefault("type", "button")
    return rx.el.button(*children, **props)


def moment(at: Any, **props: Any) -> rx.Component:
    """A moment in ISO 8601, as it reads where the visitor is."""
    at = rx.Var.create(at).to(str)
    return rx.el.time(su.local_time(at), date_time=at, **props)


def search_field(label: rx.Var[str], on_change: EventCallback[str], **props: Any) -> rx.Component:
    """A search field that asks once the typing pauses, and that a slash leads to."""
    return rx.el.label(
        icons.search(),
        rx.el.input(
            type="search",
            max_length=SEARCH,
            placeholder=label,
            on_change=on_change.debounce(200),
            custom_attrs={"aria-label": label, **by_key("/")},
            **props,
        ),
        class_name="search",
    )


def page(
    *children: Any,
    name: str,
    heading: rx.Var[str] | None = None,
    sub: rx.Var[str] | None = None,
    wide: bool = False,
    bare: bool = False,
) -> rx.Component:
    """A page with header and main content.

    Args:
        children: the content.
        name: for the style sheet.
        heading: the page's h1.
        sub: a sentence below it.
        wide: for tables.
        bare: without the way to the other pages, for whoever may see none of them.
    """
    below = rx.fragment() if sub is None else rx.el.p(sub, class_name="sub")
    return rx.el.div(
        plain_link(su.say("layout-skip"), "#content", class_name="skip"),
        _header(bare),
        rx.cond(has_too_many_connection_errors, _away()),
        rx.fragment() if bare else take_over_question(),
        rx.el.main(
            rx.fragment() if heading is None else rx.el.div(rx.el.h1(heading), below, class_name="title"),
            *children,
            id="content",
            tab_index=-1,
            class_name="main wide" if wide else "main",
        ),
        # A landmark, since it stands beside the main content.
        rx.el.footer(
            su.language_menu(LanguageState.speak, class_name="language"),
            rx.fragment() if bare else keys_control(),
            class_name="languages",
        ),
        class_name=f"page page-{name}",
    )


def _away() -> rx.Component:
    return rx.el.p(
        su.say("layout-away"),
        class_name="away",
        role="status",
    )


def _header(bare: bool) -> rx.Component:
    brand = icons.logo(), rx.el.span(su.say("layout-brand"))
    theme = button(
        icons.sun(),
        icons.moon(),
        on_click=rx.toggle_color_mode,
        class_name="icon-button",
        custom_attrs={"aria-label": su.say("layout-theme")},
    )
    if bare:
        return rx.el.header(rx.el.span(*brand, class_name="brand"), theme, class_name="header bare")
    return rx.el.header(
        link(*brand, to="/", class_name="brand"),
        rx.el.nav(
            *(NavLink.create(name, to=path, end=path == "/", prefetch="render") for name, path in menu),
            custom_attrs={"aria-label": su.say("layout-pages")},
        ),
        account_control(),
        theme,
        class_name="header",
    )
