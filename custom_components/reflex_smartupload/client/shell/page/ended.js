// Which tab passes on that a file of this browser is ready, blocked or failed: exactly one of all that are open.

/** @typedef {import("../../core/view/card.js").Card} Card */
/** @typedef {{id: string, name: string, path: string, size: number, state: string, share_url: string, download_url: string, error: string, error_code: string}} Ended mirrored by ended.py */

const KEY = "smartupload-told";
const MOST = 200; // endings remembered
const HELD = 60_000; // ms, until every tab has heard
const HIDDEN = 1000; // ms that tabs which nobody sees leave to the one that is looked at

/** @type {Set<{state: string, run: (ended: Ended) => void}>} */
const listeners = new Set();

/** @param {string} state "ready", "blocked" or "failed" @param {(ended: Ended) => void} run */
export const onEnded = (state, run) => {
  const listener = { state, run };
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** @param {Card} card @returns {Ended} */
export const endedOf = ({ upload_id: id, name, path, size, state, share_url, download_url, error, error_code }) => ({ id, name, path, size, state, share_url, download_url, error, error_code });

/** @param {Card} card that has just ended */
export const ended = async (card) => {
  const mine = () => [...listeners].filter(({ state }) => state === card.state);
  if (document.visibilityState === "hidden") await new Promise((resolve) => setTimeout(resolve, HIDDEN));
  if (!mine().length || !(await isFirst(`${card.upload_id || card.id} ${card.state}`))) return;
  for (const { run } of mine()) run(endedOf(card));
};

/**
 * Whether no other tab has passed it on before. Only a lock is the same for all tabs at once: what one writes into the local storage
 * reaches the others later.
 * @param {string} ending @returns {Promise<boolean>}
 */
const isFirst = (ending) =>
  new Promise((resolve) => {
    navigator.locks.request(`${KEY} ${ending}`, { ifAvailable: true }, async (lock) => {
      const passedOn = remembered();
      if (!lock || passedOn.includes(ending)) return resolve(false);
      try {
        localStorage.setItem(KEY, JSON.stringify([...passedOn, ending].slice(-MOST)));
      } catch {
        // A browser that keeps nothing: twice is better than never.
      }
      resolve(true);
      await new Promise((release) => setTimeout(release, HELD));
    });
  });

/** @returns {string[]} */
const remembered = () => {
  try {
    const passedOn = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(passedOn) ? passedOn : [];
  } catch {
    return [];
  }
};
