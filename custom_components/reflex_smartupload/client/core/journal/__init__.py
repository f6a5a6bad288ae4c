"""What of an upload is written down, and when nothing of it is needed any more."""

from ..._serve import serve_folder

serve_folder()
