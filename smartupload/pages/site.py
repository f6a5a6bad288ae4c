"""The product's pages, and what surrounds all of them; the page of a share link comes with `SmartUpload.add_share_page`."""

from typing import Any

import reflex as rx
import reflex_smartupload as su
from reflex.config import get_config

from smartupload.state import (
    DropsState,
    DropState,
    FilesState,
    GroupLinksState,
    LibraryState,
    NotificationsState,
    TokensState,
)

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

    app.add_page(home.page, route="/", **_said(su.say("titles-home"), su.say("titles-home-about")))
    menu.clear()
    menu.extend(OWN_MENU)
    if examples:
        # Only here: where there is no such page, there is no state of it either.
        from . import projects

        menu.insert(1, (su.say("layout-projects"), "/projects"))
        app.add_page(
            projects.page,
            route="/projects",
            **_said(su.say("titles-projects"), su.say("titles-projects-about")),
        )
    app.add_page(
        files.page,
        route="/files",
        **_said(su.say("titles-files"), su.say("titles-files-about")),
        on_load=[LibraryState.open, FilesState.open, GroupLinksState.open],
    )
    app.add_page(
        notifications.page,
        route="/notifications",
        **_said(su.say("titles-notifications"), su.say("titles-notifications-about")),
        on_load=NotificationsState.open,
    )
    app.add_page(
        tokens.page,
        route="/account",
        **_said(su.say("titles-account"), su.say("titles-account-about")),
        on_load=[TokensState.open, DropsState.open],
    )
    app.add_page(
        drop.page,
        route="/drop/[token]",
        **_said(su.say("titles-drop"), su.say("titles-drop-about")),
        on_load=DropState.load,
    )
    app.add_page(missing.page, route="404", **_said(su.say("titles-missing"), su.say("titles-missing-about")))


def _said(title: rx.Var[str], about: rx.Var[str]) -> dict[str, Any]:
    """What a page says of itself to browsers, and to whoever shows a link to it: they want the picture's whole address."""
    meta = [
        rx.el.meta(content=text, custom_attrs={"property": f"og:{what}"})
        for what, text in (("title", title), ("description", about), ("type", "website"))
    ]
    return {"title": title, "description": about, "image": f"{get_config().deploy_url}/og.png", "meta": meta}


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
        *su.install_head(),
        rx.el.meta(name="color-scheme", content="light dark"),
        *su.language_head(),
        rx.el.script(theme),
        rx.el.script(stays),
    ]
