"""What a file is taken for, by its bytes, its name and the browser's word, and which files of a folder nobody means."""

from ..._serve import serve_folder

serve_folder()
