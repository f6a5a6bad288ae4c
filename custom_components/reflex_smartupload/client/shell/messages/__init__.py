"""What a person is told in passing: which messages stand in the corner and for how long, and what can be taken back meanwhile."""

from ..._serve import serve_folder

serve_folder()
