"""What goes on after a start and for whom, and when what was kept here is forgotten."""

from ..._serve import serve_folder

serve_folder()
