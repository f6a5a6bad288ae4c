// Which snapshot is drawn: the newest, but with many cards it lags behind by a moment.
import { getServerSnapshot, getSnapshot, subscribe } from "../page/page.js";

/** @typedef {import("../page/page.js").Snapshot} Snapshot */

const CROWD = 100;
const CROWD_MS = 200;

/** @type {Snapshot} */
let drawn = getServerSnapshot();
let drawnAt = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let drawLater;
/** @type {Set<() => void>} */
const drawers = new Set();

const draw = () => {
  clearTimeout(drawLater);
  drawLater = undefined;
  drawn = getSnapshot();
  drawnAt = performance.now();
  drawers.forEach((drawer) => drawer());
};

/** A thousand small files change dozens of times a second: nobody sees more than a few of them, and each costs a frame. */
const drawSoon = () => {
  const { length } = getSnapshot().cards;
  // A new card is never kept waiting.
  const wait = length < CROWD || length !== drawn.cards.length ? 0 : drawnAt + CROWD_MS - performance.now();
  if (wait <= 0) draw();
  else drawLater ??= setTimeout(draw, wait);
};

/** @type {(() => void) | undefined} */
let undraw;

/** @param {() => void} drawer */
export const subscribeDrawn = (drawer) => {
  if (!undraw) {
    undraw = subscribe(drawSoon);
    drawn = getSnapshot();
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
