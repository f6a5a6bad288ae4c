"""What React and Reflex see of it: hooks, controls, toasts, the title."""

import reflex as rx

from ..._serve import serve_folder

serve_folder()

#: What compiled pages import. The bundler follows its imports and finds the workers.
REACT_MODULE: str = rx.asset("react.js", shared=True).importable_path
