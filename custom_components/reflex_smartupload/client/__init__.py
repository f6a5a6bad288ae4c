"""The scripts of the package and the one module that compiled pages import."""

from . import core, io, shell  # noqa: F401  (importing a folder publishes it)
from ._serve import serve_folder
from .shell import REACT_MODULE

serve_folder()

#: In the versions that the client is written and tested with: what the journal stands on, and what says the sentences.
DEPENDENCIES = ["idb@8.0.3", "@fluent/bundle@0.19.1"]

__all__ = ["DEPENDENCIES", "REACT_MODULE"]
