// One browser capability: the bytes of short blobs. Those that are asked for while others are read are read together, as one blob that is made of all of them:
// a read of its own costs the browser more than the bytes of a small file.

import { laid } from "./laid.js";

const MOST = { files: 64, bytes: 4e6 };
/** ms after which those of one read are read each by itself, and the next begins: one may lie on a drive that sleeps. */
const PATIENCE = 1000;

/** @typedef {{blob: Blob, resolve: (bytes: ArrayBuffer) => void, reject: (error: unknown) => void}} Asked */

let reading = false;
/** @type {Asked[]} */
let waiting = [];

/** Rejects as `Blob.arrayBuffer` does. @type {import("../../core/ports/ports.js").Read} */
export const read = (blob) =>
  new Promise((resolve, reject) => {
    waiting.push({ blob, resolve, reject });
    next();
  });

const next = () => {
  if (reading || !waiting.length) return;
  const group = taken();
  reading = true;
  inTime(group.length > 1 ? together(group) : alone(group[0])).then((isDone) => {
    reading = false;
    next();
    if (!isDone && group.length > 1) group.forEach(alone);
  });
};

/** What is read next. */
const taken = () => {
  let bytes = 0;
  let many = 0;
  while (many < waiting.length && many < MOST.files && (!many || bytes + waiting[many].blob.size <= MOST.bytes)) bytes += waiting[many++].blob.size;
  const group = waiting.slice(0, many);
  waiting = waiting.slice(many);
  return group;
};

/** @param {Asked} asked @returns {Promise<boolean>} true, whatever became of it */
const alone = ({ blob, resolve, reject }) =>
  blob
    .arrayBuffer()
    .then(resolve, reject)
    .then(() => true);

/** Which of them cannot be read, or has another length by now, nobody can tell here. @param {Asked[]} group @returns {Promise<boolean>} whether they could be read like this */
const together = async (group) => {
  const { whole, places, fits } = laid(group.map(({ blob }) => blob));
  const bytes = await whole.arrayBuffer().catch(() => null);
  if (!bytes || !fits(bytes)) return false;
  group.forEach(({ resolve }, i) => resolve(bytes.slice(places[i].start, places[i].end)));
  return true;
};

/** @param {Promise<boolean>} work @returns {Promise<boolean>} false when it takes too long */
const inTime = (work) =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), PATIENCE);
    work.then((isDone) => {
      clearTimeout(timer);
      resolve(isDone);
    });
  });
