// Decides when the server hears how far the uploads are that go out from here, so that whoever watches is told what this browser shows.

import { ApiError, isAway } from "../ports/errors.js";

/** ms between two words. */
const EVERY = 5000;
/** Uploads in one. */
const MOST = 20;

/** @typedef {import("../upload/upload.js").Upload} Upload */
/** @typedef {import("../sending/forecast.js").Range} Range */
/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "serverGate">} Needs of the engine */

export class Telling {
  /** What was shown since the last word. @type {Map<Upload, Range | null>} */
  #shown = new Map();

  #waits = false;

  /** The server has no ear for it. */
  #absent = false;

  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
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
      try {
        await ports.api.tell?.(words);
      } catch (error) {
        // An older server. That one is away is found out by those calls that matter.
        if (error instanceof ApiError && !isAway(error)) this.#absent = true;
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
