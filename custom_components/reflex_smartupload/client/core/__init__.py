"""Pure rules: no DOM, no fetch, no clock."""

from .._serve import serve_folder

serve_folder()
