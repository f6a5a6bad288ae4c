// Decides how fast this line is taken to be: by what all uploads together sent of late, else by what is remembered from an earlier start. What a person is told of it
// (`left`, `speed`) comes from the forecast alone; what the engine itself goes by are rates over windows of its own.

import { RateMeter } from "../upload/progress.js";
import { Forecast } from "./forecast.js";

const SHORT = 3000; // ms that count for what is true right now
const EARLY = 300; // ms
/** ms between two times that it is written down: a thousand small files may end within seconds. */
const NOTE = 5000;

/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "changed">} Needs of the engine */

export class LineRate {
  #meter = new RateMeter();

  #forecast = new Forecast();

  /** Bytes/s of the last start, with which this one is compared once. */
  #before = 0;

  /** Bytes/s, 0 when nothing is remembered. */
  #remembered = 0;

  /** When the last byte went out, ms since 1970. */
  #sentAt = 0;

  /** When it was last written down, on the engine's clock. */
  #savedAt = -Infinity;

  /** What is written down later. @type {Record<string, number> | null} */
  #later = null;

  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
  }

  get remembered() {
    return this.#remembered;
  }

  /** What earlier starts learned. @param {Record<string, number>} rates */
  recall(rates) {
    this.#remembered = rates.send || 0;
    this.#before = this.#remembered;
    this.#forecast = new Forecast(rates);
  }

  /** @param {import("../upload/upload.js").Upload} u @param {number} bytes @param {number} [grain] bytes that are heard of at a time, where the browser sends by itself */
  sent(u, bytes, grain = 0) {
    const { clock } = this.engine.ports;
    const now = clock.now();
    // What was added after the last byte had gone out found a line without anything to do.
    if (u.addedAt > this.#sentAt) this.#rest();
    this.#sentAt = clock.wall();
    this.#meter.add(now, bytes);
    this.#forecast.sent(now, bytes, grain);
    this.engine.changed(u, true);
  }

  #rest() {
    this.#meter.reset();
    this.#forecast.rest();
  }

  /** Bytes/s of all uploads together, 0 while nothing can be said. @param {number} [window] ms */
  measured(window) {
    return this.#meter.rate(this.engine.ports.clock.now(), window);
  }

  /** The same over a moment. */
  measuredShort() {
    return this.measured(SHORT);
  }

  /** How long so many bytes take, also before any has gone out; null while nothing can be said. @param {number} bytes @param {number} [grain] as in `sent` */
  left(bytes, grain = 0) {
    return this.#forecast.range(this.engine.ports.clock.now(), bytes, this.#remembered, grain);
  }

  /** What is said of its speed, bytes/s; 0 while nothing can be said. @param {number} [grain] as in `sent` */
  speed(grain = 0) {
    return this.#forecast.now(this.engine.ports.clock.now(), grain);
  }

  /** Measured now, else remembered, else 0. */
  usual() {
    return this.measured() || this.#remembered;
  }

  /** The same, cautiously: what goes out first only fills the buffers on the way. */
  slow() {
    return Math.min(this.measuredShort(), this.measured()) || this.usual();
  }

  /** The same, at its best of late: a machine that is busy staging is no slow line. */
  peak() {
    return Math.max(this.measuredShort(), this.measured()) || this.usual();
  }

  /** As soon as anything can be said, and rather too fast: what goes out first only fills the buffers on the way. */
  early() {
    return this.usual() || this.#meter.rate(this.engine.ports.clock.now(), SHORT, EARLY);
  }

  /** For the next start. */
  remember() {
    const rate = this.measured();
    if (!rate) return;
    this.#remembered = rate;
    this.#forecast.met(rate, this.#before);
    this.#before = 0;
    this.#save({ send: rate, ...this.#forecast.learned });
  }

  /** @param {Record<string, number>} rates */
  #save(rates) {
    const { clock, journal } = this.engine.ports;
    const wait = this.#savedAt + NOTE - clock.now();
    if (wait > 0) {
      if (!this.#later) clock.after(wait, () => this.#later && this.#save(this.#later));
      this.#later = rates;
      return;
    }
    this.#savedAt = clock.now();
    this.#later = null;
    journal.saveRates(rates).catch(() => {});
  }
}
