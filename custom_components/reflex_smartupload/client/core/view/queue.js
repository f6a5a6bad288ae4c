// Decides how much goes out before each upload is there: the first few share the line, and whoever comes next takes the place of one that is done.

import { ABREAST } from "../sending/schedule.js";

/** So many are looked at: of those behind nobody is told a time. */
const MOST = 200;

/**
 * @typedef {object} Turn
 * @property {number} until bytes that the line carries until this one is there
 * @property {number} abreast how many share the line with it, itself included; 0 while it waits for its turn
 */

/** It waits, and nobody knows for how long. @type {Turn} */
export const LATER = Object.freeze({ until: Infinity, abreast: 0 });

/**
 * @param {Iterable<{id: string, left: number}>} uploads bytes left of each, in the order in which they go
 * @param {number} [abreast] how many share the line
 * @returns {Map<string, Turn>}
 */
export const queueOf = (uploads, abreast = ABREAST) => {
  /** @type {Map<string, Turn>} */
  const queue = new Map();
  /** @type {{id: string, left: number}[]} */
  const waiting = [];
  for (const one of uploads) if (waiting.push({ ...one }) >= MOST) break;
  const going = waiting.splice(0, abreast);
  const first = new Set(going.map(({ id }) => id));
  let carried = 0;
  while (going.length) {
    const least = Math.min(...going.map(({ left }) => left));
    carried += least * going.length;
    for (const one of going) one.left -= least;
    for (const one of going.filter(({ left }) => left <= 0)) {
      queue.set(one.id, { until: carried, abreast: first.has(one.id) ? first.size : 0 });
      const [next] = waiting.splice(0, 1);
      going.splice(going.indexOf(one), 1, ...(next ? [next] : []));
    }
  }
  return queue;
};
