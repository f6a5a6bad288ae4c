// Decides when parts go through the app itself, and when the direct way to the store is tried again.

import { doubled } from "../ports/retry.js";

/** ms until one part tries the direct way, doubled each time that it does not get through. */
const TRY = 60_000;
const LONGEST_TRY = 3_600_000;
/** ms for which the app is left alone that did not take a part, doubled each time. */
const REST = 5000;
const LONGEST_REST = 300_000;

export class Around {
  #isOpen = false;

  /** When one part tries the direct way. */
  #tryAt = 0;

  #tries = 0;

  /** Until when the app is left alone. */
  #restUntil = -Infinity;

  #rests = 0;

  /** Parts go through the app. */
  get isOpen() {
    return this.#isOpen;
  }

  /** The direct way is shut, and the app offers this one. @param {number} now */
  open(now) {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#tries = 0;
    this.#tried(now);
  }

  /** @param {number} now */
  #tried(now) {
    this.#tryAt = now + doubled(TRY, this.#tries, LONGEST_TRY);
    this.#tries += 1;
  }

  /** Does the app take the part now? @param {{relay?: string}} part @param {number} now */
  takes({ relay = "" }, now) {
    return this.#isOpen && relay !== "" && now >= this.#restUntil;
  }

  /** Is it time for one part to try the direct way? The others go on as before. @param {number} now */
  tries(now) {
    if (!this.#isOpen || now < this.#tryAt) return false;
    this.#tried(now);
    return true;
  }

  /** It took one. */
  through() {
    this.#rests = 0;
  }

  /** It did not. @param {number} now */
  failed(now) {
    this.#restUntil = now + doubled(REST, this.#rests, LONGEST_REST);
    this.#rests += 1;
    return this.#restUntil;
  }

  /** The direct way is open again. */
  close() {
    this.#isOpen = false;
  }
}
