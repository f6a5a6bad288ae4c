"""Notifications: by which ways somebody is told when a file is there, and how they change or stop that."""

import reflex as rx
import reflex_smartupload as su
from reflex.event import EventType

from smartupload.state import NotificationsState as State

from .layout import button
from .layout import page as layout

_LOOK_AGAIN = 5


def page() -> rx.Component:
    """The page at ``/notifications``, also where the links in mails lead."""
    return layout(
        su.every(_LOOK_AGAIN, State.load),
        rx.cond(State.error != "", rx.el.p(State.error, class_name="banner", role="alert")),
        rx.cond(
            (State.said == "confirmed") & (State.email != ""),
            rx.el.p(
                su.sentence("notifications-is-confirmed", email=rx.el.strong(State.email)),
                class_name="banner good",
                role="status",
            ),
        ),
        rx.cond(
            State.loaded,
            rx.fragment(_mail(), rx.cond(State.by_link, _about_link(), _push())),
        ),
        name="notifications",
        heading=su.say("notifications-heading"),
        sub=su.say("notifications-sub"),
    )


def _mail() -> rx.Component:
    return _panel(
        su.say("notifications-mail"),
        rx.cond(
            State.email != "",
            rx.fragment(_address(State.email, su.say("notifications-confirmed"), "good"), _on_or_off()),
        ),
        rx.cond(State.asked != "", _asked()),
        rx.el.form(
            rx.el.label(
                rx.cond(
                    (State.email != "") | (State.asked != ""),
                    su.say("notifications-other-address"),
                    su.say("notifications-your-address"),
                ),
                html_for="notice-email",
            ),
            rx.el.input(
                id="notice-email",
                name="email",
                type="email",
                required=True,
                auto_complete="email",
                placeholder=su.say("notifications-address-example"),
                max_length=254,
            ),
            rx.el.button(
                rx.cond(State.email != "", su.say("notifications-change"), su.say("notifications-save")),
                type="submit",
                class_name=rx.cond(State.email != "", "btn quiet", "btn"),
            ),
            on_submit=State.save,
            reset_on_submit=True,
            class_name="tell-mail",
        ),
        testid="notice-mail",
    )


def _on_or_off() -> rx.Component:
    weight = rx.cond(State.said == "confirmed", "btn quiet", "btn")
    stop = rx.cond(
        State.mails,
        rx.el.div(button(su.say("notifications-stop-mails"), on_click=State.switch_mails, class_name=weight)),
        rx.fragment(
            rx.el.p(su.say("notifications-no-more-mails"), role="status"),
            rx.el.div(button(su.say("notifications-mails-again"), on_click=State.switch_mails, class_name="btn quiet")),
        ),
    )
    # Whoever came by a mail's link looks for a button, and would void that link with a removal.
    return rx.cond(State.by_link, stop, _switch(su.say("notifications-mails"), State.mails, State.switch_mails))


def _asked() -> rx.Component:
    return rx.fragment(
        _address(State.asked, su.say("notifications-not-confirmed"), "warn"),
        rx.el.p(
            rx.cond(
                State.as_files,
                su.say("notifications-mail-as-file"),
                su.say("notifications-mail-sent"),
            ),
            class_name="sub",
        ),
        rx.el.div(
            button(su.say("notifications-send-again"), on_click=State.send_again, class_name="action"),
            class_name="notice-acts",
        ),
    )


def _push() -> rx.Component:
    return _panel(
        su.say("notifications-push"),
        su.tell_switch(),
        rx.cond(
            (State.subscriptions > 0) | ~State.pushes,
            _switch(su.say("notifications-all-browsers"), State.pushes, State.switch_pushes),
        ),
        rx.el.p(State.told_browsers, class_name="sub"),
        testid="notice-push",
    )


def _about_link() -> rx.Component:
    return rx.el.p(
        su.say("notifications-by-link"),
        class_name="sub",
    )


def _panel(heading: rx.Var[str], *children: rx.Component, testid: str) -> rx.Component:
    return rx.el.section(
        rx.el.h2(heading),
        rx.el.div(*children, class_name="panel"),
        class_name="notice",
        custom_attrs={"data-testid": testid},
    )


def _address(address: rx.Var[str] | str, state: rx.Var[str], tone: str) -> rx.Component:
    return rx.el.div(
        rx.el.span(address, class_name="name"),
        rx.el.span(state, class_name=f"chip {tone}"),
        rx.cond(~State.by_link, button(su.say("notifications-remove"), on_click=State.remove, class_name="action")),
        class_name="notice-address",
    )


def _switch(label: rx.Var[str], on: rx.Var[bool] | bool, flip: EventType[()]) -> rx.Component:
    return button(label, on_click=flip, role="switch", custom_attrs={"aria-checked": rx.cond(on, "true", "false")})
