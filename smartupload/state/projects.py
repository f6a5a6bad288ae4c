"""An ordinary list of work: what a translation company looks at while its files are on their way."""

import dataclasses
import datetime
from pathlib import Path

import reflex as rx
import reflex_smartupload as su

from smartupload import words
from smartupload.words import figures, say

from .bounds import FILE, ID, SEARCH, bounds
from .connection import language_of

#: name, client, from, into, words, days until due, share done, state; content, as a file's name is
_WORK = [
    tuple(line.split(" | ")) for line in Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
]

#: Files that a tab remembers, and characters of a name.
KEPT, NAME = 20, 200

STAGES = ["All", "New", "Translation", "Recording", "Review", "Delivered"]


@dataclasses.dataclass
class Project:
    """One line of the list."""

    name: str
    client: str
    languages: str
    words: str
    due: str
    late: bool
    percent: int
    stage: str


def _due(days: int, today: datetime.date) -> str:
    if days == 0:
        return say("state-project-today")
    if days == 1:
        return say("state-project-tomorrow")
    return figures.short_day_text(today + datetime.timedelta(days=days), words.language())


def projects(today: datetime.date) -> list[Project]:
    """The work, with dates around today."""
    return [_project(today, *line) for line in _WORK]


def _project(
    today: datetime.date, name: str, client: str, source: str, into: str, size: str, days: str, done: str, stage: str
) -> Project:
    languages = say("state-project-languages", source=source, into=into)
    amount, late = say("state-project-words", count=int(size)), int(days) <= 1 and int(done) < 100
    return Project(name, client, languages, amount, _due(int(days), today), late, int(done), stage)


class ProjectsState(rx.State):
    """What the list is narrowed down to."""

    query: str = ""
    stage: str = "All"
    #: what this tab was told has arrived, newest first
    arrived: list[Project] = []

    @rx.var
    def visible(self) -> list[Project]:
        """The projects that fit the search and the stage."""
        wanted = self.query.casefold()
        today = datetime.datetime.now(datetime.UTC).date()
        with words.speaking(language_of(self)):
            every = [*self.arrived, *projects(today)]
        return [
            project
            for project in every
            if self.stage in ("All", project.stage)
            and wanted in f"{project.name} {project.client} {project.languages}".casefold()
        ]

    @rx.event
    @bounds(file=FILE)
    def take_in(self, file: su.Ended) -> None:
        """A file that is ready is work to be planned."""
        name = file.name if len(file.name) <= NAME else f"{file.name[:NAME]}…"
        self.arrived.insert(0, Project(name, say("state-project-arrived"), "", "", "", False, 0, "New"))
        del self.arrived[KEPT:]

    @rx.event
    @bounds(query=SEARCH)
    def search(self, query: str) -> None:
        """Narrow down by letters in name, client or language."""
        self.query = query.strip()

    @rx.event
    @bounds(stage=ID)
    def choose(self, stage: str) -> None:
        """Narrow down to one stage."""
        self.stage = stage
