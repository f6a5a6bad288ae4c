// Decides how often one part is sent in vain and how long it waits between, and how many parts share a line that cuts them, so that each is through before that.

import { backoff, doubled } from "../ports/retry.js";

/** ms until a part that was sent in vain too often is sent once more, doubled each time. */
const REST = 120_000;
const LONGEST_REST = 3_600_000;
/** The same, at least, when somebody looks. */
export const LOOK = 60_000;

/** @param {number} times @returns {number} ms */
export const restOf = (times) => doubled(REST, times, LONGEST_REST);

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

export class Trouble {
  /** Sent in vain, and not explained by a small request that did not get through either. */
  #tries = 0;

  /** Small requests in a row that did not get through. */
  #asked = 0;

  #sentAt = -Infinity;

  #at = -Infinity;

  /** Until when it is not sent as a whole. */
  #restUntil = -Infinity;

  /** Bytes that were sent in vain. */
  #bytes = 0;

  #reason = "";

  /** When it may go on, at first with a small request. */
  get at() {
    return this.#at;
  }

  get bytes() {
    return this.#bytes;
  }

  get tries() {
    return this.#tries;
  }

  get reason() {
    return this.#reason;
  }

  /** Is it known what stands in its way? @param {number} now */
  stands(now) {
    return this.#asked > 0 || now < this.#restUntil;
  }

  /** All of it left, or so many bytes, and it is not there. @param {number} now @param {string} reason @param {number} bytes @param {number} most times until it rests */
  inVain(now, reason, bytes, most) {
    this.#tries += 1;
    this.#bytes += bytes;
    this.#sentAt = now;
    this.#reason = reason;
    if (this.#tries >= most) this.#restUntil = now + restOf(this.#tries - most);
  }

  /** Others were sent in vain. @param {number} until @param {string} reason */
  rest(until, reason) {
    this.#restUntil = Math.max(this.#restUntil, until);
    this.#reason ||= reason;
  }

  /** A small request did not get through either: that explains it. @param {number} now @param {string} reason @param {() => number} random */
  shut(now, reason, random) {
    if (!this.#asked && this.#tries) this.#tries -= 1;
    this.#restUntil = -Infinity;
    this.#reason = reason;
    this.#asked += 1;
    this.#at = now + backoff(this.#asked, random);
  }

  /**
   * A small request got through.
   * @param {number} now @param {{reason: string, at: number}} [shut] when one of another part did not, for the same reason: that explains this one as well
   * @returns {boolean} whether all of it may go
   */
  open(now, shut) {
    this.#asked = 0;
    if (shut && shut.at >= this.#sentAt && shut.reason === this.#reason) {
      this.#tries = Math.max(0, this.#tries - 1);
      this.#restUntil = -Infinity;
    }
    this.#at = this.#restUntil;
    return now >= this.#restUntil;
  }

  /** Somebody looks. @param {number} now */
  hurry(now) {
    this.#restUntil = Math.min(this.#restUntil, Math.max(now, this.#sentAt + LOOK));
    this.#at = Math.min(this.#at, this.#restUntil > now ? this.#restUntil : now);
  }

  /** It is begun anew with it. */
  forgive() {
    this.#tries = this.#asked = this.#bytes = 0;
    this.#at = this.#restUntil = -Infinity;
  }
}

/** How many parts share the line. */
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
