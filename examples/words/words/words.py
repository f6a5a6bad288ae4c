"""How many words a text has: work that begins when a file is ready, goes on after a restart, and shows on the card how far it is."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import reflex as rx
import reflex_smartupload as su
import sqlmodel
from reflex.vars import ObjectVar

from smartupload import SmartUpload
from smartupload.hooks import ReadyFile

engine = sqlmodel.create_engine("sqlite:///words.sqlite")
ready = asyncio.Event()


class Count(sqlmodel.SQLModel, table=True):
    upload_id: str = sqlmodel.Field(primary_key=True)
    size: int
    read: int = 0
    words: int = 0
    done: bool = False


class Counting:
    """The word that a file is ready may come twice, and the work takes longer than a hook may: so it only writes down what is to do."""

    version = 1

    async def on_ready(self, file: ReadyFile) -> None:
        with sqlmodel.Session(engine) as session:
            if session.get(Count, file.upload_id) is None:
                session.add(Count(upload_id=file.upload_id, size=file.size))
                session.commit()
        ready.set()


uploads = SmartUpload(hooks=[Counting()])


def count(row: Count) -> None:
    """In a thread, from the beginning each time: a text is soon read."""
    rest = b""
    row.read = row.words = 0
    for piece in uploads.read(row.upload_id):
        *whole, rest = (rest + piece).replace(b"\n", b" ").split(b" ")
        row.words += sum(bool(word.strip()) for word in whole)
        row.read += len(piece)
        save(row)
    row.words += bool(rest.strip())
    row.done = True
    save(row)


def save(row: Count) -> None:
    with sqlmodel.Session(engine, expire_on_commit=False) as session:
        session.merge(row)
        session.commit()


def waiting() -> list[Count]:
    with sqlmodel.Session(engine, expire_on_commit=False) as session:
        return list(session.exec(sqlmodel.select(Count).where(sqlmodel.col(Count.done).is_(False))))


@contextlib.asynccontextmanager
async def counting() -> AsyncIterator[None]:
    """While the app runs: what was not counted to the end before, and whatever is ready from then on."""
    sqlmodel.SQLModel.metadata.create_all(engine)

    async def work() -> None:
        while True:
            ready.clear()
            for row in waiting():
                await asyncio.to_thread(count, row)
            await ready.wait()

    task = asyncio.create_task(work())
    yield
    task.cancel()


class Counts(rx.State):
    texts: dict[str, str] = {}

    @rx.event(background=True)
    async def follow(self, ended: su.Ended):
        """From the moment that a file is ready until its words are counted."""
        while True:
            with sqlmodel.Session(engine) as session:
                row = session.get(Count, ended.id)
            async with self:
                self.texts[ended.id] = text(row)
            if row and row.done:
                return
            await asyncio.sleep(0.2)


def text(row: Count | None) -> str:
    if row and row.done:
        return f"{row.words} words"
    return f"counting, {row.read * 100 // max(1, row.size) if row else 0} %"


def words(card: ObjectVar[su.Card]) -> rx.Component:
    return rx.text(Counts.texts[card.upload_id], size="2", custom_attrs={"data-testid": "words"})


@rx.memo
def counted(card: ObjectVar[su.Card], rest: rx.RestProp) -> rx.Component:
    return su.card(card, rest, free=words)


def index() -> rx.Component:
    return rx.container(
        rx.heading("How many words?"),
        su.drop_area(),
        su.card_list("active", "On their way"),
        su.card_list("done", "Counted", card=counted),
        su.on_ready(Counts.follow),
    )


app = rx.App()
uploads.mount(app)
app.register_lifespan_task(counting)
app.add_page(index)
