// The page's end of the service worker: registers it, does for the engine what only a page can do, and lets it run on after the last page.

import { backgroundFetches } from "../../io/network/handover.js";
import { BASE } from "./base.js";

/**
 * @typedef {object} Attached
 * @property {boolean} backgroundRuns it can go on with the engine
 * @property {(message: any) => void} hear what the engine asks of pages
 * @property {() => void} hidden nobody may look at this page any more
 * @property {() => void} leaving this page ends
 */

/**
 * Where the bundler has put the engine for service workers, as one classic script. Its name changes with its content, so that
 * a new build is a new service worker.
 */
const engine = async () => {
  const { default: path } = await import("../engine/background_run.js?worker&url");
  return path.startsWith(`${BASE}assets/`) ? path : "";
};

/** Files that other apps share with an installed one come to a service worker of their own; without it they come to the server, which keeps none, and all else is as it is. */
const takeWhatIsShared = () => void navigator.serviceWorker.register(`${BASE}sw-share.js`, { scope: `${BASE}share-target`, updateViaCache: "none" }).catch(() => {});

/**
 * @param {string} tab
 * @param {(message: any) => void} say
 * @returns {Promise<Attached>}
 */
export const attach = async (tab, say) => {
  if (!navigator.serviceWorker) throw new Error("not in this browser, or not in this window");
  const path = await engine().catch(() => "");
  await navigator.serviceWorker.register(`${BASE}sw.js${path && `?engine=${encodeURIComponent(path)}`}`, { updateViaCache: "none" });
  // Other apps can share from the moment of installing on, in a tab, before the app was ever opened.
  if (matchMedia("(display-mode: browser)").matches) addEventListener("appinstalled", takeWhatIsShared, { once: true });
  else takeWhatIsShared();
  const worker = await navigator.serviceWorker.ready;
  return {
    backgroundRuns: path !== "",
    hear: "BackgroundFetchManager" in globalThis ? serve(worker, tab, say) : () => {},
    // Only while a page is open a browser takes this, so not as late as the last word.
    hidden: () => /** @type {any} */ (worker).sync?.register("smartupload").catch(() => {}),
    leaving: () => worker.active?.postMessage({ type: "leaving" }),
  };
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
