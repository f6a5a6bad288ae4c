// Decides when to try again after the line, the store or the server failed: with full jitter, and with no end.
// Rule: "Exponential Backoff And Jitter", https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/

import { elapsed } from "./clock.js";

const BASE = 400; // ms
const CAP = 4000; // ms; short at first, because most gaps are short and a person may be looking
const SLOW_CAP = 30_000; // ms, once it is clear that the gap is a long one
const SLOW_AFTER = 30; // attempts, about a minute of short ones
const LONGEST = 60_000; // ms that somebody else may ask for

/** A wait that doubles each time. @param {number} first ms @param {number} times that it was doubled @param {number} longest ms */
export const doubled = (first, times, longest) => Math.min(longest, first * 2 ** Math.min(times, 20));

/**
 * Milliseconds to wait before attempt `attempt` (1 is the first repetition).
 * @param {number} attempt
 * @param {() => number} random 0 ≤ x < 1
 */
export const backoff = (attempt, random) => {
  const cap = attempt > SLOW_AFTER ? SLOW_CAP : CAP;
  return Math.round(random() * doubled(BASE, attempt, cap));
};

/**
 * Seconds that a Retry-After asks for: a number, or a date. 0 when it says nothing that makes sense.
 * Rule: RFC 9110, section 10.2.3.
 * @param {string | null} text
 * @param {number} now ms since 1970
 */
export const retryAfter = (text, now) => {
  const seconds = /^\s*\d+\s*$/.test(text ?? "") ? Number(text) : (Date.parse(text ?? "") - now) / 1000;
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 0;
};

/** Whoever asks for an hour after ten seconds of trouble gets one probe now and then all the same. @param {number} ms */
export const patient = (ms) => Math.min(ms, LONGEST);

/**
 * The way to one place (the store, the server). Open until something fails; then closed for a while,
 * then open for one probe at a time until a probe gets through.
 */
export class Gate {
  /**
   * @param {import("./ports.js").Clock} clock
   * @param {() => number} random
   * @param {() => void} wake called when it is worth looking again
   */
  constructor(clock, random, wake) {
    this.clock = clock;
    this.random = random;
    this.wake = wake;
    this.attempt = 0;
    this.openAt = 0;
    /** Why it is closed: an error code of errors.js, or "" when open. */
    this.reason = "";
    this.cancelTimer = () => {};
  }

  get closed() {
    return this.attempt > 0;
  }

  /**
   * May another request go out while `busy` requests are under way?
   * @param {number} busy
   */
  allows(busy) {
    if (!this.closed) return true;
    return busy === 0 && this.clock.now() >= this.openAt;
  }

  /**
   * @param {string} reason error code
   * @param {number} [atLeast] ms, from a Retry-After
   */
  fail(reason, atLeast = 0) {
    this.reason = reason;
    if (this.closed && this.clock.now() < this.openAt) return; // the rest of the same wave
    this.attempt += 1;
    const delay = Math.max(patient(atLeast), backoff(this.attempt, this.random));
    this.openAt = this.clock.now() + delay;
    this.cancelTimer();
    this.cancelTimer = this.clock.after(delay, this.wake);
  }

  ok() {
    if (!this.closed) return;
    this.attempt = 0;
    this.reason = "";
    this.cancelTimer();
    this.wake();
  }

  /** The line is back, or the person is looking: try at once. */
  hurry() {
    if (!this.closed) return;
    this.attempt = 1;
    this.openAt = this.clock.now();
    this.cancelTimer();
    this.wake();
  }
}

const MOMENTS = [100, 400, 1600]; // ms

/**
 * A disk that fails for a moment has not lost what is on it: it is asked again. Rejects with what it says the last time.
 * @template T
 * @param {import("./ports.js").Clock} clock @param {() => Promise<T>} read
 */
export const patiently = async (clock, read) => {
  for (const moment of MOMENTS) {
    try {
      return await read();
    } catch {
      await elapsed(clock, moment);
    }
  }
  return read();
};
