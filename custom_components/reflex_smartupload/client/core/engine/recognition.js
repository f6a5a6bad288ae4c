// Decides whether a file that a person shows is the one of an upload: by its bytes, of which a few tell where it is large, and only without any known by its name and date.

import { partSpan } from "../upload/part.js";

/** Bytes up to which a file is compared as a whole, some at a time: reading them takes a second or two. */
const WHOLE = 256e6;
const PIECE = 4e6;
const RANGE = 65_536; // bytes of a larger one that are compared at the start, in the middle and at the end
const PARTS = 3; // digests of a larger one that are compared, when it has the date of the one before
const PATIENCE = 30_000; // ms without a byte, for a drive that sleeps; a file that cannot be read is not known again

const OPEN = new Set(["uploading", "paused"]);

/** @typedef {import("../upload/upload.js").Upload} Upload */
/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "serverGate"> & {reader: import("../sending/reader.js").Reader, lifecycle: import("../server/lifecycle.js").Lifecycle}} Needs of the engine */
/** @typedef {"same" | "other" | "unknown"} Verdict */

export class Recognition {
  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
    this.whole = WHOLE;
  }

  /**
   * May this file go on with an upload that waits for it?
   * @param {Upload} u @param {File} file @param {{chosen?: boolean, path?: string}} [how] `chosen` on its own card: there a changed file may come in
   *   its new state; `path` as it was dropped
   */
  async fits(u, file, { chosen = false, path = "" } = {}) {
    if (file.size !== u.size) return false;
    const { edited } = u;
    const verdict = await this.compare(u, file);
    if (verdict === "same") return true;
    // Which date the new state has nobody knows: without its bytes only its own card can take it.
    if (edited) return chosen && file.name === u.name;
    if (verdict === "other") return false;
    // Without the server nobody can say what it has of this one.
    if (!chosen && u.uploadId && this.engine.serverGate.closed) return false;
    // Another browser may be about to send another file of this name, of which the server has nothing yet; another folder has another one.
    if (!chosen && (u.foreign || (path && u.path && path !== u.path))) return false;
    return file.name === u.name && file.lastModified === u.lastModified;
  }

  /**
   * Is the file that the server has made of an upload the one that is here? S3's composite checksum tells: the SHA-256 over the digests of all parts.
   * What cannot be read here is taken for it.
   * @param {Upload} u @param {import("../ports/ports.js").ServerUpload} answer
   */
  async isMadeOf(u, { checksum }) {
    const { ports, reader } = this.engine;
    /** @type {string[]} */
    const digests = [];
    try {
      for (let number = 1; number <= u.partCount; number += 1) digests.push(u.hashes.get(number) ?? (await reader.hash(u, number, await reader.blob(u, number))));
    } catch {
      return true;
    }
    const joined = new Blob(digests.map((digest) => Uint8Array.from(atob(digest), (letter) => letter.charCodeAt(0))));
    return checksum === `${await ports.hash(joined)}-${digests.length}`;
  }

  /** @param {Upload} u @param {File} file @returns {Promise<Verdict>} */
  async compare(u, file) {
    if (file.size !== u.size) return "other";
    const { clock } = this.engine.ports;
    /** @type {() => void} */
    let cancel = () => {};
    /** @type {() => void} */
    let more = () => {};
    /** @type {Promise<Verdict>} */
    const late = new Promise((resolve) => {
      more = () => {
        cancel();
        cancel = clock.after(PATIENCE, () => resolve("other"));
      };
    });
    more();
    try {
      return await Promise.race([this.look(u, file, more), late]);
    } catch {
      return "other"; // it cannot be read: whoever reads it for its own sake says so
    } finally {
      cancel();
    }
  }

  /** @param {Upload} u @param {File} file @param {() => void} more some of it has been read @returns {Promise<Verdict>} */
  async look(u, file, more) {
    const { snapshot, source } = u.version;
    for (const whole of [snapshot, source]) {
      const alike = whole && (await sameRanges(whole, file, this.whole, more));
      if (alike !== null) return alike ? "same" : "other";
    }
    const known = await this.digests(u);
    if (!known) return "other";
    const { partSize, hashes } = known;
    const numbers = [...hashes.keys()].sort((a, b) => a - b);
    if (!numbers.length) return "unknown";
    // One that was saved since may have changed anywhere, and what is sent of it then would be put to parts of the state before.
    const isLarge = u.size > this.whole && file.lastModified === u.lastModified;
    const some = isLarge ? new Set(Array.from({ length: PARTS }, (_, i) => numbers[Math.round((i * (numbers.length - 1)) / (PARTS - 1))])) : numbers;
    for (const number of some) {
      const { start, end } = partSpan(number, u.size, partSize);
      if ((await this.engine.ports.hash(file.slice(start, end))) !== hashes.get(number)) return "other";
      more();
    }
    return "same";
  }

  /**
   * Those that are known here, else those that the server knows; of a file that was edited it knows those of a state before.
   * @param {Upload} u @returns {Promise<{partSize: number, hashes: ReadonlyMap<number, string>} | null>} null when the server wants nothing more of it
   */
  async digests(u) {
    const { engine } = this;
    const { partSize, hashes } = u.version.cut;
    if (hashes.size || u.edited || !u.uploadId || engine.serverGate.closed) return { partSize, hashes };
    const answer = await engine.lifecycle.known(u).catch(() => null);
    if (answer && !OPEN.has(answer.state)) {
      await engine.lifecycle.take(u, answer); // it asks for nothing any more
      return null;
    }
    const counted = (answer?.confirmed ?? []).filter((part) => part.sha256);
    return { partSize: answer?.part_size ?? 0, hashes: new Map(counted.map(({ number, sha256 }) => [number, /** @type {string} */ (sha256)])) };
  }
}

/**
 * null when the one that is here cannot be read; rejects when the other one cannot.
 * @param {Blob} here @param {Blob} there of the same size @param {number} most bytes that are compared as a whole @param {() => void} more some of them have been read
 */
const sameRanges = async (here, there, most, more) => {
  for (const [start, end] of ranges(there.size, most)) {
    const bytes = await there.slice(start, end).arrayBuffer();
    const mine = await here.slice(start, end).arrayBuffer().catch(() => null);
    if (!mine) return null;
    more();
    if (!sameBytes(mine, bytes)) return false;
  }
  return true;
};

/** Four at a time. @param {ArrayBuffer} one @param {ArrayBuffer} other */
const sameBytes = (one, other) => {
  if (one.byteLength !== other.byteLength) return false;
  const fours = Math.floor(one.byteLength / 4);
  for (const [a, b] of [
    [new Int32Array(one, 0, fours), new Int32Array(other, 0, fours)],
    [new Uint8Array(one, 4 * fours), new Uint8Array(other, 4 * fours)],
  ])
    for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return false;
  return true;
};

/** @param {number} size @param {number} most @returns {[number, number][]} */
const ranges = (size, most) => {
  if (size <= most) return Array.from({ length: Math.ceil(size / PIECE) }, (_, at) => [at * PIECE, Math.min(size, (at + 1) * PIECE)]);
  return [0, Math.floor((size - RANGE) / 2), size - RANGE].map((start) => [start, start + RANGE]);
};
