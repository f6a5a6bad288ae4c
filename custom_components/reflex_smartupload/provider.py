"""What has to be mounted once around every page that shows or starts uploads."""

from reflex.components.component import Component

from .client import DEPENDENCIES, REACT_MODULE


class SmartuploadProvider(Component):
    """Boots the engine, takes drops and pastes anywhere in the window of a page with a place for files, keeps the percentage
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


class ClientComponent(Component):
    """One of the client's own: a page with it has the provider around it."""

    library = REACT_MODULE

    @staticmethod
    def _get_app_wrap_components() -> dict[tuple[int, str], Component]:
        return {(order, "SmartuploadProvider"): wrap for order, wrap in provider_wraps()}
