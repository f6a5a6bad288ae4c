"""What is asked about before it goes out, since the line costs money, and whether this computer slept."""

from ..._serve import serve_folder

serve_folder()
