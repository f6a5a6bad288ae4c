// Decides when the server hears how far the uploads are that go out from here, so that whoever watches is told what this browser shows.

import { ApiError, isAway } from "../ports/errors.js";

/** ms between two words. */
const EVERY = 4000;
/** ms after which a word that got no answer shows that the server hangs: nothing is asked for less. */
const SILENT = 4000;
/** Uploads in one. */
const MOST = 20;

/** @typedef {import("../upload/upload.js").Upload} Upload */
/** @typedef {import("../sending/forecast.js").Range} Range */
/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "serverGate">} Needs of the engine */

export class Telling {
  /** What was shown since the last word. @type {Map<Upload, Range | null>} */
  #shown = new Map();

  #waits = false;

  /** When a word was said that has no answer yet, on the engine's clock; -1 for none. */
  #saidAt = -1;

  /** The server has no ear for it. */
  #absent = false;

  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
  }

  /** The server takes what is said, and does not answer. */
  get silent() {
    return this.#saidAt >= 0 && this.engine.ports.clock.now() - this.#saidAt > SILENT;
  }

  /** A card shows this. @param {Upload} u @param {Range | null} left seconds */
  shown(u, left) {
    if (this.#absent || !u.uploadId || !this.engine.ports.api.tell || (this.#shown.size >= MOST && !this.#shown.has(u))) return;
    this.#shown.set(u, left);
    if (this.#waits) return;
    this.#waits = true;
    // The first word comes soon, so that a link that is opened at once says the same.
    this.#tell();
  }

  async #tell() {
    const { ports, serverGate } = this.engine;
    const words = [...this.#shown].filter(([u]) => u.phase === "open").map(([u, left]) => ({ id: u.uploadId, epoch: u.epoch, sent: Math.floor(u.reachedBytes), low: left?.low ?? 0, high: left?.high ?? 0 }));
    this.#shown.clear();
    if (words.length && !serverGate.attempt) {
      this.#saidAt = ports.clock.now();
      try {
        await ports.api.tell?.(words);
      } catch (error) {
        // An older server. That one is away is found out by those calls that matter.
        if (error instanceof ApiError && !isAway(error)) this.#absent = true;
      } finally {
        this.#saidAt = -1;
      }
    }
    ports.clock.after(EVERY, () => {
      this.#waits = false;
      if (this.#shown.size) {
        this.#waits = true;
        this.#tell();
      }
    });
  }
}
