// The page's part in a handover: registers the service worker, and does for the engine what only a page can do.

import { backgroundFetches } from "../io/handover.js";

/**
 * @param {string} tab
 * @param {(message: any) => void} say
 * @returns {Promise<(message: any) => void>} hears what the engine asks; says nothing where the browser has no Background Fetch
 */
export const serveHandovers = async (tab, say) => {
  if (!("BackgroundFetchManager" in globalThis) || !navigator.serviceWorker) return () => {};
  const base = /** @type {any} */ (import.meta).env?.BASE_URL ?? "/";
  await navigator.serviceWorker.register(`${base}sw.js`, { updateViaCache: "none" });
  const can = backgroundFetches(await navigator.serviceWorker.ready);
  const able = () => say({ type: "able", tab });
  able();
  return async (message) => {
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
