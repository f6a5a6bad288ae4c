// What the service worker does: when a handover ended, it says so to the engine, or, where none lives, to the server.

const line = new BroadcastChannel("smartupload-1");

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

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
