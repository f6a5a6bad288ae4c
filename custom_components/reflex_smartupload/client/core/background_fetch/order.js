// Decides in which order a registration that is held back goes out: a pair of questions to the server before each few parts.

/** Parts between two pairs: so many may go in vain, once everything has arrived by another way. */
export const BETWEEN = 4;
/** Requests that a browser has under way at a time: both have to wait for an answer, so that nothing is being sent. */
const LANES = ["a", "b"];

/** @typedef {{level: number, lane: string}} Question whether more may be sent */

/**
 * As a browser is to take them up.
 * @template P
 * @param {readonly P[]} parts @param {number} [between]
 * @returns {(P | Question)[]}
 */
export const withQuestions = (parts, between = BETWEEN) => {
  const order = [];
  for (let at = 0; at < parts.length; at += between) order.push(...LANES.map((lane) => ({ level: at / between, lane })), ...parts.slice(at, at + between));
  return order;
};

/**
 * As the browser is given them. Chromium takes them up by the text of their place in the list, "0", "1", "10", "11", "2" (seen in version 156; they
 * are keys of its database). Where another one counts, both questions of the first pair still come before everything else.
 * @template T
 * @param {readonly T[]} order
 * @returns {T[]}
 */
export const asGiven = (order) => {
  /** @type {T[]} */
  const given = new Array(order.length);
  const places = order.map((_, at) => String(at)).sort();
  order.forEach((one, at) => (given[Number(places[at])] = one));
  return given;
};
