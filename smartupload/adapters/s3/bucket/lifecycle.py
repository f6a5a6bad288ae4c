"""What a bucket throws away by itself, as a second net: which of its rules do that already, and which are missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Rule = Mapping[str, Any]

_UNFINISHED, _HANDOVER = "uploads/", "handover/"


def rules(days: int) -> list[dict[str, Any]]:
    """What is unfinished after so many days goes, and so do parts that nobody has collected."""
    return [_unfinished(days), _handover(days)]


def missing(there: Sequence[Rule], days: int) -> list[dict[str, Any]]:
    """Those of ours that no rule of the bucket stands for. One of ours that lets go earlier than that counts as missing."""
    found: list[dict[str, Any]] = []
    if not _days_of(there, _UNFINISHED, "AbortIncompleteMultipartUpload", "DaysAfterInitiation", days):
        found.append(_unfinished(days))
    if not _days_of(there, _HANDOVER, "Expiration", "Days", days):
        found.append(_handover(days))
    return found


def merged(there: Sequence[Rule], days: int) -> list[Rule]:
    """The rules that are there, with what is missing of ours; one of ours that lets go too early is replaced."""
    new = missing(there, days)
    kept = [one for one in there if not any(_is_ours(one, ours) for ours in new)]
    taken = {str(one.get("ID", "")) for one in kept}
    # A store takes one way of writing a prefix in all rules.
    is_old = any("Filter" not in one for one in kept)
    for ours in new:
        if ours["ID"] in taken:
            ours["ID"] = f"smartupload-{ours['ID']}"
        if is_old:
            ours["Prefix"] = ours.pop("Filter")["Prefix"]
    return [*kept, *new]


def too_early(there: Sequence[Rule], days: int) -> str:
    """The rule of somebody else's that lets go of uploads that may still go on for `days`, in words; empty when there is none."""
    for one in there:
        told = _asked(one, _UNFINISHED, "AbortIncompleteMultipartUpload", "DaysAfterInitiation")
        if told and told < days:
            return f"the lifecycle rule {_name(one)} gives unfinished uploads up after {told} days"
    return ""


def deletes_files(there: Sequence[Rule]) -> str:
    """The rule that deletes files that are ready, in words; empty when there is none."""
    for one in there:
        told = _asked(one, _UNFINISHED, "Expiration", "Days")
        if told:
            return f"the lifecycle rule {_name(one)} deletes files after {told} days"
    return ""


def _unfinished(days: int) -> dict[str, Any]:
    asked = {"AbortIncompleteMultipartUpload": {"DaysAfterInitiation": days}}
    return {"ID": "unfinished", "Filter": {"Prefix": _UNFINISHED}, "Status": "Enabled", **asked}


def _handover(days: int) -> dict[str, Any]:
    return {"ID": "handover", "Filter": {"Prefix": _HANDOVER}, "Status": "Enabled", "Expiration": {"Days": days}}


def _days_of(there: Sequence[Rule], prefix: str, what: str, unit: str, days: int) -> int:
    """After how many days a rule does this; 0 where only one of ours does, and too early."""
    for one in there:
        told = _asked(one, prefix, what, unit)
        if told and (told >= days or one.get("ID") not in ("unfinished", "handover")):
            return told
    return 0


def _asked(one: Rule, prefix: str, what: str, unit: str) -> int:
    begins = _prefix(one)
    if one.get("Status") != "Enabled" or begins is None or not prefix.startswith(begins):
        return 0
    return int(one.get(what, {}).get(unit, 0))


def _prefix(one: Rule) -> str | None:
    """Of which keys it speaks; None where it speaks of some of them only, such as those with a tag."""
    told: Mapping[str, Any] = one.get("Filter", {})
    if set(told) - {"Prefix"}:
        return None
    return str(told.get("Prefix", one.get("Prefix", "")))


def _is_ours(one: Rule, ours: Rule) -> bool:
    return one.get("ID") == ours["ID"] and _prefix(one) == _prefix(ours)


def _name(one: Rule) -> str:
    return str(one.get("ID") or "without a name")
