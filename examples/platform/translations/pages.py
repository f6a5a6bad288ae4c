"""The two pages: all projects, and one project with the place for its files, those on their way, and those that are there."""

import reflex as rx
import reflex_smartupload as su
from reflex.vars import ObjectVar

from .desk import Desk, FileRow, ProjectRow
from .frame import drawing, frame, page_link

# An uploader for each project: what it takes says the project, and only the page of this project shows it.
uploader = su.configure(Desk.project.key, metadata={"project": Desk.project.key})


def index() -> rx.Component:
    return frame(
        rx.el.div(
            rx.el.h1("Projects"),
            rx.el.button("New project", type="button", on_click=Desk.ask(True), class_name="button"),
            class_name="head",
        ),
        rx.cond(Desk.adding, new_project()),
        rx.el.ul(rx.foreach(Desk.projects, project_line), class_name="box projects"),
    )


def project_line(project: ObjectVar[ProjectRow]) -> rx.Component:
    return rx.el.li(
        page_link(
            rx.el.div(
                rx.el.div(project.title, class_name="name"),
                rx.el.div(project.client, " · ", project.languages, class_name="quiet"),
                class_name="what",
            ),
            rx.el.div(
                rx.el.div(project.words, " words", class_name="figure"), rx.el.div(project.files, class_name="quiet")
            ),
            rx.el.div(rx.el.div(project.due, class_name="figure"), rx.el.div("due", class_name="quiet")),
            drawing("m9.5 6 6 6-6 6", class_name="onward"),
            to=f"/projects/{project.key}",
            class_name="project",
        ),
        key=project.key,
        custom_attrs={"data-testid": "project", "data-project": project.key},
    )


def new_project() -> rx.Component:
    return rx.el.form(
        field("title", "Name", "Spring catalogue"),
        field("client", "Client", "Lumen & Loom"),
        field("languages", "Languages", "English to Dutch, Swedish"),
        rx.el.div(
            rx.el.button("Add project", type="submit", class_name="button"),
            rx.el.button("Cancel", type="button", on_click=Desk.ask(False), class_name="button plain"),
            class_name="buttons",
        ),
        on_submit=Desk.add,
        class_name="box form",
    )


def field(name: str, label: str, example: str) -> rx.Component:
    return rx.el.label(
        label, rx.el.input(name=name, placeholder=example, required=True, max_length=80, auto_complete="off")
    )


def project() -> rx.Component:
    return frame(
        rx.cond(
            Desk.project.key != "",
            rx.fragment(
                rx.el.div(
                    rx.el.div(
                        page_link("Projects", to="/", end=True, class_name="back"),
                        rx.el.h1(Desk.project.title),
                        rx.el.p(Desk.project.client, " · ", Desk.project.languages, class_name="quiet"),
                    ),
                    rx.el.dl(fact("Words", Desk.project.words), fact("Due", Desk.project.due), class_name="facts"),
                    class_name="head",
                ),
                rx.el.div(
                    uploader.drop_area(rx.el.strong("Drop the files to translate")), su.leave_note(), class_name="place"
                ),
                uploader.card_list("active", "On their way", card=on_its_way),
                rx.el.div(
                    rx.foreach(uploader.cards("done"), lambda card: ended(card=card, key=card.id)), class_name="box"
                ),
                files(),
                rx.cond((Desk.files.length() == 0) & (uploader.cards().length() == 0), hint()),
            ),
            rx.cond(Desk.loaded, gone()),
        )
    )


def fact(name: str, value: rx.Var[str]) -> rx.Component:
    return rx.el.div(rx.el.dt(name), rx.el.dd(value, custom_attrs={"data-fact": name}))


@rx.memo
def on_its_way(card: ObjectVar[su.Card], rest: rx.RestProp) -> rx.Component:
    """Whether the window may be closed, the note above says for all of them."""
    return su.card(card, rest, leave=None)


@rx.memo
def ended(card: ObjectVar[su.Card], rest: rx.RestProp) -> rx.Component:
    """The card of a file that has ended: until it stands among the files of the project, or for good where it never will."""
    return rx.cond(Desk.here.contains(card.upload_id), rx.fragment(), su.card(card, rest))


def hint() -> rx.Component:
    return rx.el.p(
        "Drop a large text, then go on to another project, or close the window when the note says that you can. Its words are counted once it is there.",
        class_name="quiet",
    )


def files() -> rx.Component:
    return rx.cond(
        Desk.files.length() > 0,
        rx.el.section(
            rx.el.h2("Files"),
            rx.el.ul(rx.foreach(Desk.files, lambda file: file_line(file=file, key=file.upload_id)), class_name="box"),
            custom_attrs={"aria-label": "Files"},
        ),
    )


@rx.memo
def file_line(file: ObjectVar[FileRow], rest: rx.RestProp) -> rx.Component:
    return rx.el.li(
        rest,
        su.kind_icon(file.kind),
        rx.el.div(
            rx.el.div(file.name, class_name="name", title=file.name),
            rx.el.div(file.size, class_name="quiet"),
            class_name="what",
        ),
        rx.el.div(
            rx.el.span(file.words, class_name="figure", custom_attrs={"data-testid": "words"}),
            rx.cond(file.counting, rx.el.div(su.bar_fill("fill", file.percent), class_name="bar")),
            class_name="count",
        ),
        rx.el.a("Open", href=file.url, target="_blank", class_name="button plain"),
        class_name="file",
        custom_attrs={"data-testid": "project-file", "data-upload-id": file.upload_id},
    )


def gone() -> rx.Component:
    return rx.el.div(
        rx.el.h1("There is no such project"),
        page_link("All projects", to="/", end=True, class_name="button"),
        class_name="gone",
    )
