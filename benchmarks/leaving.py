"""How soon after the choice of a large file a person may leave: safe, and in the browser's own hands; beside one SHA-256 of the file."""

from __future__ import annotations

import json

from benchmarks.stage import Stage
from tests.browser.files import MIB
from tests.browser.person import CARD, INPUT

SIZE = 1024 * MIB
PACE = 10e6
"""Bytes/s of the line: slow enough for a handover to be worth it."""
LIMITS = {"return": 1.0, "continues": 2.5}

HASH = """async () => {
    const file = document.querySelector('INPUT').files[0]
    const began = performance.now()
    for (let at = 0; at < file.size; at += PART) await crypto.subtle.digest('SHA-256', await file.slice(at, at + PART).arrayBuffer())
    return (performance.now() - began) / 1000
}"""

# The first moment at which the card says each; `continues` is safe as well.
WATCH = """void (window.said = new Promise(done => {
    const said = {}
    let began = 0
    addEventListener('change', () => { began = performance.now() }, {capture: true, once: true})
    const watch = new MutationObserver(() => {
        const {leave} = document.querySelector('CARD [data-testid=leave]')?.dataset ?? {}
        const now = (performance.now() - began) / 1000
        if (leave === 'return' || leave === 'continues') said.return ??= now
        if (leave !== 'continues') return
        watch.disconnect()
        done({...said, continues: now})
    })
    watch.observe(document.body, {subtree: true, childList: true, attributes: true})
}))"""


def run(stage: Stage) -> bool:
    """Whether both limits are kept."""
    stage.tools.evaluate(
        "void document.body.append(Object.assign(document.createElement('input'), {type: 'file', id: 'plain'}))"
    )
    file = stage.file(SIZE, seed=1)
    stage.tools.pick("#plain", file.path)
    hashing = stage.tools.evaluate(f"({HASH.replace('INPUT', '#plain').replace('PART', str(8 * MIB))})()", timeout=120)
    stage.tools.evaluate(WATCH.replace("CARD", CARD))
    stage.tools.pick(INPUT, file.path)
    said = stage.tools.evaluate("window.said", timeout=120)
    print(f"one SHA-256 of {SIZE / MIB:.0f} MiB takes {hashing:.2f} s; {json.dumps(said)}")
    kept = True
    for leave, limit in LIMITS.items():
        ratio = said[leave] / hashing
        kept = kept and ratio <= limit
        print(f"{leave}: {said[leave]:.2f} s after the choice, {ratio:.2f} times the SHA-256 (at most {limit})")
    return kept
