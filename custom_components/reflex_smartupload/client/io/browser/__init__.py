"""What else a browser can do: the channel and the locks between tabs, time, digests, pushes."""

from ..._serve import serve_folder

serve_folder()
