"""What a page holds: the engine's cards, picked files, the service worker, what is known of notifications."""

from ..._serve import serve_folder

serve_folder()
