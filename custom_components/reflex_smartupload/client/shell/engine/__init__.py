"""Entry points of the engine: the SharedWorker, its stand-in, the run in the service worker, the writer of part files."""

from ..._serve import serve_folder

serve_folder()
