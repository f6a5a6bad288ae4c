"""The typed view that Python pages have of what the browser is uploading.

The values live in the browser and never travel to the server; a page compiled from these
Vars re-renders there by itself. A misspelt field fails when the page is compiled. Field
names are those of the typedefs in ``client/core/ports/pages.js``; a test keeps the two equal.
"""

import dataclasses
import hashlib
from typing import Any

from reflex.vars import ArrayVar, ObjectVar, VarData
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import Var

from .client import REACT_MODULE
from .provider import provider_wraps


@dataclasses.dataclass(frozen=True)
class Card:
    """One file on its way. All texts are ready to show; all figures are integers.

    Which buttons make sense is in the ``can_…`` fields, so a page never compares states.
    """

    id: str
    """Stable for as long as the card lives: the React key, and what the actions take."""
    upload_id: str
    """The server's id, empty until the server has answered (``data-upload-id``)."""
    name: str
    path: str
    """Folder and name as dropped, empty for a single file."""
    kind: str
    """Short type for an icon, such as ``MOV``."""
    size: int
    state: str
    """``staging``, ``waiting``, or a state of the upload: ``uploading``, ``paused``,
    ``verifying``, ``scanning``, ``ready``, ``blocked``, ``failed``, ``cancelled``, ``expired``."""
    percent: int
    """0 to 100: what the store has."""
    percent_safe: int
    """0 to 100: what is safe in this browser or already in the store."""
    amount: str
    """``1.31 of 2.14 GB``."""
    speed: str
    """``6.2 MB/s``, or empty."""
    eta: str
    """``4–6 min left``, or empty."""
    detail: str
    """The state in words, such as ``paused by you``."""
    leave: str
    """``stay``, ``return``, ``continues``, or empty when the question does not arise."""
    leave_text: str
    error: str
    """A sentence that says what to do, or empty."""
    error_code: str
    wait: bool
    """True when it takes so long that nobody should sit and watch."""
    wait_text: str
    can_pause: bool
    can_resume: bool
    can_cancel: bool
    can_undo: bool
    """It was cancelled, and for a moment that can be undone: offer `undo`."""
    can_retry: bool
    needs_file: bool
    """True when the browser no longer has the bytes: offer `choose_file`."""
    can_show: bool
    """True when one click finds the file again: offer `show_again` as well."""
    can_dismiss: bool
    share_url: str
    download_url: str
    section: str
    """``active`` or ``done``."""
    finished_at: str
    """``11:42``, or empty."""
    uploader: str
    """Which uploader took it, see `configure`; empty for the one without a name."""
    sign_in_url: str
    """It waits for somebody to sign in: where, for `sign_in`; else empty, also where the app around has not said it."""
    can_try_again: bool
    """Something stands between this browser and the store, `detail` says what: offer `retry`, beside which it is tried by itself."""
    can_send_now: bool
    """It waits for a line that costs nothing, `detail` says so: offer `send_now`, beside which it goes on by itself on such a line."""
    group: str
    """The `Group` with which it was given; empty for a file that came singly."""


@dataclasses.dataclass(frozen=True)
class Group:
    """All files that were given together, as a folder or more than twenty at once. All texts are ready to show; all figures are integers."""

    id: str
    """Stable for as long as one of its files has a card: the React key, and what the actions take."""
    name: str
    """The folder's, or ``1,000 files``."""
    is_folder: bool
    files: int
    """How many there are, without those that were cancelled."""
    there: int
    """How many of them are ready."""
    size: int
    """Of all of them, 0 while nobody knows it."""
    count: str
    """``251 of 1,000 files``, ``1,000 files`` once all are there."""
    amount: str
    """``1.31 of 2.14 GB``."""
    state: str
    """As that of a `Card`: how those go that are sent now; ``failed`` when all have come to their end and not all well."""
    percent: int
    """0 to 100: what the store has."""
    percent_safe: int
    """0 to 100: what is safe in this browser or already in the store."""
    speed: str
    eta: str
    """``4–6 min left`` until all are there, or empty."""
    detail: str
    leave: str
    """``stay``, ``return``, ``continues``, or empty, for all of them together."""
    leave_text: str
    wait: bool
    wait_text: str
    problems: int
    """How many files need the person, or went wrong."""
    problem_text: str
    """``3 files need you``, or empty."""
    can_pause: bool
    can_resume: bool
    can_cancel: bool
    can_undo: bool
    """All that was on its way was cancelled, and for a moment that can be undone: offer `undo_group`."""
    can_retry: bool
    can_send_now: bool
    """Some of them wait for a line that costs nothing: offer `send_group_now`."""
    can_dismiss: bool
    can_share: bool
    """True when there can be one link for all of them: offer `copy_group_link`."""
    section: str
    """``active`` while one of them is on its way, else ``done``."""
    finished_at: str
    sign_in_url: str
    uploader: str


@dataclasses.dataclass(frozen=True)
class GroupView:
    """What of a `Group` is shown in this tab."""

    open: bool
    """Whether its files are listed: unless a person chose, those of a group of up to twenty."""
    only: bool
    """Whether only those are listed that need the person."""


@dataclasses.dataclass(frozen=True)
class GroupRow:
    """A row in the list of a group's files that is in the page just now."""

    card: Card
    at: int
    """Its place in the list, from 1."""
    of: int
    """How many rows the list has."""
    top: str
    """How far below the upper edge of the list it lies, for the style sheet."""
    is_current: bool
    """The keyboard is on it: the only one that the Tab key comes to."""


