"""The scripts of the package and the modules that compiled pages import."""

from . import core, io, shell  # noqa: F401  (importing a folder publishes it)
from ._serve import serve_folder
from .shell import REACT_MODULE

serve_folder()

#: Where the scripts are for compiled pages: what only some of them show is in a script of its own, so that the others do not fetch it.
CLIENT = REACT_MODULE.removesuffix("/shell/ui/react.js")

#: What calls a handler without a click.
HANDLERS_MODULE = f"{CLIENT}/shell/ui/handlers.js"

#: What is done with a list of files.
LIST_MODULE = f"{CLIENT}/shell/lists/library.js"

#: In the versions that the client is written and tested with: what the journal stands on, and what says the sentences.
DEPENDENCIES = ["idb@8.0.3", "@fluent/bundle@0.19.1"]

__all__ = ["CLIENT", "DEPENDENCIES", "HANDLERS_MODULE", "LIST_MODULE", "REACT_MODULE"]
