"""What the pages know that is durable: the library, a shared file, the projects.

Handlers are thin callers of the service. `bind` is called once at the start, before the
first event; `push_changes` is a lifespan task.
"""

from .bound import bind
from .library import FilesState, LibraryState, push_changes
from .link import LinkState
from .notifications import NotificationsState
from .projects import ProjectsState
from .shared import SharedFileState, VisitorState

__all__ = [
    "FilesState",
    "LibraryState",
    "LinkState",
    "NotificationsState",
    "ProjectsState",
    "SharedFileState",
    "VisitorState",
    "bind",
    "push_changes",
]
