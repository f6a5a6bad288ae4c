// Decides how long so many bytes take on this line, as a range that is right four times of five.
//
// The next minute is taken to be as the last one was, the next seconds as the last seconds. How far that may be off nobody knows of a line beforehand, so it is
// learned: what was foretold is compared with what came, and the range moves until one of five is outside (online quantile estimation, as in adaptive
// conformal inference: https://arxiv.org/abs/2106.00170).
//
// What a browser sends by itself is heard of only when a whole part is through. Between two such words the last rate holds and the time runs down by it.

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
/** ms in which what was remembered gives way to what is seen: what goes out first only fills the buffers on the way. */
const BELIEVED = 4000;
/** ms by which a word of a part that is through may be late: the server counts now and then. */
const LATE = 6000;
/** In words of a part at a time: after so many times as long as one takes it stands still. */
const OVERDUE = 3;
/** What comes all at once as more than so many times that much was sent some time ago. */
const JUMP = 4;
/** Of what is left at least this share is taken to be so while nothing is heard. */
const UNHEARD = 0.25;

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

  /** @param {number} now ms @param {number} bytes that went out @param {number} [grain] bytes that are heard of at a time, 0 where each is */
  sent(now, bytes, grain = 0) {
    const last = this.#moments.at(-1);
    const silence = now - this.#sentAt;
    if (last && silence > Math.max(GAP, this.#overdue(grain))) this.rest();
    else if (last && !grain && silence > SHORTEST * 1000) this.#pass(silence);
    if (grain && bytes > JUMP * grain) this.rest();
    // What is heard of first was sent before, when it comes by parts.
    if (!this.#moments.length) this.#moments.push({ at: now, total: this.#total + (grain ? bytes : 0) });
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

  /** How fast it is right now. @param {number} now ms @param {number} [grain] as in `sent` */
  now(now, grain = 0) {
    const stands = now - this.#sentAt > Math.max(SHORTEST * 1000, this.#overdue(grain));
    return stands ? 0 : this.rate(this.#end(now, grain), this.#span(grain));
  }

  /**
   * How long so many bytes take; null while nothing can be said.
   * @param {number} now ms @param {number} bytes @param {number} [before] bytes/s, how fast it was the last time @param {number} [grain] as in `sent` @returns {Range | null}
   */
  range(now, bytes, before = 0, grain = 0) {
    if (this.#isSeen(now) && !this.now(now, grain)) return null; // it stands still
    if (!this.#isSeen(now)) return before ? { low: bytes / (before * Math.exp(this.#look)), high: bytes / (before * Math.exp(-this.#look)) } : null;
    const end = this.#end(now, grain);
    // Of two parts that are under way when one is through the other one is half through, on average.
    const known = Math.max(bytes - grain / 4, bytes / 2);
    const gone = (this.rate(end, this.#span(grain)) * (now - end)) / 1000;
    const left = Math.max(known - gone, known * UNHEARD);
    return { low: this.#until(end, left, 1, before, grain), high: this.#until(end, left, -1, before, grain) };
  }

  /** It was so fast this time. @param {number} rate @param {number} before bytes/s */
  met(rate, before) {
    if (!rate || !before) return;
    this.#look = moved(this.#look, rate / before, LOOK_PACE);
  }

  /** @param {number} now @param {number} bytes @param {1 | -1} side @param {number} before @param {number} grain */
  #until(now, bytes, side, before, grain) {
    const age = (now - this.#moments[0].at) / 1000;
    const believed = before ? Math.max(0, 1 - (age * 1000) / BELIEVED) : 0;
    const rate = (/** @type {number} */ seconds) => {
      const seen = this.rate(now, Math.max(seconds, this.#span(grain)));
      return seen > before ? seen ** (1 - believed) * before ** believed : seen;
    };
    let seconds = bytes / rate(SHORTEST);
    for (let round = 0; round < 4; round += 1) seconds = bytes / (rate(seconds) * Math.exp(side * this.#off(seconds) * (1 + YOUNG / age)));
    return seconds;
  }

  /** How fast what comes in parts has come of late, bytes/s; 0 where each byte is heard of. @param {number} grain */
  #byParts(grain) {
    return grain ? this.rate(this.#sentAt, LONGEST) : 0;
  }

  /** ms after which a word on so many bytes is overdue. @param {number} grain */
  #overdue(grain) {
    const rate = this.#byParts(grain);
    return rate ? (OVERDUE * grain * 1000) / rate + LATE : 0;
  }

  /** Seconds of the past that count at least: of what comes in parts, several. @param {number} grain */
  #span(grain) {
    const rate = this.#byParts(grain);
    return rate ? Math.max(SHORTEST, Math.min(LONGEST, (2 * grain) / rate)) : SHORTEST;
  }

  /** Until when it is known how much went out. @param {number} now @param {number} grain */
  #end(now, grain) {
    const rate = this.#byParts(grain);
    return rate ? Math.max(this.#sentAt, now - (grain * 1000) / rate - LATE) : now;
  }

  /** Nothing was to be sent for so long, or could be: that says nothing of how fast it is. @param {number} silence ms */
  #pass(silence) {
    for (const one of [...this.#moments, ...this.#foretold]) one.at += silence;
    this.#sentAt += silence;
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
