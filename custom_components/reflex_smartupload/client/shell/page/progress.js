// Decides when a handler on the server hears how far everything is: now and then, and once more when the last file is there.

/** @typedef {import("../../core/ports/pages.js").Totals} Totals */
/** @typedef {{getSnapshot: () => {totals: Totals}, subscribe: (listener: () => void) => () => void}} Page */

/**
 * Only what has changed, and only in a tab that is looked at: each call is a message to the server.
 * @param {Page} page @param {number} every ms between two calls at least @param {(totals: Totals) => void} run @returns {() => void} stops it
 */
export const followProgress = ({ getSnapshot, subscribe }, every, run) => {
  let told = "";
  let toldAt = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const tell = () => {
    timer = undefined;
    const { totals } = getSnapshot();
    const now = `${totals.active} ${totals.done} ${totals.percent}`;
    if (now === told || (!told && !totals.active) || document.visibilityState === "hidden") return;
    told = now;
    toldAt = performance.now();
    run(totals);
  };
  const stop = subscribe(() => (timer ??= setTimeout(tell, Math.max(0, toldAt + every - performance.now()))));
  return () => {
    stop();
    clearTimeout(timer);
  };
};
