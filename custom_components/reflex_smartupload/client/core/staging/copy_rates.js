// Decides how fast this browser is taken to copy a file: by what it did of late, also at earlier starts, else as browsers usually do.

/** Bytes/s before anything was measured here, on Chromium, Firefox and WebKitGTK the slowest of the three. `handover`: into the browser's own hands, which Chromium alone knows. */
export const ASSUMED = { snapshot: 430e6, opfs: 230e6, handover: 400e6 };

/** Of so few bytes that are copied as a whole the time says nothing of the browser's speed. */
export const FEW = 16e6;

/** @typedef {keyof typeof ASSUMED} Way */

export class CopyRates {
  /** @type {Record<string, number>} */
  #rates = {};

  /** @param {Pick<import("../upload/context.js").Context, "ports">} engine */
  constructor(engine) {
    this.engine = engine;
  }

  /** What earlier starts learned. @param {Record<string, number>} rates */
  recall(rates) {
    this.#rates = { ...rates };
  }

  /** Bytes/s. @param {Way} way */
  of(way) {
    return this.#rates[way] || ASSUMED[way];
  }

  /** @param {Way} way @param {number} bytes @param {number} ms */
  learn(way, bytes, ms) {
    const measured = (bytes * 1000) / Math.max(1, ms);
    this.#rates[way] = this.#rates[way] ? 0.7 * this.#rates[way] + 0.3 * measured : measured;
    this.engine.ports.journal.saveRates({ [way]: this.#rates[way] }).catch(() => {});
  }
}
