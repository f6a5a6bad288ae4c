"""Files that belong to a ticket: who is asking is known by the app's own login, and the app keeps a list of what has arrived."""

import hashlib
import hmac
import os

import reflex as rx
import reflex_smartupload as su
from fastapi import FastAPI
from fastapi.responses import RedirectResponse
from reflex.vars import ObjectVar
from starlette.requests import HTTPConnection

from smartupload import SmartUpload

PEOPLE = {"anna": "Anna", "ben": "Ben"}
SECRET = os.environ.get("TICKETS_SECRET", "only for trying out").encode()
own = FastAPI()


def signed(name: str) -> str:
    return f"{name}.{hmac.new(SECRET, name.encode(), hashlib.sha256).hexdigest()}"


@own.get("/api/login/{name}")
def login(name: str) -> RedirectResponse:
    """In place of a password."""
    answer = RedirectResponse("/", 303)
    if name in PEOPLE:
        answer.set_cookie("tickets", signed(name), httponly=True, samesite="lax")
    return answer


def who(connection: HTTPConnection) -> str | None:
    """The owner of what this request is about; None for nobody."""
    cookie = connection.cookies.get("tickets", "")
    name = cookie.partition(".")[0]
    return name if hmac.compare_digest(cookie.encode(), signed(name).encode()) else None


class Ticket(rx.State):
    attached: list[str] = []

    @rx.event
    def attach(self, ended: su.Ended) -> None:
        self.attached.append(f"{ended.name}, {ended.size} bytes")


def buttons(card: ObjectVar[su.Card]) -> rx.Component:
    return rx.hstack(
        rx.cond(card.can_pause, rx.button("Hold", on_click=su.pause(card.id), variant="soft")),
        rx.cond(card.can_resume, rx.button("Go on", on_click=su.resume(card.id))),
    )


@rx.memo
def attachment(card: ObjectVar[su.Card], rest: rx.RestProp) -> rx.Component:
    return su.card(card, rest, actions=buttons, free=None)


def index() -> rx.Component:
    return rx.container(
        rx.heading("Ticket 12"),
        rx.hstack(*(rx.el.a(f"I am {name}", href=f"/api/login/{key}") for key, name in PEOPLE.items())),
        su.drop_area(rx.el.strong("Drop what belongs to this ticket"), folders=False),
        su.card_list("active", "On their way", card=attachment),
        rx.heading("Attached", size="4"),
        rx.el.ul(rx.foreach(Ticket.attached, rx.el.li), id="attached"),
        su.on_ready(Ticket.attach),
    )


app = rx.App(api_transformer=own)
SmartUpload(identify=who).mount(app)
app.add_page(index)
