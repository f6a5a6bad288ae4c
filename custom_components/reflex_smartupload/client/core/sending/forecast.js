// Decides how long so many bytes take on this line, as a range that is right four times of five.
//
// The next minute is taken to be as the last one was, the next seconds as the last seconds. How far that may be off nobody knows of a line beforehand, so it is
// learned: what was foretold is compared with what came, and the range moves until one of five is outside (online quantile estimation, as in adaptive
// conformal inference: https://arxiv.org/abs/2106.00170).

/** Seconds ahead for which it is learned. */
const AHEAD = [4, 16, 64, 256];
/** For a line of which nothing is known: logarithms of the factor by which its speed may be off. */
const FIRST = [0.2, 0.35, 0.45, 0.5];
const LEAST = 0.05;
const MOST = 1.6; // five times
/** Of what is foretold for a fixed time so many are outside; of what takes until the last byte then one of five is, since that begins when little was seen. */
const OUTSIDE = 0.13;
const PACE = 0.08;
/** Seconds of the past that stand for the future, at least and at most. */
const SHORTEST = 8;
const LONGEST = 60;
/** Who has seen a line for so many seconds only takes it to be off by twice as much. */
const YOUNG = 1;
/** The same for a line that was not seen yet, by what it was the last time. */
const FIRST_LOOK = 0.5;
const LOOK_PACE = 0.3;
const MOMENT = 500; // ms
const EVERY = 2000; // ms between two lessons
const GAP = 20_000; // ms in which nothing went out: that was a pause, and not the line
const MIN_SPAN = 1000; // ms before anything is said

/** Under which names it is remembered. @param {number} seconds */
const nameOf = (seconds) => `off ${seconds}`;
const LOOK = "off next time";

/** What was taken to be off by so much, after it was off by this factor. @param {number} log @param {number} factor @param {number} pace */
const moved = (log, factor, pace) => {
  const isOutside = Math.abs(Math.log(factor)) > log;
  return Math.min(MOST, Math.max(LEAST, log * (1 + (isOutside ? (pace * (1 - OUTSIDE)) / OUTSIDE : -pace))));
};

/** @typedef {{low: number, high: number}} Range seconds */

export class Forecast {
  #logs;

  /** Bytes until then. @type {{at: number, total: number}[]} */
  #moments = [];

  /** What was foretold, for each time ahead. @type {{at: number, total: number, rates: number[]}[]} */
  #foretold = [];

  #total = 0;

  /** When the last byte went out, ms. */
  #sentAt = -Infinity;

  /** By how much a line may be off that was not seen yet. */
  #look;

  /** @param {Record<string, number>} [learned] of this line before; what has other names is passed over */
  constructor(learned = {}) {
    this.#logs = AHEAD.map((seconds, at) => learned[nameOf(seconds)] || FIRST[at]);
    this.#look = learned[LOOK] || FIRST_LOOK;
  }

  /** What was learned of this line, to be remembered. @returns {Record<string, number>} */
  get learned() {
    return { ...Object.fromEntries(AHEAD.map((seconds, at) => [nameOf(seconds), this.#logs[at]])), [LOOK]: this.#look };
  }

  /** @param {number} now ms @param {number} bytes that went out */
  sent(now, bytes) {
    const last = this.#moments.at(-1);
    if (last && now - last.at > GAP) this.rest();
    if (!this.#moments.length) this.#moments.push({ at: now, total: this.#total });
    this.#total += bytes;
    this.#sentAt = now;
    if (last && now - last.at < MOMENT) return;
    this.#moments.push({ at: now, total: this.#total });
    while (now - this.#moments[1].at > LONGEST * 1000) this.#moments.shift();
    if (now - (this.#foretold.at(-1)?.at ?? -Infinity) >= EVERY) this.#learn(now);
  }

  /** @param {number} now */
  #isSeen(now) {
    const [first] = this.#moments;
    return Boolean(first) && now - first.at >= MIN_SPAN;
  }

  /** How fast the line is taken to be for a time so many seconds ahead, bytes/s; 0 while nothing can be said. @param {number} now ms @param {number} seconds */
  rate(now, seconds) {
    if (!this.#isSeen(now)) return 0;
    const [first] = this.#moments;
    const from = now - Math.min(LONGEST, Math.max(SHORTEST, seconds)) * 1000;
    const since = this.#moments.findLast(({ at }) => at <= from) ?? first;
    return ((this.#total - since.total) * 1000) / (now - since.at);
  }

  /**
   * How long so many bytes take; null while nothing can be said.
   * @param {number} now ms @param {number} bytes @param {number} [before] bytes/s, how fast it was the last time @returns {Range | null}
   */
  range(now, bytes, before = 0) {
    const most = this.rate(now, SHORTEST);
    if (this.#isSeen(now) && (!most || now - this.#sentAt > SHORTEST * 1000)) return null; // it stands still
    if (!most) return before ? { low: bytes / (before * Math.exp(this.#look)), high: bytes / (before * Math.exp(-this.#look)) } : null;
    return { low: this.#until(now, bytes, bytes / most, 1), high: this.#until(now, bytes, bytes / most, -1) };
  }

  /** It was so fast this time. @param {number} rate @param {number} before bytes/s */
  met(rate, before) {
    if (!rate || !before) return;
    this.#look = moved(this.#look, rate / before, LOOK_PACE);
  }

  /** @param {number} now @param {number} bytes @param {number} seconds that it takes about @param {1 | -1} side */
  #until(now, bytes, seconds, side) {
    const age = (now - this.#moments[0].at) / 1000;
    for (let round = 0; round < 4; round += 1) seconds = bytes / (this.rate(now, seconds) * Math.exp(side * this.#off(seconds) * (1 + YOUNG / age)));
    return seconds;
  }

  /** @param {number} now */
  #learn(now) {
    this.#foretold.push({ at: now, total: this.#total, rates: AHEAD.map((seconds) => this.rate(now, seconds)) });
    AHEAD.forEach((seconds, at) => {
      const then = this.#foretold.findLast((one) => now - one.at >= seconds * 1000);
      if (!then?.rates[at] || now - then.at > seconds * 1000 + 2 * EVERY) return;
      const came = ((this.#total - then.total) * 1000) / (now - then.at);
      // What lies close together says much the same: of those that look far ahead each counts for less.
      const pace = PACE * Math.sqrt((2 * EVERY) / (seconds * 1000 + EVERY));
      this.#logs[at] = moved(this.#logs[at], Math.max(came / then.rates[at], 0.05), pace);
    });
    while (now - this.#foretold[0].at > 2 * AHEAD[AHEAD.length - 1] * 1000) this.#foretold.shift();
  }

  /** By how much it may be off so many seconds ahead, between what was learned. @param {number} seconds */
  #off(seconds) {
    const logs = this.#logs;
    const after = AHEAD.findIndex((one) => one > seconds);
    if (after < 0) return logs[logs.length - 1];
    if (after === 0) return logs[0];
    const share = Math.log(seconds / AHEAD[after - 1]) / Math.log(AHEAD[after] / AHEAD[after - 1]);
    return logs[after - 1] * (1 - share) + logs[after] * share;
  }

  /** The line had nothing to do: how fast it is has to be seen anew. */
  rest() {
    this.#moments = [];
    this.#foretold = [];
  }
}
