"""The product's pages, and what surrounds all of them; the page of a share link comes with `SmartUpload.add_share_page`."""

import reflex as rx
import reflex_smartupload as su

from smartupload.state import DropsState, DropState, FilesState, LibraryState, NotificationsState, TokensState

from . import drop, files, home, missing, notifications, tokens
from .layout import OWN_MENU, menu
from .layout import page as layout
from .tray import upload_tray


def register(app: rx.App, examples: bool = False) -> None:
    """Add pages, style sheet and tray to the app; with `examples` those that stand for the pages of a host app.

    Reflex brings a toaster and an overlay that say every few seconds that the server is
    away. An upload goes on without the server's websocket, and each card says how it is,
    so neither is mounted.
    """
    app.html_lang = "en"
    app.reset_style = False
    app.stylesheets = [*app.stylesheets, "/smartupload.css"]
    app.head_components = [*app.head_components, *_head()]
    app.toaster = None
    app.app_wraps.pop((5, "Overlay"), None)
    app.extra_app_wraps[20, "Tray"] = lambda _stateful: su.Behind.create(upload_tray())

    app.add_page(home.page, route="/", title=su.say("titles-home"), description=su.say("titles-home-about"))
    menu.clear()
    menu.extend(OWN_MENU)
    if examples:
        # Only here: where there is no such page, there is no state of it either.
        from . import projects

        menu.insert(1, (su.say("layout-projects"), "/projects"))
        app.add_page(
            projects.page,
            route="/projects",
            title=su.say("titles-projects"),
            description=su.say("titles-projects-about"),
        )
    app.add_page(
        files.page,
        route="/files",
        title=su.say("titles-files"),
        description=su.say("titles-files-about"),
        on_load=[LibraryState.open, FilesState.open],
    )
    app.add_page(
        notifications.page,
        route="/notifications",
        title=su.say("titles-notifications"),
        description=su.say("titles-notifications-about"),
        on_load=NotificationsState.open,
    )
    app.add_page(
        tokens.page,
        route="/account",
        title=su.say("titles-account"),
        description=su.say("titles-account-about"),
        on_load=[TokensState.open, DropsState.open],
    )
    app.add_page(
        drop.page,
        route="/drop/[token]",
        title=su.say("titles-drop"),
        description=su.say("titles-drop-about"),
        on_load=DropState.load,
    )
    app.add_page(missing.page, route="404", title=su.say("titles-missing"), description=su.say("titles-missing-about"))


def around_shared(content: rx.Component) -> rx.Component:
    """What the page of a share link has around it."""
    return layout(content, name="shared")


def _head() -> list[rx.Component]:
    # Before the first paint: a chosen theme must not flash in after the other one.
    theme = (
        'try{const t=localStorage.getItem("theme");'
        'if(t==="light"||t==="dark")document.documentElement.classList.add(t)}catch{}'
    )
    # A click on a download asks the page whether it may go, and Reflex gives its websocket up at that, though the page
    # stays. It takes a new one when it believes that somebody looks at the page again.
    stays = 'addEventListener("beforeunload",()=>setTimeout(()=>document.dispatchEvent(new Event("visibilitychange")),1000))'
    return [
        rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
        rx.el.link(rel="manifest", href="/manifest.webmanifest"),
        rx.el.meta(name="theme-color", content="#f6f7f9", custom_attrs={"media": "(prefers-color-scheme: light)"}),
        rx.el.meta(name="theme-color", content="#0e1013", custom_attrs={"media": "(prefers-color-scheme: dark)"}),
        rx.el.meta(name="color-scheme", content="light dark"),
        *su.language_head(),
        rx.el.script(theme),
        rx.el.script(stays),
    ]
