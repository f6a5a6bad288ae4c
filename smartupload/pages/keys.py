"""Which keys there are, said in a dialog that a key opens, too."""

import reflex as rx
import reflex_smartupload as su
from reflex.vars.function import FunctionStringVar, FunctionVar
from reflex_smartupload.keys import by_key, key_switch

_DIALOG = "smartupload-keys"
_KEYS = (
    (("/",), su.say("keys-search")),
    (("u",), su.say("keys-upload")),
    (("F2",), su.say("keys-rename")),
    (("Ctrl", "Z"), su.say("keys-undo")),
    (("Esc",), su.say("keys-escape")),
    (("?",), su.say("keys-this")),
)


def keys_control() -> rx.Component:
    """A quiet button, and what it shows."""
    return rx.fragment(
        rx.el.button(
            su.say("keys-label"),
            type="button",
            on_click=_does("showModal"),
            class_name="action keys",
            custom_attrs={**by_key("?"), "aria-haspopup": "dialog"},
        ),
        rx.el.dialog(
            rx.el.h2(su.say("keys-heading"), id=f"{_DIALOG}-title"),
            rx.el.dl(*(_line(keys, means) for keys, means in _KEYS), class_name="keys-list"),
            key_switch(su.say("keys-on"), class_name="check"),
            rx.el.div(
                rx.el.button(
                    su.say("keys-close"),
                    type="button",
                    on_click=_does("close"),
                    class_name="btn quiet",
                    auto_focus=True,
                ),
                class_name="dialog-acts",
            ),
            id=_DIALOG,
            class_name="dialog",
            custom_attrs={"aria-labelledby": f"{_DIALOG}-title"},
        ),
    )


def _does(what: str) -> FunctionVar:
    return FunctionStringVar.create(f'(() => document.getElementById("{_DIALOG}")?.{what}())')


def _line(keys: tuple[str, ...], means: rx.Var[str]) -> rx.Component:
    return rx.el.div(rx.el.dt(*(rx.el.kbd(key) for key in keys)), rx.el.dd(means))
