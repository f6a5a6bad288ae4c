"""The line of the tab whose event is handled: the handshake of its websocket, and the language in which the tab is spoken to."""

from typing import Any

import reflex as rx
from reflex_base.registry import RegistrationContext
from reflex_base.utils.exceptions import ReflexRuntimeError

from smartupload import words
from smartupload.words import negotiation

#: in the handshake: what the tab has picked since
_PICKED = "smartupload.language"


def handshake(state: rx.State) -> dict[str, Any] | None:
    """The ASGI scope of the websocket, which lives as long as that; None for a tab without one."""
    try:
        app = RegistrationContext.get().app
    except (LookupError, ReflexRuntimeError):
        return None  # handled by no app, as in a test of the state alone
    server, namespace = getattr(app, "sio", None), getattr(app, "event_namespace", None)
    if server is None or namespace is None:
        return None
    environ = server.get_environ(state.router.session.session_id, namespace.namespace)
    return environ["asgi.scope"] if environ else None


def language_of(state: Any) -> str:
    """What the tab has picked, else what its handshake asks for; the one at hand where there is no tab."""
    scope = handshake(state) if isinstance(state, rx.State) else None
    if scope is None:
        return words.language()
    return scope.get(_PICKED) or negotiation.asked_by(scope["headers"])


def pick(state: rx.State, language: str) -> bool:
    """The tab is spoken to in this one from now on; False for none of ours. The next handshake brings the cookie that says so."""
    scope = handshake(state)
    if scope is None or language not in words.catalogues().languages:
        return False
    scope[_PICKED] = language
    return True