@dataclasses.dataclass(frozen=True)
class Totals:
    """All cards that are on their way, taken together."""

    active: int
    withdrawn: int
    """How many were cancelled a moment ago: those can be brought back."""
    done: int
    percent: int
    eta: str
    speed: str
    leave: str
    leave_text: str
    title: str
    """``1 of 3 · 61 %`` for the document's title, ``61 % · 1 file`` when there is only one, or empty."""
    text: str
    """``2 files on their way``, ``1 of 3 files`` once one of them is there, ``1 file cancelled`` when no other is on its way."""
    if_page: str
    """What happens if this page is left for another one of the site."""
    if_tab: str
    """What happens if this tab is closed while another one is open: ``goes on``."""
    if_tabs: str
    """The same for all tabs, with the browser still running."""
    if_browser: str
    if_computer: str


@dataclasses.dataclass(frozen=True)
class Limits:
    """What the server allows."""

    max_file_size_text: str
    """``5 TB``, or empty without a limit."""
    wait_threshold_seconds: int


def _hook(name: str, kind: Any, hook: str, call: str, *given: VarData | None) -> Any:
    """A Var over a React hook; Any, because its class follows from `kind` at run time only. `given`: what its arguments need, which stands before it."""
    own = VarData(
        imports={REACT_MODULE: [ImportVar(tag=hook)]},
        hooks={f"const {name} = {call};": None},
        app_wraps=provider_wraps(),
    )
    data = VarData.merge(*given, own)
    return Var(_js_expr=name, _var_type=kind, _var_data=data).guess_type()


def cards(
    section: str = "", first: int = 0, uploader: str | Var[str] | None = None, *, single: bool = False
) -> ArrayVar[list[Card]]:
    """The live list of cards, for ``rx.foreach`` with ``key=card.id``.

    Unchanged cards keep their identity from one snapshot to the next: put the whole card
    into one prop of an ``rx.memo`` component, and only what changed renders again. A long
    list arrives in slices over a few frames, so that dropping a thousand files never
    freezes the page.

    Args:
        section: ``active`` or ``done``; everything when empty.
        first: at most so many; all of them when 0.
        uploader: those that this one took, by its name; those of all when None.
        single: only those that came singly; the others are in the lists of their `groups`.
    """
    name, call, given = _of_uploader(f"Cards_{section or 'all'}_{first}", f'"{section}", {first}', uploader)
    return _hook(
        f"{name}_single" if single else name,
        list[Card],
        "useCards",
        f'useCards({call}, "")' if single else f"useCards({call})",
        given,
    )


def groups(section: str = "", uploader: str | Var[str] | None = None) -> ArrayVar[list[Group]]:
    """The live list of groups, for ``rx.foreach`` with ``key=group.id``; arguments as those of `cards`."""
    name, call, given = _of_uploader(f"Groups_{section or 'all'}", f'"{section}"', uploader)
    return _hook(name, list[Group], "useGroups", f"useGroups({call})", given)


def group_view(group: ObjectVar[Group]) -> ObjectVar[GroupView]:
    """What of this group is shown in this tab, as `fold_group` and `show_only` say."""
    return _of_group("View", GroupView, group)


def group_rows(group: ObjectVar[Group]) -> ArrayVar[list[GroupRow]]:
    """Those rows of the list of its files that can be seen, and some around them: put them into `group_files`."""
    return _of_group("Rows", list[GroupRow], group)


def _of_group(what: str, kind: Any, group: ObjectVar[Group]) -> Any:
    name = f"smartuploadGroup{what}_{hashlib.sha256(str(group).encode()).hexdigest()[:16]}"
    return _hook(name, kind, f"useGroup{what}", f"useGroup{what}({group!s})", group._get_all_var_data())


def _of_uploader(name: str, call: str, uploader: str | Var[str] | None) -> tuple[str, str, VarData | None]:
    """What the Var and the call of a list are called for this uploader, and what the call needs."""
    name = f"smartupload{name}"
    if isinstance(uploader, Var):
        by = hashlib.sha256(str(uploader).encode()).hexdigest()[:16]
        return f"{name}_by_{by}", f"{call}, {uploader!s}", uploader._get_all_var_data()
    if uploader is None:
        return name, f"{call}, undefined", None
    # A hyphen stands in no name of JavaScript, and two uploaders must not share one.
    return name + "_of_" + uploader.replace("_", "__").replace("-", "_h"), f'{call}, "{uploader}"', None


def card_of(upload_id: str | Var[str]) -> ObjectVar[Card]:
    """The live card of one upload, by the server's id for it, on whatever page.

    Where this browser has no such card, its texts are empty and its figures 0.
    """
    given = Var.create(upload_id)
    name = f"smartuploadCardOf_{hashlib.sha256(str(given).encode()).hexdigest()[:16]}"
    return _hook(name, Card, "useCardOf", f"useCardOf({given!s})", given._get_all_var_data())


def totals() -> ObjectVar[Totals]:
    """The live totals of everything on its way."""
    return _hook("smartuploadTotals", Totals, "useTotals", "useTotals()")


def can_share_link() -> Var[bool]:
    """Whether this browser has a share sheet of the system for `share_link`; where it has none, offer `copy_link` alone."""
    return _hook("smartuploadCanShareLink", bool, "useCanShareLink", "useCanShareLink()")


def limits() -> ObjectVar[Limits]:
    """What the server allows, once it has said so."""
    return _hook("smartuploadLimits", Limits, "useLimits", "useLimits()")
