"""Files that belong to records of the app's own database: two uploaders on a page, one for attachments and one for the cover."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import reflex as rx
import reflex_smartupload as su
import sqlmodel

from smartupload import SmartUpload
from smartupload.hooks import NewFile, ReadyFile

engine = sqlmodel.create_engine("sqlite:///records.sqlite")


class Record(sqlmodel.SQLModel, table=True):
    id: int = sqlmodel.Field(primary_key=True)
    title: str


class Attachment(sqlmodel.SQLModel, table=True):
    upload_id: str = sqlmodel.Field(primary_key=True)
    record: int = sqlmodel.Field(foreign_key="record.id")
    uploader: str
    text: str
    url: str


written = asyncio.Condition()
"""Whoever waits here for a row is woken by the hook that has written one; it knows of this process only, as SQLite does."""


class Belongs:
    """Which record a file belongs to, the page says as metadata. Whether there is such a record, the server asks."""

    version = 1

    def may_upload(self, file: NewFile) -> str | None:
        number = file.metadata.get("record", "")
        with sqlmodel.Session(engine) as session:
            there = number.isdecimal() and session.get(Record, int(number))
        return None if there else "This record is gone. Open another one and drop the file there."

    async def on_ready(self, file: ReadyFile) -> None:
        """It may be told twice, and puts down the same again."""
        found = Attachment(
            upload_id=file.upload_id,
            record=int(file.metadata["record"]),
            uploader=file.uploader,
            text=f"{file.name}, {file.size} bytes",
            url=file.share_url,
        )
        with sqlmodel.Session(engine) as session:
            session.merge(found)
            session.commit()
        async with written:
            written.notify_all()


def is_written(upload_id: str) -> bool:
    with sqlmodel.Session(engine) as session:
        return session.get(Attachment, upload_id) is not None


class Records(rx.State):
    number: int = 1
    title: str = ""
    cover: str = ""
    attached: list[str] = []

    @rx.event
    def show(self, number: int) -> None:
        self.number = number
        self.load()

    @rx.event
    def load(self) -> None:
        with sqlmodel.Session(engine) as session:
            self.title = session.get_one(Record, self.number).title
            mine = session.exec(sqlmodel.select(Attachment).where(Attachment.record == self.number)).all()
            self.cover = next((one.url for one in mine if one.uploader == "cover"), "")
            self.attached = [one.text for one in mine if one.uploader == "attachments"]

    @rx.event(background=True)
    async def arrived(self, ended: su.Ended) -> None:
        """The page may hear that a file is ready a moment before `on_ready` has put it down."""
        async with written:
            await written.wait_for(lambda: is_written(ended.id))
        async with self:
            self.load()


about = {"record": Records.number}
attachments = su.configure("attachments", max_size="2 GB", metadata=about)
cover = su.configure("cover", accept="image/*", max_size="5 MB", max_files=1, metadata=about)


def index() -> rx.Component:
    return rx.container(
        rx.hstack(*(rx.button(f"Record {number}", on_click=Records.show(number)) for number in (1, 2))),
        rx.heading(Records.title, id="title"),
        rx.cond(Records.cover, rx.link("The cover", href=Records.cover, id="cover")),
        cover.drop_area(rx.el.strong("Drop a picture for the cover"), folders=False),
        cover.card_list(),
        attachments.drop_area(rx.el.strong("Drop what belongs to this record")),
        attachments.card_list(heading="Just now"),
        rx.el.ul(rx.foreach(Records.attached, rx.el.li), id="attached"),
        su.on_ready(Records.arrived),
    )


@contextlib.asynccontextmanager
async def tables() -> AsyncIterator[None]:
    sqlmodel.SQLModel.metadata.create_all(engine)
    with sqlmodel.Session(engine) as session:
        for number, title in ((1, "The bridge"), (2, "The tower")):
            session.merge(Record(id=number, title=title))
        session.commit()
    yield


app = rx.App()
app.register_lifespan_task(tables)
SmartUpload(hooks=[Belongs()]).mount(app)
app.add_page(index, on_load=Records.load)
