"""What the pages know that is durable: the library, a shared file, notifications.

Handlers are thin callers of the service. `bound_to` is entered at the start, before the first event.
"""

from .account import AccountState
from .bound import Bound
from .drop import DropState
from .drops import DropsState
from .gate import EventGate
from .group import GroupState
from .group_links import GroupLinksState
from .language import LanguageState
from .library import FilesState
from .link import GroupLinkState, LinkState
from .notifications import NotificationsState
from .personal import PersonalState
from .pushing import LibraryState, bound_to
from .shared import SharedFileState, VisitorState
from .tokens import TokensState

__all__ = [
    "AccountState",
    "Bound",
    "DropState",
    "DropsState",
    "EventGate",
    "FilesState",
    "GroupLinkState",
    "GroupLinksState",
    "GroupState",
    "LanguageState",
    "LibraryState",
    "LinkState",
    "NotificationsState",
    "PersonalState",
    "SharedFileState",
    "TokensState",
    "VisitorState",
    "bound_to",
]
