"""The app's own tables: projects, and the files of each with how far their words are counted."""

import datetime
import os
from pathlib import Path

import sqlmodel

FOLDER = Path(os.environ.get("SMARTUPLOAD_DATA_DIR", "data"))
FOLDER.mkdir(parents=True, exist_ok=True)
engine = sqlmodel.create_engine(f"sqlite:///{FOLDER / 'translations.sqlite'}")


class Project(sqlmodel.SQLModel, table=True):
    """`key` is in its address, and the name of its uploader."""

    key: str = sqlmodel.Field(primary_key=True)
    title: str
    client: str
    languages: str
    due: datetime.date


class ProjectFile(sqlmodel.SQLModel, table=True):
    """`read`: of so many bytes the words are counted. `state`: counting, counted, or no text."""

    upload_id: str = sqlmodel.Field(primary_key=True)
    project: str = sqlmodel.Field(foreign_key="project.key", index=True)
    name: str
    size: int
    url: str
    arrived: datetime.datetime
    state: str = "counting"
    read: int = 0
    words: int = 0


def session() -> sqlmodel.Session:
    return sqlmodel.Session(engine, expire_on_commit=False)


def projects() -> list[Project]:
    with session() as asked:
        return list(asked.exec(sqlmodel.select(Project).order_by(sqlmodel.col(Project.due))))


def files(*conditions: object) -> list[ProjectFile]:
    """Those of which all of this is so, newest first."""
    wanted = sqlmodel.select(ProjectFile).where(*conditions).order_by(sqlmodel.col(ProjectFile.arrived).desc())
    with session() as asked:
        return list(asked.exec(wanted))


def find_project(key: str) -> Project | None:
    with session() as asked:
        return asked.get(Project, key)


def find_file(upload_id: str) -> ProjectFile | None:
    with session() as asked:
        return asked.get(ProjectFile, upload_id)


def save(row: Project | ProjectFile) -> None:
    with session() as asked:
        asked.merge(row)
        asked.commit()


def remove(row: ProjectFile) -> None:
    with session() as asked:
        asked.delete(row)
        asked.commit()


def create() -> None:
    """The tables, and in new ones three projects."""
    sqlmodel.SQLModel.metadata.create_all(engine)
    if projects():
        return
    today = datetime.datetime.now(datetime.UTC).date()
    for days, key, title, client, languages in (
        (3, "annual-report", "Annual report 2026", "Nordhavn Energi", "Danish to English, German"),
        (12, "audio-guide", "Museum audio guide", "Museo del Faro", "Spanish to English, French"),
        (21, "safety-case", "Train control, safety case", "Alpenbahn", "German to English"),
    ):
        save(Project(key=key, title=title, client=client, languages=languages, due=today + datetime.timedelta(days)))
