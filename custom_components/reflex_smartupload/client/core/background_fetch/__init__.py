"""What goes into the browser's own hands, so that no page is needed, and what becomes of it there."""

from ..._serve import serve_folder

serve_folder()
