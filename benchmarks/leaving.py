"""How soon after the choice of a large file a person may leave: safe, and in the browser's own hands; beside one SHA-256 of the file and one copy of it."""

from __future__ import annotations

from smartupload_testing.browser.page import CARD, INPUT
from smartupload_testing.files import MIB

from benchmarks.stage import Stage

SIZE = 1024 * MIB
PACE = 10e6
"""Bytes/s of the line: slow enough for a handover to be worth it."""
LIMITS = {"return": 0.25, "continues": 1.25}

PLAIN = """async () => {
    const file = document.querySelector('INPUT').files[0]
    const began = performance.now()
    for (let at = 0; at < file.size; at += PART) await crypto.subtle.digest('SHA-256', await file.slice(at, at + PART).arrayBuffer())
    const hashed = performance.now()
    const folder = await navigator.storage.getDirectory()
    const writable = await (await folder.getFileHandle('plain', {create: true})).createWritable()
    for (let at = 0; at < file.size; at += PART) await writable.write(await file.slice(at, at + PART).arrayBuffer())
    await writable.close()
    const copied = performance.now()
    await folder.removeEntry('plain')
    return {hashing: (hashed - began) / 1000, copying: (copied - hashed) / 1000}
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
    plain = stage.tools.evaluate(f"({PLAIN.replace('INPUT', '#plain').replace('PART', str(8 * MIB))})()", timeout=120)
    stage.tools.evaluate(WATCH.replace("CARD", CARD))
    stage.tools.pick(INPUT, file.path)
    said = stage.tools.evaluate("window.said", timeout=120)
    print(f"{SIZE / MIB:.0f} MiB: one SHA-256 takes {plain['hashing']:.2f} s, one copy {plain['copying']:.2f} s")
    kept = True
    for leave, limit in LIMITS.items():
        ratio = said[leave] / sum(plain.values())
        kept = kept and ratio <= limit
        print(f"{leave}: {said[leave]:.2f} s after the choice, {ratio:.2f} times both (at most {limit})")
    return kept
