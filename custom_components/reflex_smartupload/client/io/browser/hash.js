// One browser capability: WebCrypto's SHA-256 over bytes read from a file, in memory that is used again.

import { isShort, readOnce } from "../../core/ports/blobs.js";
import { ReadError } from "../../core/ports/errors.js";
import { read as readShort } from "./reading.js";

/** Buffers between two parts; new ones would pile up until the collector comes, hundreds of megabytes later. @type {ArrayBuffer[]} */
let free = [];
let busy = 0;
const KEEP = 5000; // ms
const SPARE = 3;
/** ms without a byte after which a read has failed; a drive that sleeps needs a few seconds to wake. */
const STALL = 30_000;

/** @type {import("../../core/ports/ports.js").Hash} */
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
    if (!isShort(blob) && free.length < SPARE) free.push(bytes.buffer);
    return result;
  } finally {
    busy -= 1;
    if (!busy) setTimeout(letGo, KEEP);
  }
};

const letGo = () => {
  if (!busy) free = [];
};

/**
 * Copied piece by piece into our own memory. Not with a BYOB reader, which would save the copy: in Chromium 156 one of some
 * hundred such readers of a file in IndexedDB never gets its first byte.
 * @param {Blob} blob @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
const read = async (blob) => {
  if (isShort(blob)) return readAtOnce(blob);
  const bytes = new Uint8Array(memory(blob.size));
  const reader = blob.stream().getReader();
  let at = 0;
  try {
    for (;;) {
      const { value, done } = await inTime(reader.read());
      if (done) return bytes.subarray(0, at);
      bytes.set(value, at);
      at += value.length;
    }
  } catch (error) {
    reader.cancel().catch(() => {});
    throw new ReadError(String(error));
  }
};

/** @param {Blob} blob @returns {Promise<Uint8Array<ArrayBuffer>>} */
const readAtOnce = async (blob) => {
  try {
    return new Uint8Array(await inTime(readOnce(blob, readShort)));
  } catch (error) {
    throw new ReadError(String(error));
  }
};

/** @param {number} size */
const memory = (size) => {
  const fits = free.findIndex((buffer) => buffer.byteLength >= size);
  return fits < 0 ? new ArrayBuffer(size) : free.splice(fits, 1)[0];
};

/** @template T @param {Promise<T>} reading @returns {Promise<T>} */
const inTime = (reading) =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("the file gives no bytes")), STALL);
    reading.then(resolve, reject).finally(() => clearTimeout(timer));
  });
