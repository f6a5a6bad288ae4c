"""What a person does with a list of files: which of them are selected, what is done with those, and whether keys do it, too."""

from ..._serve import serve_folder

serve_folder()
