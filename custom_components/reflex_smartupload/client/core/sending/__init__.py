"""Which part goes out next, where its bytes come from, and what comes of each way in which that fails."""

from ..._serve import serve_folder

serve_folder()
