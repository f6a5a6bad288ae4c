"""What a page or an event handler can tell the engine to do.

Each action exists twice. ``pause(card.id)`` runs in the browser at once, also while the
server is away: use it for buttons. ``pause_event(upload_id)`` is the same as an event, so
that a handler on the server may return or yield it; it waits for the connection, and takes
the id of a card or of an upload.
"""

from reflex.event import EventSpec, run_script
from reflex_base.utils.imports import ImportVar
from reflex_base.vars import VarData
from reflex_base.vars.base import Var
from reflex_base.vars.function import FunctionStringVar, FunctionVar

from .client import REACT_MODULE
from .provider import provider_wraps


def direct(name: str, module: str = REACT_MODULE) -> FunctionVar:
    """A function of the client as a Var: call it in the browser, past the event queue."""
    alias = f"smartupload_{name}"
    return FunctionStringVar.create(
        alias,
        _var_data=VarData(
            imports={module: [ImportVar(tag=name, alias=alias)]},
            app_wraps=provider_wraps(),
        ),
    )


def _event(name: str, *arguments: object) -> EventSpec:
    # Events that the server yields are evaluated in a scope that sees nothing but `refs`.
    handle = Var("__smartupload")._as_ref()
    function = FunctionStringVar.create(
        f"{handle!s}.{name}",
        _var_data=VarData.merge(
            handle._get_all_var_data(),
            VarData(imports={"": [ImportVar(tag=REACT_MODULE)]}, app_wraps=provider_wraps()),
        ),
    )
    return run_script(function.call(*arguments))


def pause(card_id: str | Var[str]) -> FunctionVar:
    """Stop sending; what is confirmed stays confirmed."""
    return direct("pause").partial(card_id)


def pause_event(upload_id: str | Var[str]) -> EventSpec:
    """`pause` for event handlers."""
    return _event("pause", upload_id)


def resume(card_id: str | Var[str]) -> FunctionVar:
    """Go on after a pause, from the last confirmed part."""
    return direct("resume").partial(card_id)


def resume_event(upload_id: str | Var[str]) -> EventSpec:
    """`resume` for event handlers."""
    return _event("resume", upload_id)


def cancel(card_id: str | Var[str]) -> FunctionVar:
    """Give the upload up and remove what was sent, here and in the store, unless it is undone within ten seconds: until then nothing is sent, and its card has ``can_undo``."""
    return direct("cancel").partial(card_id)


def cancel_event(upload_id: str | Var[str]) -> EventSpec:
    """`cancel` for event handlers: at once and for good."""
    return _event("cancel", upload_id)


def undo(card_id: str | Var[str]) -> FunctionVar:
    """Go on with what was cancelled, from the last confirmed part: for a card with ``can_undo``."""
    return direct("undo").partial(card_id)


def undo_event(upload_id: str | Var[str]) -> EventSpec:
    """`undo` for event handlers."""
    return _event("undo", upload_id)


def retry(card_id: str | Var[str]) -> FunctionVar:
    """Try again now instead of later."""
    return direct("retry").partial(card_id)


def retry_event(upload_id: str | Var[str]) -> EventSpec:
    """`retry` for event handlers."""
    return _event("retry", upload_id)


def send_now(card_id: str | Var[str]) -> FunctionVar:
    """Send it whatever the line costs, now and later: for a card with ``can_send_now``."""
    return direct("sendNow").partial(card_id)


def send_now_event(upload_id: str | Var[str]) -> EventSpec:
    """`send_now` for event handlers."""
    return _event("sendNow", upload_id)


def dismiss(card_id: str | Var[str]) -> FunctionVar:
    """Take a finished or refused card off the list; the file itself stays."""
    return direct("dismiss").partial(card_id)


def dismiss_event(upload_id: str | Var[str]) -> EventSpec:
    """`dismiss` for event handlers."""
    return _event("dismiss", upload_id)


def pause_group(group_id: str | Var[str]) -> FunctionVar:
    """`pause` for all files of a group."""
    return direct("pauseGroup").partial(group_id)


