"""One browser capability a file, no decisions. The twins are for node and not published."""

from . import browser, network, storage  # noqa: F401  (importing a folder publishes it)
