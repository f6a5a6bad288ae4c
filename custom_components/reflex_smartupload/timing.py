"""When events fire without a click, what the address says of a page, and how instants read in the visitor's own time zone."""

import reflex as rx
from reflex.components.component import Component

from .actions import direct
from .client import HANDLERS_MODULE


class Every(Component):
    """Renders nothing and fires ``on_tick`` while the page is visible."""

    library = HANDLERS_MODULE
    tag = "Every"

    seconds: rx.Var[float]

    on_tick: rx.EventHandler[rx.event.no_args_event_spec]


class WhenChanged(Component):
    """Renders nothing and fires ``on_change`` whenever ``value`` is another one than before."""

    library = HANDLERS_MODULE
    tag = "WhenChanged"

    value: rx.Var[int | str]

    on_change: rx.EventHandler[rx.event.no_args_event_spec]


class AddressQuery(Component):
    """Renders nothing and writes a query into the page's address whenever it is another one than before."""

    library = HANDLERS_MODULE
    tag = "AddressQuery"

    query: rx.Var[str]


def address_query(query: rx.Var[str] | str) -> Component:
    """Keep what a page shows in its address, so that a reload or a link shows the same.

    Args:
        query: with its question mark, or empty. What stands in the address at first stays until this changes.
    """
    return AddressQuery.create(query=query)


def when_changed(value: rx.Var[int] | rx.Var[str] | int | str, on_change: rx.event.EventType[()]) -> Component:
    """Fire an event when a value changes, such as a counter in a state that tabs share.

    Args:
        value: a number or a text.
        on_change: the event handler; it is not called for the first value.
    """
    return WhenChanged.create(value=value, on_change=on_change)


def every(seconds: float, on_tick: rx.event.EventType[()]) -> Component:
    """Fire an event at an interval for as long as this is rendered.

    Nothing fires in a hidden page; it fires at once when the page is looked at again.

    Args:
        seconds: the interval.
        on_tick: the event handler.
    """
    return Every.create(seconds=seconds, on_tick=on_tick)


def local_time(instant: rx.Var[str]) -> rx.Var[str]:
    """``Today 11:42``, ``Yesterday 9:05`` or ``3 Mar 2026`` where the visitor is.

    Args:
        instant: ISO 8601, as the server sends it; an empty one stays empty.
    """
    return direct("localTime").call(instant).to(str)
