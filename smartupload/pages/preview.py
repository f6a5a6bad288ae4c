"""How a file is shown on its page: by the browser's own means, with nothing that could run."""

import reflex as rx
import reflex_smartupload as su
from reflex.vars import FunctionStringVar

from smartupload.state import SharedFileState as State

from .layout import plain_link


def preview(look: su.Look) -> rx.Component:
    """The file as its kind is shown; what this browser cannot show or play says so."""
    return rx.el.div(
        rx.match(
            State.preview,
            ("picture", _picture()),
            ("video", _video()),
            ("audio", _audio()),
            ("pdf", _pdf(look)),
            ("text", _text(look)),
            rx.fragment(),
        ),
        rx.el.p(su.say("share-no-preview"), class_name=look.names("sub preview-failed")),
        key=State.preview_url,
        class_name=look.names("preview"),
        custom_attrs={"data-testid": "preview"},
    )


def _failed() -> dict[str, FunctionStringVar]:
    # At once and past the server: the sentence is there already, the style sheet shows it.
    return {
        "onError": FunctionStringVar.create('((event) => { event.currentTarget.parentElement.dataset.failed = "" })')
    }


def _picture() -> rx.Component:
    return rx.el.img(src=State.preview_url, alt=State.name, custom_attrs={"decoding": "async", **_failed()})


def _video() -> rx.Component:
    attributes = {"playsInline": True, "aria-label": State.name, **_failed()}
    return rx.el.video(src=State.preview_url, controls=True, preload="metadata", custom_attrs=attributes)


def _audio() -> rx.Component:
    attributes = {"aria-label": State.name, **_failed()}
    return rx.el.audio(src=State.preview_url, controls=True, preload="metadata", custom_attrs=attributes)


def _pdf(look: su.Look) -> rx.Component:
    # No sandbox: browsers' PDF viewers do not start in one. The store serves it as application/pdf, from a host of its
    # own, so it can be nothing but a PDF. Browsers without a viewer (phones) show what is inside of the element.
    return rx.el.object(
        rx.el.p(
            su.sentence("share-no-pdf", link=plain_link(su.say("share-open"), State.preview_url)),
            class_name=look.names("sub"),
        ),
        data=f"{State.preview_url}#navpanes=0&view=FitH",
        type="application/pdf",
        custom_attrs={"aria-label": State.name},
    )


def _text(look: su.Look) -> rx.Component:
    return rx.fragment(
        rx.el.pre(
            State.text,
            # As the text goes, not as the page does.
            dir="auto",
            tab_index=0,
            role="region",
            custom_attrs={"aria-label": State.name, "data-testid": "text"},
        ),
        rx.cond(
            State.text_cut,
            rx.el.p(su.say("share-text-cut"), class_name=look.names("sub fine")),
        ),
    )
