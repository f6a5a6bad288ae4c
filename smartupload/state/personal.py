"""What a person has deleted of themselves, from the foot of every page."""

import reflex as rx
import reflex_smartupload as su
from reflex.event import EventSpec

from smartupload.errors import Problem
from smartupload.service.personal import erase

from .bound import asking_store, bound, owner_of
from .bounds import bounds


class PersonalState(rx.State):
    """Why it was not done, if it was not."""

    error: str = ""

    @rx.event
    @bounds()
    async def erase(self) -> EventSpec | None:
        """Delete all that the server keeps of the visitor; then the browser forgets what it keeps."""
        try:
            await asking_store(erase.erase, bound().context, await owner_of(self))
        except Problem as problem:
            self.error = problem.read()
            return None
        self.error = ""
        return su.forget_device_event()
