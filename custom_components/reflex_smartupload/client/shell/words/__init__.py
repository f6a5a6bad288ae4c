"""What components say in English, file by file: a page has the words that it says."""

from ..._serve import serve_folder

serve_folder()
