"""What is kept in the browser's own storage, so that a crash or a closed window loses nothing."""

from ..._serve import serve_folder

serve_folder()
