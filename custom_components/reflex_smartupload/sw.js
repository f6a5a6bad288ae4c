// What the service worker does: when a handover ended, it says so to the engine, or, where none lives, to the server.
// And when the last page is gone, it gives the engine a turn.

const line = new BroadcastChannel("smartupload-1");

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

// The engine as this build made it, named by the page that registers; without it (development) there are no turns.
const here = new URL(location.href);
const engine = new URL(here.searchParams.get("engine") ?? "", here);
const assets = new URL("assets/", here);
try {
  if (engine.href.startsWith(assets.href)) importScripts(engine.pathname);
} catch (error) {
  console.info(`[smartupload] no turns: ${error}`);
}

const turn = async () => globalThis.smartuploadTurn?.begin() ?? true;

addEventListener("message", (event) => {
  if (event.data?.type === "leaving") event.waitUntil(turn());
});
// Rejected when anything is left or another engine is still at it: the browser asks again some minutes later.
addEventListener("sync", (event) => {
  if (event.tag === "smartupload") event.waitUntil(turn().then((through) => through || Promise.reject(new Error("not through yet"))));
});

/** An id is a random name and the ids of the uploads, with dots between. */
const uploadsOf = (id) => id.split(".").slice(1);

const engineLives = async () => (await navigator.locks.query()).held.some((lock) => lock.name === "smartupload-engine");

const tell = async (id, how, call) => {
  line.postMessage({ type: "background", id, how });
  if (how === "success" || !(await engineLives()))
    await Promise.allSettled(
      uploadsOf(id).map((upload) =>
        fetch(`/api/uploads/${upload}/${call}`, { method: "POST", headers: { "content-type": "application/json" }, body: "{}" }),
      ),
    );
};

addEventListener("backgroundfetchsuccess", (event) => event.waitUntil(tell(event.registration.id, "success", "complete")));
// What it had sent is there all the same: the server counts it, and the next visit sends the rest.
addEventListener("backgroundfetchfail", (event) => event.waitUntil(tell(event.registration.id, "fail", "complete")));
// Cancelled in the browser's own panel: a pause, so that nothing is lost.
addEventListener("backgroundfetchabort", (event) => event.waitUntil(tell(event.registration.id, "abort", "pause")));
addEventListener("backgroundfetchclick", (event) => event.waitUntil(show()));

const show = async () => {
  const [page] = await clients.matchAll({ type: "window", includeUncontrolled: true });
  return page ? page.focus() : clients.openWindow("/");
};
