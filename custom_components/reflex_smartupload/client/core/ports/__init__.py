"""What the engine may ask of the outside, how that fails, when it is tried again, and when it ends."""

from ..._serve import serve_folder

serve_folder()
