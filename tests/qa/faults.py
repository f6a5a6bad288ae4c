"""Faults as a site can have them, each with the scenarios that have to find it, and with some of those that have to hold all the same."""

from __future__ import annotations

from dataclasses import dataclass

from tests.qa.front import Fault

ALWAYS = """const always = change => new MutationObserver(change).observe(
    document, {subtree: true, childList: true, attributes: true, characterData: true})
always(() => { for (const one of document.querySelectorAll('SELECTOR')) CHANGE })"""
GIVEN_AGAIN = """const given = new Set(), card = '[data-testid=file-card][data-state=uploading]'
addEventListener('change', event => {
    const files = [...(event.target.files ?? [])], again = files.some(file => given.has(file.name))
    const put = others => {
        const data = new DataTransfer()
        others.forEach(file => data.items.add(file))
        event.target.files = data.files
    }
    files.forEach(file => given.add(file.name))
    CHANGE
}, {capture: true})"""
HIDES_TRAY = """document.documentElement.append(Object.assign(
    document.createElement('style'), {textContent: '[data-testid=upload-tray] {display: none}'}))"""
FORGETS = """indexedDB.deleteDatabase('smartupload')
navigator.storage.getDirectory().then(root => root.removeEntry('smartupload', {recursive: true})).catch(() => {})"""
GIVES_UP = """addEventListener('pagehide', () => {
    for (const card of document.querySelectorAll('[data-testid=file-card]'))
        fetch('/api/uploads/' + card.dataset.uploadId, {method: 'DELETE', keepalive: true})
})"""
OTHER_BYTES = "location ~ ^/api/uploads/[^/]+/download$ { return 302 /fault.js; }"
NO_PAUSE = "location ~ ^/api/uploads/[^/]+/pause$ { return 503; }"
DELETES = 'set $who "$request_method $http_sec_fetch_site"; if ($who = "DELETE WHO") { return 204; }'


@dataclass(frozen=True)
class Planted:
    """`found_by` fail on the fault, `beside` hold."""

    name: str
    fault: Fault
    found_by: frozenset[str]
    beside: frozenset[str]


def planted(name: str, found_by: str, beside: str, script: str = "", locations: str = "") -> Planted:
    return Planted(name, Fault(script, locations), frozenset(found_by.split()), frozenset(beside.split()))


def always(selector: str, change: str) -> str:
    """A script that changes every such element as soon as it is there."""
    return ALWAYS.replace("SELECTOR", selector).replace("CHANGE", change)


def given_again(change: str) -> str:
    """A script that has a hand in what somebody gives: `files`, and whether one of them was given before (`again`)."""
    return GIVEN_AGAIN.replace("CHANGE", change)


FAULTS = [
    planted("other-bytes-come-out", "whole-upload edited-file line-cut", "cancelled", locations=OTHER_BYTES),
    planted("the-tray-is-not-shown", "other-page", "whole-upload", HIDES_TRAY),
    planted(
        "nobody-says-how-long",
        "slow-line",
        "whole-upload several-files",
        always("[data-testid=eta]", "if (one.textContent) one.textContent = ''"),
    ),
    planted(
        "one-of-several-is-lost",
        "several-files",
        "whole-upload same-file-twice",
        given_again("if (files.length > 1) put(files.slice(0, -1))"),
    ),
    planted("leaving-gives-up", "tab-closed", "browser-killed whole-upload", GIVES_UP),
    planted(
        "the-browser-forgets",
        "browser-closed browser-killed safe-to-leave little-goes-twice",
        "whole-upload line-cut",
        FORGETS,
    ),
    planted(
        "the-card-promises-too-much",
        "goes-on-by-itself",
        "browser-killed",
        always("[data-leave=stay], [data-leave=return]", "one.dataset.leave = 'continues'"),
    ),
    planted(
        "a-cut-line-is-not-told",
        "line-cut",
        "whole-upload paused",
        always("[data-testid=file-card][data-state=waiting]", "one.dataset.state = 'uploading'"),
    ),
    planted("the-server-hears-of-no-pause", "paused", "cancelled whole-upload", locations=NO_PAUSE),
    planted(
        "the-server-hears-of-no-cancelling",
        "cancelled",
        "begun-anew whole-upload",
        locations=DELETES.replace("WHO", "same-origin"),
    ),
    planted(
        "nothing-begins-anew",
        "begun-anew",
        "same-file-twice",
        given_again("if (again && !document.querySelector(card)) event.stopImmediatePropagation()"),
    ),
    planted(
        "the-same-file-is-another-one",
        "same-file-twice",
        "begun-anew several-files",
        given_again(
            "if (again && document.querySelector(card)) put(files.map(file => new File([file, 'more'], file.name)))"
        ),
    ),
    planted("files-stay-there", "whole-upload nothing-is-left", "", locations=DELETES.replace("WHO", "")),
]
