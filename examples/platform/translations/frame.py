"""What all pages have around their content: the way to the projects, the tray, and the ear for files that are ready."""

import reflex as rx
import reflex_smartupload as su
from reflex.vars import ObjectVar
from reflex_components_core.react_router.dom import ReactRouterLink

from .desk import Desk, ProjectRow


class PageLink(ReactRouterLink):
    """To a page of the app, without loading the document anew; it knows when it leads to the page that is shown (`aria-current`)."""

    tag = "NavLink"
    alias = "NavLink"
    end: rx.Var[bool]


page_link = PageLink.create


def drawing(*paths: str, size: int = 18, class_name: str = "") -> rx.Component:
    return rx.el.svg(
        *(rx.el.path(d=path) for path in paths),
        view_box="0 0 24 24",
        width=str(size),
        height=str(size),
        class_name=f"drawing {class_name}",
        custom_attrs={"aria-hidden": "true"},
    )


def way(project: ObjectVar[ProjectRow]) -> rx.Component:
    return page_link(
        rx.el.span(project.title, class_name="way-title"),
        rx.el.span(project.words, class_name="way-words"),
        to=f"/projects/{project.key}",
        key=project.key,
        class_name="way",
    )


def side() -> rx.Component:
    return rx.el.header(
        rx.el.div(
            page_link(
                drawing("M4 7h9M4 12h16M11 17h9", size=22, class_name="mark"),
                rx.el.span("Interline"),
                to="/",
                end=True,
                class_name="brand",
            ),
            rx.el.button(
                drawing("M20.5 14.2A8.5 8.5 0 0 1 9.8 3.5a8.5 8.5 0 1 0 10.7 10.7z"),
                type="button",
                on_click=rx.toggle_color_mode,
                class_name="round",
                custom_attrs={"aria-label": "Switch between light and dark"},
            ),
            class_name="top",
        ),
        rx.el.nav(
            page_link("Projects", to="/", end=True, class_name="way"),
            rx.el.div(rx.foreach(Desk.projects, way), class_name="ways"),
            custom_attrs={"aria-label": "Projects"},
        ),
        class_name="side",
    )


def frame(*children: rx.Component) -> rx.Component:
    return rx.el.div(side(), rx.el.main(*children), su.tray(), su.on_ready(Desk.arrived), class_name="shell")
