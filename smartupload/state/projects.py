"""An ordinary list of work: what a translation company looks at while its files are on their way."""

import dataclasses
import datetime

import reflex as rx
import reflex_smartupload as su

from .bounds import FILE, ID, SEARCH, bounds

#: name, client, from, into, words, days until due, share done, state
_WORK = [
    ("Annual report 2026", "Nordhavn Energi", "Danish", "English, German", 48_200, 3, 72, "Translation"),
    ("Infusion pump, user manual", "Medivar", "German", "French, Italian, Spanish", 31_750, 1, 94, "Review"),
    ("Autumn collection, web shop", "Lumen & Loom", "English", "Dutch, Swedish", 12_400, 6, 35, "Translation"),
    ("Onboarding film, subtitles", "Brightwell Bank", "English", "Polish, Czech", 3_850, 2, 60, "Translation"),
    ("Merger agreement", "Castellan Legal", "French", "English", 22_100, 0, 98, "Review"),
    ("Train control, safety case", "Alpenbahn", "German", "English", 64_900, 21, 18, "Translation"),
    (
        "Museum audio guide",
        "Museo del Faro",
        "Spanish",
        "English, French, German, Japanese",
        18_300,
        12,
        44,
        "Recording",
    ),
    ("Release notes 14.2", "Kestrel Software", "English", "Japanese, Korean", 5_600, 1, 80, "Review"),
    ("Clinical study protocol", "Oriva Pharma", "English", "Hungarian, Romanian", 41_000, 9, 52, "Translation"),
    ("Wine list, spring", "Casa Monteluce", "Italian", "English, German", 2_150, 4, 0, "New"),
    ("Tender for harbour cranes", "Port of Lindholm", "Swedish", "English", 27_480, 15, 0, "New"),
    (
        "Game dialogue, chapter 3",
        "Ember Fox Studio",
        "English",
        "French, German, Portuguese",
        36_720,
        18,
        27,
        "Recording",
    ),
    ("Employee handbook", "Fjord Logistics", "Norwegian", "English, Polish", 15_900, -2, 100, "Delivered"),
    ("Patent family, sensor housing", "Tessal", "German", "English, Chinese", 19_340, -5, 100, "Delivered"),
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
    near = {0: "Today", 1: "Tomorrow"}
    day = today + datetime.timedelta(days=days)
    return near.get(days, f"{day.day} {day:%b}")


def projects(today: datetime.date) -> list[Project]:
    """The work, with dates around today."""
    return [
        Project(
            name, client, f"{source} to {into}", f"{words:,}", _due(days, today), days <= 1 and done < 100, done, stage
        )
        for name, client, source, into, words, days, done, stage in _WORK
    ]


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
        return [
            project
            for project in [*self.arrived, *projects(today)]
            if self.stage in ("All", project.stage)
            and wanted in f"{project.name} {project.client} {project.languages}".casefold()
        ]

    @rx.event
    @bounds(file=FILE)
    def take_in(self, file: su.Ended) -> None:
        """A file that is ready is work to be planned."""
        name = file.name if len(file.name) <= NAME else f"{file.name[:NAME]}…"
        self.arrived.insert(0, Project(name, "Just arrived", "", "", "", False, 0, "New"))
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
