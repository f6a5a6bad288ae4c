"""What the server is told and asked about whole uploads, and what its word means here."""

from ..._serve import serve_folder

serve_folder()
