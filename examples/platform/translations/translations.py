"""A translation platform: projects in the app's own database, an uploader for each, and words that are counted when a file is ready."""

import reflex as rx

from . import pages
from .counting import counting, uploads
from .desk import Desk

app = rx.App(
    stylesheets=["/translations.css"],
    html_lang="en",
    reset_style=False,
    toaster=None,
    head_components=[rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml")],
)
uploads.mount(app)
app.register_lifespan_task(counting)
app.add_page(pages.index, route="/", title="Projects – Interline", on_load=Desk.open)
app.add_page(pages.project, route="/projects/[project]", title="Project – Interline", on_load=Desk.open)
