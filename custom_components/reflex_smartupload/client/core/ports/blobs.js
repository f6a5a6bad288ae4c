// Decides up to which size a blob is sooner read as a whole than cut, and read once for all that is done with it.

/** Bytes. Each piece that is cut of a blob is made known to the browser first, which takes longer than to read so much. */
const SHORT = 256 * 1024;

/** What is kept at the same time, of the files that were read last. */
const MOST = { files: 256, bytes: 16e6 };

/** @param {Blob} blob */
export const isShort = (blob) => blob.size <= SHORT;

/** Its bytes from `start` up to, not including, `end`; a short one as a whole is itself, so that it is read once. @param {Blob} blob @param {number} start @param {number} end */
export const piece = (blob, start, end) => (end - start === blob.size && isShort(blob) ? blob : blob.slice(start, end));

/** @typedef {import("./ports.js").Read} Read */

/** @type {Map<Blob, ArrayBuffer>} */
const kept = new Map();
let total = 0;

/** @param {Blob} blob @returns {ArrayBuffer | undefined} */
const take = (blob) => {
  const bytes = kept.get(blob);
  if (bytes && kept.delete(blob)) total -= bytes.byteLength;
  return bytes;
};

/**
 * The bytes of a short blob, not to be changed. They are kept, so that what the server is told of a small file, its digest and what is sent are of one read:
 * each costs a small file more than its way over the line. Rejects as `Blob.arrayBuffer` does.
 * @param {Blob} blob @param {Read} read @returns {Promise<ArrayBuffer>}
 */
export const readOnce = async (blob, read) => {
  const known = kept.get(blob);
  if (known) return known;
  const bytes = await read(blob);
  take(blob);
  kept.set(blob, bytes);
  total += bytes.byteLength;
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST.files && total <= MOST.bytes) break;
    take(oldest);
  }
  return bytes;
};

/** The same for the last time: they are not kept any longer. @param {Blob} blob @param {Read} read @returns {Promise<ArrayBuffer>} */
export const readLast = async (blob, read) => take(blob) ?? read(blob);

/** Its first bytes. @param {Blob} blob @param {number} most @param {Read} read @returns {Promise<Uint8Array>} */
export const readHead = async (blob, most, read) => {
  const bytes = isShort(blob) ? await readOnce(blob, read) : await blob.slice(0, most).arrayBuffer();
  return new Uint8Array(bytes, 0, Math.min(most, bytes.byteLength));
};
