"""Uploads that nobody has to wait for, for Reflex pages: import names from here, nowhere deeper.

A page needs three things: something to drop files on (`drop_zone`, `file_input`), the
list of what is on its way (`cards`, `totals`) and buttons (`pause`, `resume`, `cancel`,
`retry`, `copy_link`); a `tell_button` beside what takes long. Whatever uses one of them also gets the provider that starts the
engine, so there is nothing to set up and no JavaScript to write:

    import reflex as rx
    import reflex_smartupload as su

    def row(card: rx.Var[su.Card]) -> rx.Component:
        return rx.el.li(card.name, " ", card.percent, " % ", rx.el.button("Pause", on_click=su.pause(card.id)), key=card.id)

    def page() -> rx.Component:
        return rx.el.main(su.drop_zone("Drop files here"), rx.el.ul(rx.foreach(su.cards(), row)))

Names load on first use, because a plugin is imported by rxconfig.py while the config is
still being read, and everything else publishes scripts, which needs the config.
"""

from typing import TYPE_CHECKING

from reflex_base.utils import lazy_loader

if TYPE_CHECKING:
    from .actions import cancel as cancel
    from .actions import cancel_event as cancel_event
    from .actions import cancel_group as cancel_group
    from .actions import copy_group_link as copy_group_link
    from .actions import copy_link as copy_link
    from .actions import copy_link_event as copy_link_event
    from .actions import dismiss as dismiss
    from .actions import dismiss_all as dismiss_all
    from .actions import dismiss_event as dismiss_event
    from .actions import dismiss_group as dismiss_group
    from .actions import fold_group as fold_group
    from .actions import forget_device as forget_device
    from .actions import forget_device_event as forget_device_event
    from .actions import pause as pause
    from .actions import pause_event as pause_event
    from .actions import pause_group as pause_group
    from .actions import resume as resume
    from .actions import resume_event as resume_event
    from .actions import resume_group as resume_group
    from .actions import retry as retry
    from .actions import retry_event as retry_event
    from .actions import retry_group as retry_group
    from .actions import send_group_now as send_group_now
    from .actions import send_now as send_now
    from .actions import send_now_event as send_now_event
    from .actions import share_link as share_link
    from .actions import show_again as show_again
    from .actions import show_only as show_only
    from .actions import sign_in as sign_in
    from .actions import sign_out as sign_out
    from .actions import take_over as take_over
    from .actions import toast as toast
    from .actions import toast_event as toast_event
    from .actions import undo as undo
    from .actions import undo_event as undo_event
    from .actions import undo_group as undo_group
    from .components.card import bar_fill as bar_fill
    from .components.card import card as card
    from .components.card import progress as progress
    from .components.card_list import card_list as card_list
    from .components.file_icon import kind_icon as kind_icon
    from .components.group import group_card as group_card
    from .components.group_list import group_files as group_files
    from .components.group_list import group_row as group_row
    from .components.leaving import forget_button as forget_button
    from .components.leaving import leave_panel as leave_panel
    from .components.look import Look as Look
    from .components.places import drop_area as drop_area
    from .components.places import leave_note as leave_note
    from .components.places import notify_button as notify_button
    from .components.tray import tray as tray
    from .components.tray import tray_row as tray_row
    from .fold import Behind as Behind
    from .fold import toggle_tray as toggle_tray
    from .fold import tray_open as tray_open
    from .installing import install_head as install_head
    from .languages import language_head as language_head
    from .languages import language_menu as language_menu
    from .live import Card as Card
    from .live import Group as Group
    from .live import GroupRow as GroupRow
    from .live import GroupView as GroupView
    from .live import Limits as Limits
    from .live import Totals as Totals
    from .live import can_share_link as can_share_link
    from .live import card_of as card_of
    from .live import cards as cards
    from .live import group_rows as group_rows
    from .live import group_view as group_view
    from .live import groups as groups
    from .live import limits as limits
    from .live import totals as totals
    from .moments import Ended as Ended
    from .moments import on_added as on_added
    from .moments import on_blocked as on_blocked
    from .moments import on_cancelled as on_cancelled
    from .moments import on_duplicate as on_duplicate
    from .moments import on_failed as on_failed
    from .moments import on_progress as on_progress
    from .moments import on_ready as on_ready
    from .moments import on_safe as on_safe
    from .picker import choose_file as choose_file
    from .picker import drop_zone as drop_zone
    from .picker import file_input as file_input
    from .picker import folder_input as folder_input
    from .plugin import SmartuploadPlugin as SmartuploadPlugin
    from .provider import boot as boot
    from .provider import provider_wraps as provider_wraps
    from .sentences import sentence as sentence
    from .tell import tell_button as tell_button
    from .tell import tell_switch as tell_switch
    from .timing import every as every
    from .timing import local_time as local_time
    from .timing import when_changed as when_changed
    from .uploaders import Uploader as Uploader
    from .uploaders import configure as configure
    from .words import say as say

_NAMES = {
    "live": [
        "Card",
        "Group",
        "GroupRow",
        "GroupView",
        "Limits",
        "Totals",
        "can_share_link",
        "card_of",
        "cards",
        "group_rows",
        "group_view",
        "groups",
        "limits",
        "totals",
    ],
    "actions": [
        "cancel",
        "cancel_event",
        "cancel_group",
        "copy_group_link",
        "copy_link",
        "copy_link_event",
        "dismiss",
        "dismiss_all",
        "dismiss_event",
        "dismiss_group",
        "fold_group",
        "forget_device",
        "forget_device_event",
        "pause",
        "pause_event",
        "pause_group",
        "resume",
        "resume_event",
        "resume_group",
        "retry",
        "retry_event",
        "retry_group",
        "send_group_now",
        "send_now",
        "send_now_event",
        "share_link",
        "show_again",
        "show_only",
        "sign_in",
        "sign_out",
        "take_over",
        "toast",
        "toast_event",
        "undo",
        "undo_event",
        "undo_group",
    ],
    "components.card": ["bar_fill", "card", "progress"],
    "components.file_icon": ["kind_icon"],
    "components.card_list": ["card_list"],
    "components.group": ["group_card"],
    "components.group_list": ["group_files", "group_row"],
    "components.leaving": ["forget_button", "leave_panel"],
    "components.look": ["Look"],
    "components.places": ["drop_area", "leave_note", "notify_button"],
    "components.tray": ["tray", "tray_row"],
    "installing": ["install_head"],
    "languages": ["language_head", "language_menu"],
    "moments": [
        "Ended",
        "on_added",
        "on_blocked",
        "on_cancelled",
        "on_duplicate",
        "on_failed",
        "on_progress",
        "on_ready",
        "on_safe",
    ],
    "picker": ["choose_file", "drop_zone", "file_input", "folder_input"],
    "plugin": ["SmartuploadPlugin"],
    "provider": ["boot", "provider_wraps"],
    "sentences": ["sentence"],
    "tell": ["tell_button", "tell_switch"],
    "timing": ["every", "local_time", "when_changed"],
    "fold": ["Behind", "toggle_tray", "tray_open"],
    "uploaders": ["Uploader", "configure"],
    "words": ["say"],
}

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submod_attrs=_NAMES)
