"""Which addresses of a site are the API's, and how it stands beside another app on the same site."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

_FOLDERS = ("/api/", "/f/")
DROP = "/drop/"
"""Where the pages of drop links are, on a site that has any; else it may be anybody's."""
_PLACES = frozenset({"/api", "/healthz", "/readyz", "/login", "/login/callback"})


def path_of(scope: Scope) -> str:
    """The path as the routes see it: without that of the mount, where the app is mounted below one."""
    path, root = scope["path"], scope.get("root_path", "")
    return path[len(root) :] if root and path.startswith(f"{root}/") else path


def is_ours(path: str, has_drops: bool = False) -> bool:
    """Whether the API answers there."""
    return path.startswith(_FOLDERS) or path in _PLACES or (has_drops and path.startswith(DROP))


class Beside:
    """The API at its own addresses, and another app at all others, its websockets included."""

    def __init__(self, api: ASGIApp, other: ASGIApp, has_drops: bool = False) -> None:
        self.api = api
        self.other = other
        self.has_drops = has_drops

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        ours = scope["type"] == "http" and is_ours(path_of(scope), self.has_drops)
        await (self.api if ours else self.other)(scope, receive, send)
