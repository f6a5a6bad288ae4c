"""What a file is taken for, by its bytes, its name and the browser's word."""

from ..._serve import serve_folder

serve_folder()
