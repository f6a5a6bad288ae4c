"""Pure rules: no DOM, no fetch, no clock. One room a subject, from the ports at the bottom to the engine at the top."""

from . import (  # noqa: F401  (importing a folder publishes it)
    background_fetch,
    engine,
    files,
    journal,
    line,
    ports,
    recovery,
    sending,
    server,
    staging,
    upload,
    view,
    words,
)
