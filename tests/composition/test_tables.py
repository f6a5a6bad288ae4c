"""Our tables are ours alone: an app around may call its own ones as it likes, and makes and migrates none of ours."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

APP = """
import reflex as rx
import sqlmodel
from smartupload import SmartUpload
from smartupload.settings import Settings

uploads = SmartUpload(Settings(data_dir="data"))
import smartupload.models as ours

class Upload(sqlmodel.SQLModel, table=True):
    id: int = sqlmodel.Field(primary_key=True)

class Event(rx.Model, table=True):
    word: str

engine = sqlmodel.create_engine("sqlite:///own.sqlite")
sqlmodel.SQLModel.metadata.create_all(engine)
with sqlmodel.Session(engine) as session:
    session.add(Upload(id=7))
    session.add(Event(word="mine"))
    session.commit()
import sqlalchemy
print(sorted(sqlalchemy.inspect(engine).get_table_names()))
print(sorted({*ours.Upload.metadata.tables} & {*sqlmodel.SQLModel.metadata.tables}))
"""


def test_an_app_has_tables_of_the_same_names(tmp_path: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", APP], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[-2:] == ["['event', 'upload']", "['event', 'upload']"], ran.stdout
