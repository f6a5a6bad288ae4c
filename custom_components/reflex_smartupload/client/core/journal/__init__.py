"""What is written down, what goes on from it after a start and for whom, and when it is forgotten."""

from ..._serve import serve_folder

serve_folder()
