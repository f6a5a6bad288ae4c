"""What is kept in this browser: the journal, copies of files, part files, and how much room there is."""

from ..._serve import serve_folder

serve_folder()
