"""The app that is tried: the API alone, as a program of its own has it, with nothing of the tests in it."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.types import ASGIApp

from smartupload import SmartUpload
from smartupload.api.addresses import Beside


def make() -> ASGIApp:
    """For uvicorn."""
    uploads = SmartUpload()
    return Beside(uploads.api, Starlette(lifespan=uploads.lifespan))
