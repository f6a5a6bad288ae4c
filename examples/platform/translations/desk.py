"""What a tab shows: all projects, and the one that is open with its files. Read from the database again whenever a file gets on."""

import dataclasses
import datetime
import uuid

import reflex as rx
import reflex_smartupload as su
import sqlmodel

from . import database
from .counting import changes
from .database import Project, ProjectFile

DAYS = 14
"""Until a new project is due."""


@dataclasses.dataclass
class FileRow:
    upload_id: str
    name: str
    kind: str
    size: str
    words: str
    percent: int
    counting: bool
    url: str


@dataclasses.dataclass
class ProjectRow:
    key: str = ""
    title: str = ""
    client: str = ""
    languages: str = ""
    due: str = ""
    files: str = ""
    words: str = ""


def size_text(size: float) -> str:
    for unit in ("bytes", "KB", "MB"):
        if size < 1000:
            return f"{size:.3g} {unit}"
        size /= 1000
    return f"{size:.1f} GB"


def words_text(file: ProjectFile) -> str:
    if file.state == "no text":
        return "Not a text"
    return f"{file.words:,} words" if file.state == "counted" else f"Counting, {percent_of(file)} %"


def percent_of(file: ProjectFile) -> int:
    return file.read * 100 // max(1, file.size)


def file_row(file: ProjectFile) -> FileRow:
    return FileRow(
        upload_id=file.upload_id,
        name=file.name,
        kind=file.name.rpartition(".")[2][:4].upper() if "." in file.name else "FILE",
        size=size_text(file.size),
        words=words_text(file),
        percent=percent_of(file),
        counting=file.state == "counting",
        url=file.url,
    )


def project_row(project: Project, files: list[ProjectFile]) -> ProjectRow:
    mine = [file for file in files if file.project == project.key]
    return ProjectRow(
        key=project.key,
        title=project.title,
        client=project.client,
        languages=project.languages,
        due=f"{project.due.day} {project.due:%B}",
        files=f"{len(mine)} {'file' if len(mine) == 1 else 'files'}" if mine else "No files yet",
        words=f"{sum(file.words for file in mine):,}",
    )


class Desk(rx.State):
    projects: list[ProjectRow] = []
    project: ProjectRow = ProjectRow()
    """The one that is open; without a key while none is, or there is none under this address."""
    files: list[FileRow] = []
    here: list[str] = []
    """The uploads that these files are."""
    loaded: bool = False
    adding: bool = False
    _open: str = ""
    _follows: bool = False

    def _load(self) -> None:
        files = database.files()
        rows = [project_row(project, files) for project in database.projects()]
        self.projects = rows
        self.project = next((row for row in rows if row.key == self._open), ProjectRow())
        self.files = [file_row(file) for file in files if file.project == self._open]
        self.here = [file.upload_id for file in files]
        self.loaded = True

    @rx.event
    def open(self):
        """At the beginning of each page."""
        path = self.router.url.path.strip("/").split("/")
        self._open = path[1] if path[0] == "projects" and len(path) == 2 else ""
        self.adding = self._follows = False
        self._load()
        return Desk.follow

    @rx.event(background=True)
    async def follow(self) -> None:
        """Until all words are counted."""
        async with self:
            if self._follows:
                return
            self._follows = True
        while True:
            seen = changes.number
            async with self:
                self._load()
                if not database.files(sqlmodel.col(ProjectFile.state) == "counting"):
                    self._follows = False
                    return
            await changes.until(lambda seen=seen: changes.number != seen)

    @rx.event(background=True)
    async def arrived(self, ended: su.Ended):
        """The page may hear that a file is ready a moment before `on_ready` has written it down."""
        await changes.until(lambda: database.find_file(ended.id))
        yield Desk.follow

    @rx.event
    def ask(self, adding: bool) -> None:
        self.adding = adding

    @rx.event
    def add(self, form: dict[str, str]):
        """A project of this person's own."""
        said = {name: text.strip() for name, text in form.items()}
        due = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(DAYS)
        project = Project(key=uuid.uuid4().hex[:12], due=due, **said)
        database.save(project)
        return rx.redirect(f"/projects/{project.key}")
