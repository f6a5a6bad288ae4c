// Which snapshot is drawn: the newest, but with many cards it lags behind by a moment.
import { getServerSnapshot, getSnapshot, subscribe } from "../page/page.js";
import { getRemoved, subscribeRemoved } from "../messages/undo.js";

/** @typedef {import("../page/page.js").Snapshot} Snapshot */

const CROWD = 100;
const CROWD_MS = 200;
/** Drawing a crowd takes at most one of so many parts of the time: the engine needs the rest to send. */
const SHARE = 6;
const LONGEST = 1000; // ms that a crowd lags behind at most

/** Without what looks removed. @returns {Snapshot} */
const current = () => {
  const snapshot = getSnapshot();
  const removed = new Set(getRemoved());
  const isShown = (/** @type {{id: string}} */ { id }) => !removed.has(id);
  if (!removed.size || (snapshot.cards.every(isShown) && snapshot.groups.every(isShown))) return snapshot;
  return { ...snapshot, cards: snapshot.cards.filter(isShown), groups: snapshot.groups.filter(isShown) };
};

/** @type {Snapshot} */
let drawn = getServerSnapshot();
let drawnAt = 0;
/** ms until the last one was on the screen. */
let took = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let drawLater;
/** @type {Set<() => void>} */
const drawers = new Set();

const draw = () => {
  clearTimeout(drawLater);
  drawLater = undefined;
  drawn = current();
  drawnAt = performance.now();
  drawers.forEach((drawer) => drawer());
  if (drawn.cards.length >= CROWD) requestAnimationFrame(measure);
};

/** Called as the frame begins, with what was drawn in it to be laid out and painted. @param {number} begun */
const measure = (begun) => {
  const scripts = Math.max(0, begun - drawnAt);
  setTimeout(() => (took = scripts + performance.now() - begun));
};

/** A thousand small files change dozens of times a second: nobody sees more than a few of them, and each costs a frame. */
const drawSoon = () => {
  const { length } = current().cards;
  // A new card is never kept waiting.
  const wait = length < CROWD || length !== drawn.cards.length ? 0 : drawnAt + Math.min(LONGEST, Math.max(CROWD_MS, SHARE * took)) - performance.now();
  if (wait <= 0) draw();
  else drawLater ??= setTimeout(draw, wait);
};

/** @type {(() => void) | undefined} */
let undraw;

/** @param {() => void} drawer */
export const subscribeDrawn = (drawer) => {
  if (!undraw) {
    const stops = [subscribe(drawSoon), subscribeRemoved(draw)];
    undraw = () => stops.forEach((stop) => stop());
    drawn = current();
  }
  drawers.add(drawer);
  return () => {
    drawers.delete(drawer);
    if (drawers.size > 0) return;
    undraw?.();
    undraw = undefined;
  };
};

export const getDrawn = () => drawn;
