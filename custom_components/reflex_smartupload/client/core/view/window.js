// Decides which rows of a long list are in the page: those that can be seen, some around them, and the one that has the focus.

/** Rows above and below those that can be seen. */
const AROUND = 6;
/** The first row that is in the page is one of so many: a list that is scrolled by a row is drawn once in a while. */
const STEP = 4;

/**
 * @typedef {object} Place
 * @property {number} top pixels that are scrolled away
 * @property {number} room pixels that can be seen
 * @property {number} height of a row
 */

/** What is scrolled away, in whole steps: within one the same rows are in the page. @param {number} top @param {number} height of a row */
export const startOf = (top, height) => Math.floor(top / (STEP * height)) * STEP * height;

/**
 * @param {number} count of all rows
 * @param {Place} place
 * @param {number} current the row that the keyboard is on, -1 for none
 * @returns {number[]} in their order
 */
export const rowsIn = (count, { top, room, height }, current) => {
  const first = Math.floor(top / height / STEP) * STEP - AROUND;
  const last = Math.ceil((top + room) / height / STEP) * STEP + AROUND;
  const from = Math.max(0, Math.min(first, count - (last - first)));
  const rows = Array.from({ length: Math.max(0, Math.min(last, count) - from) }, (_, at) => from + at);
  if (current < 0 || current >= count || rows.includes(current)) return rows;
  return current < from ? [current, ...rows] : [...rows, current];
};

/** Rows that can be seen as a whole. @param {Place} place */
const page = ({ room, height }) => Math.max(1, Math.floor(room / height));

/**
 * The row to which a key leads.
 * @param {string} key @param {number} current @param {number} count @param {Place} place
 * @returns {number} -1: to none
 */
export const rowAfter = (key, current, count, place) => {
  /** @type {Record<string, number>} */
  const ways = { ArrowDown: current + 1, ArrowUp: current - 1, PageDown: current + page(place), PageUp: current - page(place), Home: 0, End: count - 1 };
  return key in ways && count ? Math.min(Math.max(ways[key], 0), count - 1) : -1;
};

/** How far the list has to be scrolled for a row to be seen. @param {number} row @param {Place} place */
export const topFor = (row, { top, room, height }) => Math.min(Math.max(top, (row + 1) * height - room), row * height);

/** The row on which the keyboard begins: the one it is on while that can be seen, else the first that can. @param {number} current @param {number} count @param {Place} place */
export const seenRow = (current, count, place) => {
  const { top, room, height } = place;
  if (!count) return -1;
  const isSeen = current >= 0 && (current + 1) * height > top && current * height < top + room;
  return Math.min(isSeen ? current : Math.ceil(top / height), count - 1);
};
