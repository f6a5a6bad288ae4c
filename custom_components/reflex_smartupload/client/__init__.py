"""The scripts of the package and the one module that compiled pages import."""

from . import core, io, shell  # noqa: F401  (importing a folder publishes it)
from ._serve import serve_folder
from .shell import REACT_MODULE

serve_folder()

#: The version of idb that the journal is written and tested with.
DEPENDENCIES = ["idb@8.0.3"]

__all__ = ["DEPENDENCIES", "REACT_MODULE"]
