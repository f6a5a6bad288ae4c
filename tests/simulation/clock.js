// Decides when things happen: a clock that goes from one thing that is due to the next, with everything asynchronous in between.

import { composed } from "./files.js";

/** The one thing that node itself may decide: when everything that is on its way (microtasks only) has happened. */
const hop = setImmediate;

const BEGIN = Date.UTC(2026, 10, 23);

/** @typedef {{at: number, serial: number, run: (() => void) | null}} Timer */

export class SimClock {
  constructor() {
    this.time = 0;
    /** How far the person's clock is off, ms. */
    this.off = 0;
    this.serial = 0;
    /** A heap, the next one first. @type {Timer[]} */
    this.timers = [];
    /** Called after everything that happened. */
    this.watch = () => {};
    /** Things that happened, and how many of them are too many. */
    this.steps = 0;
    this.most = 300_000;
    /** Ends whatever waits. */
    this.stopped = false;
  }

  now = () => this.time;
  wall = () => BEGIN + this.time + this.off;
  /** The server's time: its clock is right. */
  true = () => BEGIN + this.time;

  /** @param {number} ms @param {() => void} run */
  after = (ms, run) => {
    this.serial += 1;
    const timer = /** @type {Timer} */ ({ at: this.time + Math.max(0, ms), serial: this.serial, run });
    this.push(timer);
    return () => void (timer.run = null);
  };

  /** @param {number} ms @returns {Promise<void>} */
  sleep = (ms) => new Promise((resolve) => this.after(ms, resolve));

  /** Let so much time pass. @param {number} ms */
  async pass(ms) {
    const end = this.time + ms;
    for (;;) {
      await new Promise((resolve) => hop(resolve));
      this.watch();
      if (this.stopped) return;
      if ((this.steps += 1) > this.most) throw new Error("it runs in circles");
      let next = this.timers[0];
      while (next && !next.run) {
        this.pop();
        next = this.timers[0];
      }
      if (!next || next.at > end) break;
      this.pop();
      this.time = Math.max(this.time, next.at);
      next.run?.();
    }
    this.time = Math.max(this.time, end);
  }

  /** The machine slept: nothing happened, and it is later. @param {number} ms */
  jump(ms) {
    this.time += ms;
  }

  /** @param {Timer} timer */
  push(timer) {
    const heap = this.timers;
    let at = heap.push(timer) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (!before(timer, heap[up])) break;
      heap[at] = heap[up];
      at = up;
    }
    heap[at] = timer;
  }

  pop() {
    const heap = this.timers;
    const last = heap.pop();
    if (!last || !heap.length) return;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= heap.length) break;
      if (down + 1 < heap.length && before(heap[down + 1], heap[down])) down += 1;
      if (!before(heap[down], last)) break;
      heap[at] = heap[down];
      at = down;
    }
    heap[at] = last;
  }
}

/** @param {Timer} a @param {Timer} b */
const before = (a, b) => a.at < b.at || (a.at === b.at && a.serial < b.serial);

const REAL = { now: Date.now, random: Math.random, setImmediate, setTimeout, queueMicrotask, Blob };
const forbidden = () => {
  throw new Error("a run may not ask the real world");
};

/**
 * From here on nothing but the seed decides: the real clock, real chance and real timers are out of reach.
 * @param {() => boolean} may whether anything more may happen before time goes by
 */
export const seal = (may) => {
  Date.now = Math.random = /** @type {any} */ (forbidden);
  globalThis.setTimeout = /** @type {any} */ (forbidden);
  const soon = REAL.queueMicrotask;
  globalThis.queueMicrotask = (run) => {
    if (may()) soon(run);
  };
  // Of the simulator's own blobs node's would make their names.
  globalThis.Blob = /** @type {any} */ (function (/** @type {any[]} */ parts) {
    return composed(parts);
  });
  // What waits for "everything that is on its way" waits some microtasks.
  globalThis.setImmediate = /** @type {any} */ (soon);
};

export const unseal = () => {
  Date.now = REAL.now;
  Math.random = REAL.random;
  globalThis.setTimeout = REAL.setTimeout;
  globalThis.queueMicrotask = REAL.queueMicrotask;
  globalThis.setImmediate = REAL.setImmediate;
  globalThis.Blob = REAL.Blob;
};
