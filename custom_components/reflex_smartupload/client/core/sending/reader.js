// Decides where the bytes of a part come from, and what it means when they cannot be read.

import { isShort } from "../ports/blobs.js";
import { ReadError } from "../ports/errors.js";
import { patiently } from "../ports/retry.js";
import { partSpan } from "../upload/part.js";

/** Reads of one part that may fail before a file counts as unreadable although its first byte can be read. */
const READ_FAULTS = 5;

/** @typedef {import("../upload/upload.js").Upload} Upload */
/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "changed" | "wake"> & {copies: {remove: (version: Upload["version"]) => Promise<void>}, journalWriter: import("../journal/writer.js").JournalWriter}} Needs of the engine */

/** ms without an answer after which a read has failed: a drive that sleeps needs a few seconds, and what the browser has wiped never answers. */
const STALL = 30_000;

/** @template T @param {import("../ports/ports.js").Clock} clock @param {Promise<T>} reading @returns {Promise<T>} */
const inTime = (clock, reading) =>
  new Promise((resolve, reject) => {
    const cancel = clock.after(STALL, () => reject(new ReadError("the file gives no bytes")));
    reading.then(resolve, reject).finally(cancel);
  });

/**
 * Is a file still as it was when it was picked? Browsers look at its date when they begin to read, so only a look after a read tells
 * whether what was read is of one state. One that was deleted by then may have been edited before, and nobody can tell any more.
 * Firefox does not look at all: there at least a file that got shorter is found out.
 * @param {Blob} blob @param {Pick<import("../ports/ports.js").Ports, "clock" | "read">} ports
 */
export const isReadable = async (blob, { clock, read }) => {
  try {
    if (isShort(blob)) return (await inTime(clock, read(blob))).byteLength === blob.size;
    const last = Math.max(0, blob.size - 1);
    const ends = await inTime(clock, Promise.all([blob.slice(0, 1).arrayBuffer(), blob.slice(last, blob.size).arrayBuffer()]));
    return ends.every(({ byteLength }) => byteLength === Math.min(1, blob.size));
  } catch {
    return false;
  }
};

export class Reader {
  /** Reads that failed, by part of a version. @type {WeakMap<Upload["version"], Map<number, number>>} */
  #faults = new WeakMap();

  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
  }

  /** @param {Upload} u @param {number} number @returns {Promise<Blob>} */
  async blob(u, number) {
    const { cut } = u.version;
    const { bytes } = partSpan(number, u.size, cut.partSize);
    if (cut.staged.has(number)) {
      const { clock, partFiles } = this.engine.ports;
      const part = await patiently(clock, () => partFiles.read(cut.key, number)).catch((error) => this.#besides(u, cut, number, error));
      if (part?.size === bytes) return part;
      cut.lose(number);
    }
    const blob = cut === u.version.cut ? u.bytesOf(number) : null;
    if (!blob) throw new ReadError(`part ${number} is not in this browser`);
    if (blob.size !== bytes) throw new ReadError(`part ${number} has ${blob.size} bytes`);
    return blob;
  }

  /** A part file that cannot be read may be there all the same: it is given up only for bytes that are at hand otherwise. @param {Upload} u @param {Upload["version"]["cut"]} cut @param {number} number @param {unknown} error @returns {Promise<null>} */
  async #besides(u, cut, number, error) {
    const other = cut === u.version.cut ? u.bytesOf(number) : null;
    if (!other || !(await isReadable(other, this.engine.ports))) throw new ReadError(String(error));
    return null;
  }

  /** @param {Upload} u @param {number} number @param {Blob} blob the bytes of that part @returns {Promise<string>} */
  async hash(u, number, blob) {
    const known = u.hashes.get(number);
    if (known) return known;
    return this.digest(blob, blob === u.snapshot);
  }

  /** @param {Blob} blob @param {boolean} isCopy that the browser keeps, which does not change @returns {Promise<string>} */
  async digest(blob, isCopy) {
    const sha256 = await this.engine.ports.hash(blob);
    if (!isCopy && !(await isReadable(blob, this.engine.ports))) throw new ReadError("the file changed while it was read");
    return sha256;
  }

  /**
   * A part could not be read, or is not what it was: go on with the copy that is whole, else ask the person.
   * @param {Upload} u @param {number} number 0: while it was staged @param {unknown} error
   */
  async unreadable(u, number, error) {
    const { run, version } = u;
    const { ports } = this.engine;
    const hopeless = this.#failed(version, number) > READ_FAULTS;
    const { snapshot: copy, source: file } = u;
    const goodCopy = copy && !hopeless && (await isReadable(copy, ports)) ? copy : null;
    const goodFile = file && !hopeless && (await isReadable(file, ports)) ? file : null;
    // What came meanwhile was looked at by who brought it.
    const snapshot = u.snapshot === copy ? goodCopy : u.snapshot;
    const source = u.source === file ? goodFile : u.source;
    if (run !== u.run || version !== u.version || !u.alive) return;
    // What cannot be staged any more is not missed where everything is staged or confirmed by now.
    const staged = number ? u.stagedParts.has(number) && !hopeless : u.safeBytes >= u.size;
    const had = Boolean(u.source || u.snapshot);
    ports.emit({ type: "log", text: `part ${number} of ${u.id} could not be read: ${error}` });
    if (snapshot || source || staged) {
      version.copied(snapshot);
      version.give(source);
      u.parts.release(number);
    } else if (u.staging === "snapshot") {
      // The copy is being made this very moment and may still hold.
      ports.clock.after(500, () => run === u.run && (u.parts.release(number), this.engine.wake()));
    } else this.ask(u, had);
    this.engine.changed(u);
    this.engine.wake();
  }

  /** How often it has failed by now. @param {Upload["version"]} version @param {number} number */
  #failed(version, number) {
    const faults = this.#faults.get(version) ?? new Map();
    const count = (faults.get(number) ?? 0) + 1;
    this.#faults.set(version, faults.set(number, count));
    return count;
  }

  /** What is here is of two states of the file, and which is which nobody knows: it is worth nothing, whatever became of the upload meanwhile. @param {Upload} u @param {string} why */
  torn(u, why) {
    this.engine.ports.emit({ type: "log", text: `${u.id}: ${why}` });
    this.ask(u, true);
    this.engine.changed(u);
    this.engine.wake();
  }

  /**
   * The person has to show the file once more, as it is by then.
   * @param {Upload} u @param {boolean} had it was at hand until now @param {string} [code] why it is asked for then
   */
  ask(u, had, code = "file_changed") {
    const { copies, journalWriter, ports } = this.engine;
    const { version } = u;
    u.renew(ports.newId());
    if (u.alive) u.become("lost", had ? code : "");
    else if (had) u.become("edited");
    copies.remove(version).catch(() => {});
    journalWriter.save(u);
  }
}
