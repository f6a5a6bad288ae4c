"""What is said, and in which language: sentences by their keys, numbers as they are written there."""

from ..._serve import serve_folder

serve_folder()
