"""The app that is tried: the API as another app mounts it, with nothing of the tests in it."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.routing import Mount

from smartupload import SmartUpload


def make() -> Starlette:
    """For uvicorn."""
    uploads = SmartUpload()
    return Starlette(routes=[Mount("/", uploads.api)], lifespan=uploads.lifespan)
