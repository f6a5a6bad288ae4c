"""One engine: what puts the rooms together, what people ask of it, and its run with no page."""

from ..._serve import serve_folder

serve_folder()
