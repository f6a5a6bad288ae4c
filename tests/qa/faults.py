"""Faults as a site can have them, each with the scenarios that have to find it, and with some of those that have to hold all the same."""

from __future__ import annotations

from dataclasses import dataclass

from smartupload_testing.scenarios.table import ALL

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
# Of what the browser keeps, as soon as a page is opened after a start: before the engine reads it, since the first who asks is the first
# served. An engine that is there already would not read it any more.
KEPT = """const hand = () => {
    const asked = indexedDB.open('smartupload')
    asked.onupgradeneeded = () => asked.transaction.abort()
    asked.onsuccess = () => {
        const open = asked.result, change = open.transaction(['uploads', 'files'], 'readwrite')
        const each = (store, put) => {
            const found = change.objectStore(store).openCursor()
            found.onsuccess = () => found.result && (put(found.result), found.result.continue())
        }
        change.oncomplete = () => open.close()
        CHANGE
    }
}
navigator.locks.query().then(({held}) => held.some(lock => lock.name === 'smartupload-engine') || hand())"""
FROM_ZERO = """each('uploads', cursor => {
        const entry = cursor.value
        if (!entry.uploadId) return
        fetch('/api/uploads/' + entry.uploadId, {method: 'DELETE', keepalive: true})
        cursor.update({...entry, phase: 'new', uploadId: '', key: crypto.randomUUID(), epoch: 0, confirmedBytes: 0, handedTo: '', kept: []})
    })"""
LOSES_A_PART = """each('files', cursor => {
        const whole = cursor.value, lost = 5 << 20
        cursor.update(new Blob([whole.slice(0, -lost), new Uint8Array(lost)]))
    })
    const last = (one, other) => parseInt(one) < parseInt(other) ? other : one
    navigator.storage.getDirectory().then(async root => {
        for await (const folder of (await root.getDirectoryHandle('smartupload')).values()) {
            const names = []
            for await (const name of folder.keys()) names.push(name)
            if (names.length) await folder.removeEntry(names.reduce(last))
        }
    }).catch(() => {})"""
# In the moment in which the card is ready, before anybody can see that it is.
COMES_TWICE = """if (one.dataset.uploadId && !one.dataset.again) {
    one.dataset.again = 'yes'
    const ask = new XMLHttpRequest(), size = 1000, name = one.getAttribute('aria-label')
    ask.open('POST', '/api/uploads', false)
    ask.setRequestHeader('Content-Type', 'application/json')
    ask.setRequestHeader('Idempotency-Key', crypto.randomUUID())
    ask.send(JSON.stringify({name, size, type: 'application/octet-stream'}))
}"""
OTHER_BYTES = "location ~ ^/api/uploads/[^/]+/download$ { return 302 /fault.js; }"
NO_PAUSE = "location ~ ^/api/uploads/[^/]+/pause$ { return 503; }"
DELETES = 'set $who "$request_method $http_sec_fetch_site"; if ($who = "DELETE WHO") { return 204; }'


# Where a file arrives while a page with its card is open.
EVERY = " ".join(one.name for one in ALL if one.name not in ("cancelled", "goes-on-by-itself", "other-page"))


@dataclass(frozen=True)
class Planted:
    """`found_by` fail on the fault, `beside` hold; all others do where that says nothing."""

    name: str
    fault: Fault
    found_by: frozenset[str]
    beside: frozenset[str]


def planted(name: str, found_by: str, beside: str, script: str = "", locations: str = "") -> Planted:
    return Planted(name, Fault(script, locations), frozenset(found_by.split()), frozenset(beside.split()))


def over_all(name: str, found_by: str, script: str) -> Planted:
    """A fault for which the whole table is played: these scenarios find it, and no other one."""
    found = frozenset(found_by.split())
    return Planted(name, Fault(script), found, frozenset(one.name for one in ALL) - found)


def at_start(change: str) -> str:
    """A script that has a hand in what the browser keeps whenever a page is opened."""
    return KEPT.replace("CHANGE", change)


def always(selector: str, change: str) -> str:
    """A script that changes every such element as soon as it is there."""
    return ALWAYS.replace("SELECTOR", selector).replace("CHANGE", change)


def given_again(change: str) -> str:
    """A script that has a hand in what somebody gives: `files`, and whether one of them was given before (`again`)."""
    return GIVEN_AGAIN.replace("CHANGE", change)


FAULTS = [
    over_all("it-resumes-from-zero", "little-goes-twice", at_start(FROM_ZERO)),
    over_all(
        "the-sentence-about-leaving-lies",
        "goes-on-by-itself safe-to-leave",
        always("[data-leave=stay], [data-leave=return]", "one.dataset.leave = 'continues'"),
    ),
    over_all(
        "the-copy-loses-a-part",
        "browser-closed browser-killed safe-to-leave little-goes-twice",
        at_start(LOSES_A_PART),
    ),
    over_all("a-file-is-completed-twice", EVERY, always("[data-testid=file-card][data-state=ready]", COMES_TWICE)),
    over_all(
        "the-card-never-ends",
        EVERY,
        always("[data-testid=file-card][data-state=ready]", "one.dataset.state = 'verifying'"),
    ),
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
