// One browser capability: WebCrypto's SHA-256 over bytes read from a file, in memory that is used again.

import { ReadError } from "../core/errors.js";

/** Buffers between two parts; new ones would pile up until the collector comes, hundreds of megabytes later. @type {ArrayBuffer[]} */
let free = [];
let busy = 0;
const KEEP = 5000; // ms
const SPARE = 3;

/** @type {import("../core/ports.js").Hash} */
export const hash = (blob) => withBytes(blob, digest);

/** @param {Uint8Array<ArrayBuffer>} bytes @returns {Promise<string>} base64 */
export const digest = async (bytes) => btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))));

/**
 * All bytes of a blob, for as long as `use` runs. Rejects with ReadError.
 * @template T
 * @param {Blob} blob
 * @param {(bytes: Uint8Array<ArrayBuffer>) => Promise<T>} use
 */
export const withBytes = async (blob, use) => {
  busy += 1;
  try {
    const bytes = await read(blob);
    if (bytes.byteLength !== blob.size) throw new ReadError("the file got shorter");
    const result = await use(bytes);
    if (free.length < SPARE) free.push(bytes.buffer);
    return result;
  } finally {
    busy -= 1;
    if (!busy) setTimeout(letGo, KEEP);
  }
};

const letGo = () => {
  if (!busy) free = [];
};

/** @param {Blob} blob @returns {Promise<Uint8Array<ArrayBuffer>>} */
const read = async (blob) => {
  try {
    const reader = byobReader(blob);
    return reader ? await fill(reader, blob.size) : new Uint8Array(await blob.arrayBuffer());
  } catch (error) {
    throw new ReadError(String(error));
  }
};

/** A reader that fills our buffers; not every browser's files give one. @param {Blob} blob */
const byobReader = (blob) => {
  try {
    return blob.stream().getReader({ mode: "byob" });
  } catch {
    return null;
  }
};

/** @param {ReadableStreamBYOBReader} reader @param {number} size */
const fill = async (reader, size) => {
  const fits = free.findIndex((buffer) => buffer.byteLength >= size);
  let buffer = fits < 0 ? new ArrayBuffer(size) : free.splice(fits, 1)[0];
  let at = 0;
  while (at < size) {
    const { value, done } = await reader.read(new Uint8Array(buffer, at, size - at));
    // The buffer goes to the browser with each read, and comes back under a new name.
    if (value) buffer = /** @type {ArrayBuffer} */ (value.buffer);
    if (done) break;
    at += value.length;
  }
  return new Uint8Array(buffer, 0, at);
};
