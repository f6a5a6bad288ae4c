"""Entry points: the page, the workers, and the one script that knows React and Reflex."""

import reflex as rx

from .._serve import serve_folder

serve_folder()

#: What compiled pages import. The bundler follows its imports and finds the workers.
REACT_MODULE: str = rx.asset("react.js", shared=True).importable_path
