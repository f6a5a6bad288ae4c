"""The few drawings that the pages need, drawn with the colour of the text."""

import reflex as rx


def _stroke(*paths: str, size: int = 18, class_name: str = "") -> rx.Component:
    return rx.el.svg(
        *(rx.el.path(d=path) for path in paths),
        view_box="0 0 24 24",
        width=str(size),
        height=str(size),
        class_name=f"stroke {class_name}".strip(),
        custom_attrs={"aria-hidden": "true"},
    )


def logo() -> rx.Component:
    """The mark beside the name."""
    return rx.el.svg(
        rx.el.rect(width="24", height="24", rx="7"),
        rx.el.path(d="M12 17.5v-10m-4 4 4-4 4 4"),
        view_box="0 0 24 24",
        width="24",
        height="24",
        class_name="stroke mark",
        custom_attrs={"aria-hidden": "true"},
    )


def sun() -> rx.Component:
    """Shown while the page is dark."""
    return _stroke(
        "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2m0 15v2M2.5 12h2m15 0h2M5.3 5.3l1.4 1.4m10.6 10.6 1.4 1.4"
        "m0-13.4-1.4 1.4M6.7 17.3l-1.4 1.4",
        class_name="when-dark",
    )


def moon() -> rx.Component:
    """Shown while the page is light."""
    return _stroke("M20.5 14.2A8.5 8.5 0 0 1 9.8 3.5a8.5 8.5 0 1 0 10.7 10.7z", class_name="when-light")


def upload() -> rx.Component:
    """In the drop zone."""
    return _stroke("M12 15.5v-11m-4.5 4.5L12 4.5 16.5 9M4.5 15.5v2a2 2 0 0 0 2 2h11a2 2 0 0 0 2-2v-2", size=26)


def search() -> rx.Component:
    """In front of a search field."""
    return _stroke("M10.5 4.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15 15l4.5 4.5", size=16)
