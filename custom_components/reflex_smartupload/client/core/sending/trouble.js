// Decides how often one part is sent in vain, and how long it waits between.

import { backoff, doubled } from "../ports/retry.js";

/** ms until a part that was sent in vain too often is sent once more, doubled each time. */
const REST = 120_000;
const LONGEST_REST = 3_600_000;
/** The same, at least, when somebody looks. */
export const LOOK = 60_000;

/** @param {number} times @returns {number} ms */
export const restOf = (times) => doubled(REST, times, LONGEST_REST);

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
