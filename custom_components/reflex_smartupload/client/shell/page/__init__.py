"""What a page holds: the engine's cards, picked files, the service worker, and how all of it is forgotten."""

from ..._serve import serve_folder

serve_folder()
