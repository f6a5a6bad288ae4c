"""What has to be mounted once around every page that shows or starts uploads."""

from reflex.components.component import Component

from .client import DEPENDENCIES, REACT_MODULE


class SmartuploadProvider(Component):
    """Boots the engine, takes drops and pastes anywhere in the window, keeps the percentage
    in the document's title, says aloud what changed, and shows the toasts.
    """

    library = REACT_MODULE
    tag = "SmartuploadProvider"
    lib_dependencies: list[str] = DEPENDENCIES


def boot() -> Component:
    """The provider as a component, for a page that uses nothing else of the package."""
    return SmartuploadProvider.create()


def provider_wraps() -> tuple[tuple[int, Component], ...]:
    """For ``VarData(app_wraps=…)``: any use of the package mounts the provider once."""
    return ((60, SmartuploadProvider.create()),)
