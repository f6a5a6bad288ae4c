"""What is known of one upload: its parts, its phase, its progress."""

from ..._serve import serve_folder

serve_folder()
