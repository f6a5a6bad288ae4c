// Decides how many parts share a line that cuts them, so that each is through before that.

/** Parts that have to get through one at a time after a part was cut twice. */
const CALM = 4;
/** Of the time after which parts were cut: what takes longer may be cut, too. */
const SAFE = 0.8;
/** ms after the last cut until as many as before are tried once more. */
const FORGOTTEN = 600_000;
/** So much may two cuts differ by that are of one kind. */
const ALIKE = 0.1;

/** @typedef {{ms: number, bytes: number, size: number}} Cut how long after it went out, how many bytes of it were gone, and how many it has */
/** @typedef {{ms: number, size: number, out: number}} Through a part that got through: how long it took, how large it is, and how much of all parts went out meanwhile, itself among them */

/** @param {number} a @param {number} b */
const isAlike = (a, b) => Math.abs(a - b) <= ALIKE * Math.max(a, b);

export class Width {
  /** Parts in a row that got through after a cut; CALM and more where none is known of. */
  #calm = CALM;

  /** The last cut. @type {Cut & {at: number} | null} */
  #cut = null;

  /** Bytes per ms of the whole line, as parts show that got through since. */
  #rate = 0;

  /** Parts that may be on the line at a time. @param {number} now @returns {number} */
  at(now) {
    if (this.#calm < CALM) return 1;
    const cut = this.#cut;
    if (!cut || now - cut.at > FORGOTTEN) return Infinity;
    return Math.max(1, Math.floor((cut.ms * SAFE * this.#rate) / cut.size));
  }

  /**
   * @param {number} now @param {Cut} cut @param {boolean} again that part was cut before
   * @returns {boolean} whether it was as the last one: at the same time, or at the same size
   */
  wasCut(now, cut, again) {
    const last = this.#cut;
    this.#calm = Math.min(this.#calm, again ? 0 : CALM - 1);
    // A line that is down from the start says nothing of how long a part may take.
    if (cut.bytes) this.#cut = { ...cut, at: now };
    this.#rate = 0;
    return last !== null && cut.bytes > 0 && (isAlike(last.ms, cut.ms) || isAlike(last.bytes, cut.bytes));
  }

  /** @param {Through} part */
  gotThrough({ ms, size, out }) {
    this.#calm += 1;
    const cut = this.#cut;
    if (!cut) return;
    const rate = out / Math.max(1, ms);
    // It was no matter of time.
    if (ms >= cut.ms) this.#cut = null;
    // A small one spends its time waiting for answers: the line carries that much at least.
    else this.#rate = size < cut.size / 2 ? Math.max(this.#rate, rate) : rate;
  }
}
