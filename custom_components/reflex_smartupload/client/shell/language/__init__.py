"""Which language a page has, where its words come from, and what the engine is told of it."""

from ..._serve import serve_folder

serve_folder()
