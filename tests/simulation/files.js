// The person's own files, and what a browser sees of them: a file can be edited or deleted while somebody reads it.

import { hash } from "node:crypto";
import { ReadError } from "../../custom_components/reflex_smartupload/client/core/ports/errors.js";

/** What each browser does when a file was changed since it was picked. @typedef {"chromium" | "firefox" | "webkit"} Kind */

export class DiskFile {
  /** @param {{name: string, path: string, text: string, lastModified: number}} facts */
  constructor({ name, path, text, lastModified }) {
    this.name = name;
    this.path = path;
    this.lastModified = lastModified;
    this.bytes = Buffer.from(text, "latin1");
    /** Every state the person has ever saved. @type {Set<string>} */
    this.versions = new Set([text]);
    this.generation = 1;
    this.gone = false;
    this.edits = 0;
    /** It was edited where a browser gives no sign of it. */
    this.silent = false;
    /** How long the next read takes in its middle. @type {(() => Promise<void>) | null} */
    this.pause = null;
  }

  /** @param {string} text @param {number} at */
  edit(text, at) {
    this.bytes = Buffer.from(text, "latin1");
    this.versions.add(text);
    this.generation += 1;
    this.edits += 1;
    this.lastModified = at;
  }
}

/** Where the bytes of a blob come from, and what may be waited for in the middle of a read. @typedef {{take: (start: number, end: number) => Buffer, check: () => void, pause: () => Promise<void> | null, disk?: DiskFile}} Bytes */

/** As much of a Blob as the engine uses: what is read is read in two halves, between which anything may happen. */
export class SimBlob {
  /** @param {Bytes} from @param {number} start @param {number} end */
  constructor(from, start, end) {
    this.from = from;
    this.start = start;
    this.end = end;
    this.size = Math.max(0, end - start);
    this.type = "";
  }

  /** @param {number} [start] @param {number} [end] */
  slice(start = 0, end = this.size) {
    return new SimBlob(this.from, Math.min(this.end, this.start + start), Math.min(this.end, this.start + end));
  }

  /** @returns {Promise<Buffer>} */
  async bytes() {
    const { from, start, end } = this;
    from.check();
    const waiting = end - start > 1 ? from.pause() : null;
    if (!waiting) return from.take(start, end);
    const middle = (start + end) >> 1;
    const first = from.take(start, middle);
    await waiting;
    return Buffer.concat([first, from.take(middle, end)]);
  }

  async arrayBuffer() {
    const bytes = await this.bytes();
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  }
}

/** @param {Buffer} bytes of a copy that nobody changes @returns {SimBlob} */
export const kept = (bytes) => new SimBlob({ take: (start, end) => bytes.subarray(start, end), check: () => {}, pause: () => null }, 0, bytes.length);

/** As a browser lays blobs end to end. @param {(SimBlob | Uint8Array)[]} parts of copies @returns {SimBlob} */
export const composed = (parts) => kept(Buffer.concat(parts.map((part) => (part instanceof SimBlob ? part.from.take(part.start, part.end) : part))));

/**
 * The File that a page gets when a person picks.
 * @param {DiskFile} disk @param {Kind} kind @param {() => Promise<void> | null} pause
 * @returns {File}
 */
export const picked = (disk, kind, pause) => {
  const { generation, name, lastModified } = disk;
  const check = () => {
    if (disk.gone) throw new DOMException("gone", "NotFoundError");
    if (disk.generation === generation || kind === "firefox") return;
    throw new DOMException("changed", kind === "webkit" ? "NotFoundError" : "NotReadableError");
  };
  const take = (/** @type {number} */ start, /** @type {number} */ end) => disk.bytes.subarray(start, end);
  const blob = new SimBlob({ take, check, pause, disk }, 0, disk.bytes.length);
  return /** @type {any} */ (Object.assign(blob, { name, lastModified, disk }));
};

/** @param {any} blob @returns {Promise<string>} */
export const sha256 = async (blob) => {
  let bytes;
  try {
    bytes = await blob.bytes();
  } catch (error) {
    throw new ReadError(String(error));
  }
  if (bytes.length !== blob.size) throw new ReadError("the file got shorter");
  return hash("sha256", bytes, "base64");
};
