// The page's end of the service worker: registers it, does for the engine what only a page can do, and gives it its turn.

import { backgroundFetches } from "../io/handover.js";

/** @typedef {{hear: (message: any) => void, hidden: () => void, leaving: () => void}} Attached */

const base = /** @type {any} */ (import.meta).env?.BASE_URL ?? "/";

/**
 * Where the bundler has put the engine for service workers, as one classic script. Its name changes with its content, so that
 * a new build is a new service worker.
 */
const engine = async () => {
  const { default: path } = await import("./turn.js?worker&url");
  return path.startsWith(`${base}assets/`) ? `?engine=${encodeURIComponent(path)}` : "";
};

/**
 * @param {string} tab
 * @param {(message: any) => void} say
 * @returns {Promise<Attached>}
 */
export const attach = async (tab, say) => {
  const worker = await registered();
  return {
    hear: "BackgroundFetchManager" in globalThis ? serve(worker, tab, say) : () => {},
    // Only while a page is open a browser takes this, so not as late as the last word.
    hidden: () => /** @type {any} */ (worker).sync?.register("smartupload").catch(() => {}),
    leaving: () => worker.active?.postMessage({ type: "leaving" }),
  };
};

const registered = async () => {
  if (!navigator.serviceWorker) throw new Error("not in this browser, or not in this window");
  await navigator.serviceWorker.register(`${base}sw.js${await engine().catch(() => "")}`, { updateViaCache: "none" });
  return navigator.serviceWorker.ready;
};

/**
 * What the engine asks of pages.
 * @param {ServiceWorkerRegistration} worker
 * @param {string} tab
 * @param {(message: any) => void} say
 */
const serve = (worker, tab, say) => {
  const can = backgroundFetches(worker);
  const able = () => say({ type: "able", tab });
  able();
  return async (/** @type {any} */ message) => {
    if (message.type !== "handover") return able(); // a new engine
    if (message.tab !== tab) return;
    const { serial, what } = message;
    try {
      say({ type: "handed", serial, value: await can[what](message) });
    } catch (error) {
      const { name, message: text } = /** @type {DOMException} */ (error);
      if (name === "NotAllowedError") onGesture(() => say({ type: "gesture" }));
      say({ type: "handed", serial, error: name, text });
    }
  };
};

/** @param {() => void} call once, when the person does something */
const onGesture = (call) => {
  const kinds = ["pointerdown", "keydown"];
  const done = () => {
    for (const kind of kinds) removeEventListener(kind, done, true);
    call();
  };
  for (const kind of kinds) addEventListener(kind, done, true);
};
