// Decides where the bytes of a part come from, and what it means when they cannot be read.

import { ReadError } from "../ports/errors.js";

/** Reads of one part that may fail before a file counts as unreadable although its first byte can be read. */
const READ_FAULTS = 5;

/** @typedef {import("../upload/upload.js").Upload} Upload */

export class Reader {
  /** @param {import("../engine/engine.js").Engine} engine */
  constructor(engine) {
    this.engine = engine;
  }

  /** @param {Upload} u @param {number} number @returns {Promise<Blob>} */
  async blob(u, number) {
    if (u.stagedParts.has(number)) {
      const part = await this.engine.ports.partFiles.read(u.id, number).catch(() => null);
      if (part) return part;
      u.stagedParts.delete(number);
    }
    const blob = u.bytesOf(number);
    if (!blob) throw new ReadError(`part ${number} is not in this browser`);
    return blob;
  }

  /**
   * What has become of a file: "" it is as it was when it was picked, "gone" (deleted: what was being read of it is whole all the
   * same), "changed". Browsers look at its date when they begin to read, so only a look after a read tells whether that one counts.
   * Firefox does not look at all, and WebKit calls every change "gone".
   * @param {Blob} blob @returns {Promise<"" | "gone" | "changed">}
   */
  async fate(blob) {
    try {
      await blob.slice(0, 1).arrayBuffer();
      return "";
    } catch (error) {
      return error instanceof DOMException && error.name === "NotFoundError" ? "gone" : "changed";
    }
  }

  /** @param {Blob} blob */
  async readable(blob) {
    return (await this.fate(blob)) === "";
  }

  /** @param {Upload} u @param {number} number @param {Blob} blob @returns {Promise<string>} */
  async hash(u, number, blob) {
    const known = u.hashes.get(number);
    if (known) return known;
    const { source } = u;
    const fromSource = source && !u.snapshot && !u.stagedParts.has(number);
    const sha256 = await this.engine.ports.hash(blob);
    if (fromSource && (await this.fate(source)) === "changed") throw new ReadError("the file changed while it was read");
    return sha256;
  }

  /**
   * A part could not be read, or is not what it was: go on with the copy that is whole, else ask the person.
   * @param {Upload} u @param {number} number @param {unknown} error @param {boolean} [changed] the file gives other bytes than before
   */
  async unreadable(u, number, error, changed = false) {
    const { run } = u;
    const faults = (u.readFaults.get(number) ?? 0) + 1;
    u.readFaults.set(number, faults);
    const hopeless = faults > READ_FAULTS;
    const snapshot = u.snapshot && !hopeless && (await this.readable(u.snapshot)) ? u.snapshot : null;
    const source = u.source && !hopeless && !changed && (await this.readable(u.source)) ? u.source : null;
    if (run !== u.run || !u.alive) return;
    const staged = u.stagedParts.has(number) && !hopeless && !changed;
    const had = Boolean(u.source || u.snapshot);
    this.engine.ports.emit({ type: "log", text: `part ${number} of ${u.id} could not be read: ${error}` });
    if (snapshot || source || staged) {
      Object.assign(u, { snapshot, source });
      u.release(number);
    } else if (u.staging && u.stagedKind === "snapshot" && !changed) {
      // The copy is being made this very moment and may still hold.
      this.engine.ports.clock.after(500, () => run === u.run && (u.release(number), this.engine.wake()));
    } else {
      u.halt();
      Object.assign(u, { source: null, snapshot: null, needsFile: true });
      if (had) u.fault = { code: "file_changed", text: "" };
    }
    this.engine.changed(u);
    this.engine.wake();
  }
}
