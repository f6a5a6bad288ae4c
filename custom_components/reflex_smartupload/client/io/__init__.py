"""One browser capability a file, no decisions."""

from .._serve import serve_folder

serve_folder()