def resume_group(group_id: str | Var[str]) -> FunctionVar:
    """`resume` for all files of a group."""
    return direct("resumeGroup").partial(group_id)


def cancel_group(group_id: str | Var[str]) -> FunctionVar:
    """`cancel` for all files of a group. Those that are there stay."""
    return direct("cancelGroup").partial(group_id)


def undo_group(group_id: str | Var[str]) -> FunctionVar:
    """`undo` for all files of a group that were cancelled: for one with ``can_undo``."""
    return direct("undoGroup").partial(group_id)


def retry_group(group_id: str | Var[str]) -> FunctionVar:
    """`retry` for all files of a group that have failed."""
    return direct("retryGroup").partial(group_id)


def send_group_now(group_id: str | Var[str]) -> FunctionVar:
    """`send_now` for all files of a group."""
    return direct("sendGroupNow").partial(group_id)


def dismiss_group(group_id: str | Var[str]) -> FunctionVar:
    """Take a group of which nothing is on its way any more off the list; its files stay."""
    return direct("dismissGroup").partial(group_id)


def fold_group(group_id: str | Var[str], is_open: bool | Var[bool]) -> FunctionVar:
    """Show or hide the list of a group's files, in this tab: `open` of its `group_view`."""
    return direct("foldGroup").partial(group_id, is_open)


def show_only(group_id: str | Var[str], only: bool | Var[bool]) -> FunctionVar:
    """List all files of a group, or only those that need the person: `only` of its `group_view`."""
    return direct("showOnly").partial(group_id, only)


def show_again(card_id: str | Var[str]) -> FunctionVar:
    """Find the file of a card with ``can_show`` again; the browser may ask the person for permission, so only from a click."""
    return direct("showAgain").partial(card_id)


def copy_link(url: str | Var[str]) -> FunctionVar:
    """Put a link on the clipboard and say so in a toast."""
    return direct("copyLink").partial(url)


def copy_link_event(url: str | Var[str]) -> EventSpec:
    """`copy_link` for event handlers."""
    return _event("copyLink", url)


def copy_group_link(group_id: str | Var[str]) -> FunctionVar:
    """Put one link for all files of a group on the clipboard, which is made for that where there is none yet."""
    return direct("copyGroupLink").partial(group_id)


def share_link(url: str | Var[str], title: str | Var[str] = "") -> FunctionVar:
    """Give a link to another program of this device, by the share sheet of the system; see `can_share_link`."""
    return direct("shareLink").partial(url, title)


def toast(text: str | Var[str]) -> FunctionVar:
    """Show a sentence for a few seconds; works while the server is away."""
    return direct("toast").partial(text)


def toast_event(text: str | Var[str]) -> EventSpec:
    """`toast` for event handlers."""
    return _event("toast", text)


def dismiss_all(uploader: str | Var[str] | None = None) -> FunctionVar:
    """Take everything that is done off the list; the files themselves stay. With a name, what this uploader took."""
    return direct("dismissAll") if uploader is None else direct("dismissAll").partial(uploader)


def forget_device() -> FunctionVar:
    """Wipe everything kept in this browser and make it somebody new: copies, list of files, handovers, cookie.

    For shared computers, and for a sign-out. Uploads that are not ready pause at the server, their bytes here are gone; what
    is ready stays. All tabs are loaded anew. Ask the person first; what could not be wiped is said in a toast.
    """
    return direct("forgetDevice")


def sign_in(url: str | Var[str]) -> FunctionVar:
    """Go to where one signs in, such as a card's ``sign_in_url``, and come back to this page."""
    return direct("signIn").partial(url)


def sign_out() -> FunctionVar:
    """`forget_device` for a site that signs people in itself: ends the session, here and at the identity provider. Ask first when something is on its way."""
    return direct("signOut")


def take_over(take: bool) -> FunctionVar:
    """Answer whether what was begun in this browser before its person signed in is theirs; what is on its way goes on then."""
    return direct("takeOver").partial(take)


def forget_device_event() -> EventSpec:
    """`forget_device` for event handlers."""
    return _event("forgetDevice")
