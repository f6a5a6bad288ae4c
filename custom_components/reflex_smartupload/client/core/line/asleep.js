// Decides when this computer is taken to have slept: whatever was under way before is dead by then, and nobody waits until that shows by itself.

/** ms between two looks. */
const TICK = 5000;
/** ms in which nothing has happened, beyond that: a timer that is late, as in a tab in the background, is no sleep. */
const SLEPT = 30_000;

/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "running">} Needs of the engine */

/**
 * How long nothing has happened, ms. In a sleep some systems stop the clock that goes by itself, and none that of the wall.
 * @param {{now: number, wall: number}} before @param {{now: number, wall: number}} after
 */
export const gapOf = (before, after) => Math.max(after.now - before.now, after.wall - before.wall);

export class Asleep {
  /** When something last happened. @type {{now: number, wall: number} | null} */
  #last = null;

  #wokeAt = -Infinity;

  #ticks = false;

  /** @param {Needs} engine @param {() => void} woke told as soon as it is seen */
  constructor(engine, woke) {
    this.engine = engine;
    this.woke = woke;
  }

  get #now() {
    const { clock } = this.engine.ports;
    return { now: clock.now(), wall: clock.wall() };
  }

  /** Looks now and again, for as long as anything is on its way. */
  fill() {
    if (this.#ticks) return;
    if (!this.engine.running().size) return void (this.#last = null);
    this.#last ??= this.#now;
    this.#ticks = true;
    this.engine.ports.clock.after(TICK, () => {
      this.#ticks = false;
      this.look();
      this.fill();
    });
  }

  /** Bytes go out: it is awake. */
  look() {
    const now = this.#now;
    const slept = this.#last !== null && gapOf(this.#last, now) > TICK + SLEPT;
    if (this.#last) this.#last = now;
    if (!slept) return;
    this.#wokeAt = now.now;
    this.woke();
  }

  /** Has it slept since? @param {number} moment on the engine's clock */
  since(moment) {
    this.look();
    return this.#wokeAt >= moment;
  }
}
