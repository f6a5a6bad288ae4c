"""What goes over the line: calls to the server, its events, parts to the store, and the browser's own sending."""

from ..._serve import serve_folder

serve_folder()
