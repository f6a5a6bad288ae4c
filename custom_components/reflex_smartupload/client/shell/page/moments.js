// Which tab passes on what became of a file of this browser: exactly one of all that are open.

/** @typedef {import("../../core/view/card.js").Card} Card */
/** @typedef {{id: string, name: string, path: string, size: number, state: string, share_url: string, download_url: string, error: string, error_code: string, uploader: string}} Ended mirrored by ended.py */

const KEY = "smartupload-told";
const MOST = 200; // moments remembered
const HELD = 60_000; // ms, until every tab has heard
const HIDDEN = 1000; // ms that tabs which nobody sees leave to the one that is looked at

/** @typedef {"added" | "safe" | "duplicate" | "ready" | "blocked" | "failed" | "cancelled"} Moment */

/** @type {Set<{moment: string, run: (ended: Ended) => void}>} */
const listeners = new Set();

/** @param {string} moment @param {(ended: Ended) => void} run */
export const onMoment = (moment, run) => {
  const listener = { moment, run };
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** @param {Card} card @returns {Ended} */
export const endedOf = ({ upload_id: id, name, path, size, state, share_url, download_url, error, error_code, uploader }) => ({ id, name, path, size, state, share_url, download_url, error, error_code, uploader });

/** Cards of what another browser sends are called so (core/recovery/recover.js). */
const ELSEWHERE = "server-";

/**
 * What has happened to a card between two of its states: the server knows the file, all of it is safe in this browser or in the store, or it is cancelled for good.
 * @param {Card | undefined} before @param {Card} card @returns {Moment[]}
 */
export const momentsOf = (before, card) => {
  if (card.id.startsWith(ELSEWHERE)) return [];
  /** @type {Moment[]} */
  const moments = [];
  if (card.upload_id && !before?.upload_id) moments.push("added");
  if (card.percent_safe === 100 && (before?.percent_safe ?? 0) < 100) moments.push("safe");
  if (before && isCancelled(card) && !isCancelled(before)) moments.push("cancelled");
  return moments;
};

/** For good: nobody can undo it any more. @param {Pick<Card, "state" | "can_undo">} card */
const isCancelled = ({ state, can_undo }) => state === "cancelled" && !can_undo;

/** @param {string} moment @param {Card} card as it is since then */
export const passOn = async (moment, card) => {
  const mine = () => [...listeners].filter((listener) => listener.moment === moment);
  if (document.visibilityState === "hidden") await new Promise((resolve) => setTimeout(resolve, HIDDEN));
  if (!mine().length || !(await isFirst(`${card.upload_id || card.id} ${moment}`))) return;
  for (const { run } of mine()) run(endedOf(card));
};

/**
 * Whether no other tab has passed it on before. Only a lock is the same for all tabs at once: what one writes into the local storage
 * reaches the others later.
 * @param {string} moment of which upload @returns {Promise<boolean>}
 */
const isFirst = (moment) =>
  new Promise((resolve) => {
    navigator.locks.request(`${KEY} ${moment}`, { ifAvailable: true }, async (lock) => {
      const passedOn = remembered();
      if (!lock || passedOn.includes(moment)) return resolve(false);
      try {
        localStorage.setItem(KEY, JSON.stringify([...passedOn, moment].slice(-MOST)));
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
