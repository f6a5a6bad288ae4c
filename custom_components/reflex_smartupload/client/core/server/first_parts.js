// Decides of which new files the first part is read before the server is told of them, so that it is signed in the same call: it is on the line a call
// sooner, and a file of one part needs no other. Nobody knows yet how the server cuts a file; where it does so otherwise, the part is signed as any other.

import { piece } from "../ports/blobs.js";
import { USUAL } from "../sending/schedule.js";
import { partSizeOf } from "../upload/part.js";

/** ms for which a file waits until its first part is read, too: a drive may sleep. */
const PATIENCE = 150;

/** @typedef {import("../upload/upload.js").Upload} Upload */
/** @typedef {import("../sending/sender.js").First} First */
/** @typedef {Pick<import("../upload/context.js").Context, "ports"> & {reader: {digest: (blob: Blob, isCopy: boolean) => Promise<string>}, sender: {mayReadFirst: (bytes: number, besides: {parts: number, bytes: number}) => boolean}}} Needs of the engine */

export class FirstParts {
  /** What is read and not signed. @type {Map<Upload, First>} */
  #known = new Map();

  /** SHA-256 of those after it, as far as they are read. @type {Map<Upload, Map<number, string>>} */
  #following = new Map();

  /** Bytes of a part as the server cut the last file of several, 0 before. */
  #cut = 0;

  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
  }

  /** Reads it, where it would be read next anyway. Comes to its end soon, whether it is read or not. @param {Upload} u @param {number} rate bytes/s that the server is told, 0 for none */
  async read(u, rate) {
    const { ports, reader } = this.engine;
    const { version } = u;
    const whole = u.snapshot ?? u.source;
    const size = Math.min(u.size, this.#cut || partSizeOf(u.size, rate));
    this.drop(u);
    if (!whole || !size || !this.engine.sender.mayReadFirst(size, this.#besides)) return;
    /** @type {First} */
    const begun = { version, size, sha256: "", askedAt: 0 };
    this.#known.set(u, begun);
    const sha256 = await new Promise((resolve) => {
      const cancel = ports.clock.after(PATIENCE, () => resolve(""));
      // What cannot be read is said when its parts are.
      reader
        .digest(piece(whole, 0, size), whole === u.snapshot)
        .then(resolve, () => resolve(""))
        .finally(cancel);
    });
    if (this.#known.get(u) !== begun) return;
    if (sha256) this.#known.set(u, { ...begun, sha256 });
    else this.drop(u);
  }

  /** Reads the next parts while the server answers, as many as go on a line at once, so that they are signed right after. @param {Upload} u @param {First} first */
  async #readOn(u, first) {
    const { reader, sender } = this.engine;
    const { size } = first;
    const whole = u.snapshot ?? u.source;
    if (!whole || size >= u.size) return;
    /** @type {Map<number, string>} */
    const digests = new Map();
    this.#following.set(u, digests);
    for (let start = size; start < u.size && digests.size + 1 < USUAL; start += size) {
      if (this.#known.get(u) !== first || !sender.mayReadFirst(size, this.#besides)) return;
      try {
        digests.set(digests.size + 2, await reader.digest(piece(whole, start, Math.min(u.size, start + size)), whole === u.snapshot));
      } catch {
        return; // it is said when it is read again
      }
    }
  }

  /** So the next ones are cut. @param {number} partSize bytes */
  expect(partSize) {
    this.#cut = partSize;
  }

  get #besides() {
    const counts = [...this.#known].map(([u, { size }]) => ({ size, parts: 1 + (this.#following.get(u)?.size ?? 0) }));
    return { parts: counts.reduce((sum, { parts }) => sum + parts, 0), bytes: counts.reduce((sum, { parts, size }) => sum + parts * size, 0) };
  }

  /** What the server is told now. @param {Upload} u */
  tell(u) {
    const first = this.#known.get(u);
    if (!first?.sha256 || first.version !== u.version) return null;
    const asked = { ...first, askedAt: this.engine.ports.clock.now() };
    this.#known.set(u, asked);
    this.#readOn(u, asked);
    const { size, sha256 } = first;
    return { size, sha256, ...(u.version.token ? { version: u.version.token } : {}) };
  }

  /** The server has answered, and cuts it so. What was told of it, null when that is of no use. @param {Upload} u @param {number} partSize @returns {import("../sending/sender.js").Begun | null} */
  take(u, partSize) {
    if (u.size > partSize) this.expect(partSize);
    const first = this.#known.get(u);
    const following = this.#following.get(u) ?? new Map();
    this.drop(u);
    return first?.askedAt && first.version === u.version && first.size === Math.min(u.size, partSize) ? { ...first, following } : null;
  }

  /** @param {Upload} u */
  drop(u) {
    this.#known.delete(u);
    this.#following.delete(u);
  }
}
