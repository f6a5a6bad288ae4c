"""Entry points: the page, the workers, and what knows React and Reflex."""

from . import document, engine, language, lists, messages, notices, page, pictures, words  # noqa: F401  (importing a folder publishes it)
from .ui import REACT_MODULE

__all__ = ["REACT_MODULE"]
