"""Projects: an example of an ordinary page of a host app, where people go on working while their files are on their way."""

import reflex as rx
import reflex_smartupload as su
from reflex.vars import ObjectVar

from smartupload.state.projects import Project, ProjectsState

from .layout import button, search_field
from .layout import page as layout

_STAGES = {
    "All": su.say("projects-stage-all"),
    "New": su.say("projects-stage-new"),
    "Translation": su.say("projects-stage-translation"),
    "Recording": su.say("projects-stage-recording"),
    "Review": su.say("projects-stage-review"),
    "Delivered": su.say("projects-stage-delivered"),
}


def page() -> rx.Component:
    """The page at ``/projects``."""
    return layout(
        rx.el.div(
            search_field(su.say("projects-search"), ProjectsState.search),
            rx.el.div(
                *(_stage(stage, words) for stage, words in _STAGES.items()),
                class_name="filters",
                role="group",
                custom_attrs={"aria-label": su.say("projects-stage")},
            ),
            class_name="toolbar",
        ),
        rx.cond(
            ProjectsState.visible.length() > 0,
            rx.el.div(_table(), class_name="list"),
            rx.el.p(su.say("projects-none"), class_name="empty"),
        ),
        su.on_ready(ProjectsState.take_in),
        name="projects",
        heading=su.say("projects-heading"),
        sub=su.say("projects-sub"),
        wide=True,
    )


def _stage(stage: str, words: rx.Var[str]) -> rx.Component:
    return button(
        words,
        on_click=ProjectsState.choose(stage),
        class_name="filter",
        custom_attrs={"aria-pressed": ProjectsState.stage == stage},
    )


def _table() -> rx.Component:
    columns = [
        su.say("projects-project"),
        su.say("projects-languages"),
        su.say("projects-words"),
        su.say("projects-due"),
        su.say("projects-stage"),
    ]
    return rx.el.table(
        rx.el.thead(rx.el.tr(*(rx.el.th(column, scope="col") for column in columns))),
        rx.el.tbody(rx.foreach(ProjectsState.visible, _row)),
        class_name="table projects",
    )


def _row(project: ObjectVar[Project]) -> rx.Component:
    return rx.el.tr(
        rx.el.td(
            rx.el.div(project.name, class_name="name"),
            rx.el.div(project.client, class_name="quiet"),
            class_name="cell-main",
        ),
        rx.el.td(project.languages),
        rx.el.td(project.words, class_name="number", custom_attrs={"data-label": su.say("projects-words")}),
        rx.el.td(
            rx.el.span(project.due, class_name=rx.cond(project.late, "late", "")),
            custom_attrs={"data-label": su.say("projects-due")},
        ),
        rx.el.td(
            rx.el.div(
                rx.el.span(rx.match(project.stage, *_STAGES.items(), project.stage)),
                rx.el.div(
                    su.bar_fill("sent", project.percent),
                    class_name="bar slim",
                    custom_attrs={"aria-hidden": "true"},
                ),
                class_name="stage",
            )
        ),
        key=project.name,
    )
