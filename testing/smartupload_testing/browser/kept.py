"""What a browser keeps for this site, counted; to be evaluated in a page of the app."""

KEPT = """async () => {
    const open = await new Promise((resolve, reject) => {
        const asked = indexedDB.open('smartupload')
        asked.onsuccess = () => resolve(asked.result)
        asked.onerror = reject
    })
    const count = store => new Promise((resolve, reject) => {
        const asked = open.transaction(store).objectStore(store).count()
        asked.onsuccess = () => resolve(asked.result)
        asked.onerror = reject
    })
    const kept = {entries: await count('uploads'), copies: await count('files'), parts: 0}
    open.close()
    const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('smartupload', {create: true})
    for await (const _ of root.keys()) kept.parts += 1
    kept.fetches = (await (await navigator.serviceWorker.ready).backgroundFetch.getIds()).length
    return kept
}"""
NOTHING = {"entries": 0, "copies": 0, "parts": 0, "fetches": 0}
