// Decides what is asked about before it is sent: what would cost its person money, or data that they want to save. Only where the browser says what line it has.

/** MB that go out unasked, where an older server says nothing of it. */
const USUAL = 50;
const MB = 1e6;
/** ms between two looks at the line while something waits: a browser may say nothing when it changes. */
const LOOK = 5000;
/** ms between two looks at least for each upload, since all are gone through. */
const PER_UPLOAD = 0.05;

/** @typedef {import("../upload/upload.js").Upload} Upload */
/** @typedef {"" | "metered" | "saving"} Cost of what goes out: none that is known; the line is a mobile phone's; the person has told the browser to save data */
/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "settings" | "among" | "changed" | "wake"> & {handed: {takeBack: (id: string) => Promise<unknown>}}} Needs of the engine */

/** Is the person asked about it, where that has to be? @param {Upload} u */
const isAsked = (u) => u.running && !u.foreign && !u.sendsNow && (u.phase === "new" || u.phase === "open");

/**
 * Is it more than goes out unasked?
 * @param {Cost} cost @param {Iterable<{size: number, sentBytes: number}>} uploads that would go out @param {number} limit bytes, 0 for any number
 */
export const isTooMuch = (cost, uploads, limit) => {
  if (!cost || !limit) return false;
  let bytes = 0;
  for (const { size, sentBytes } of uploads) if ((bytes += size - sentBytes) > limit) return true;
  return false;
};

export class Metered {
  #asked;

  /** @type {Cost} */
  #cost = "";

  /** What would go out is more than goes unasked. */
  #holds = false;

  #lookedAt = -Infinity;

  #looksAgain = false;

  /** What the browser was asked to give back. @type {Set<string>} */
  #called = new Set();

  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
    this.#asked = engine.among(isAsked);
  }

  /** What keeps those that wait. */
  get cost() {
    return this.#cost;
  }

  /** Nothing more of it goes out before its person wants that, or the line is another one. What is on the line arrives. @param {Upload} u */
  waits(u) {
    return this.#holds && isAsked(u) && !u.handedTo;
  }

  /** Looks at the line, before anything is chosen for it. */
  fill() {
    const { ports, settings } = this.engine;
    const cost = ports.network.cost?.() ?? "";
    const now = ports.clock.now();
    if (cost === this.#cost && now < this.#lookedAt + Math.floor(this.#asked.size * PER_UPLOAD)) return;
    this.#lookedAt = now;
    const holds = isTooMuch(cost, this.#asked, (settings.ask_on_metered_mb ?? USUAL) * MB);
    const isNew = holds !== this.#holds || cost !== this.#cost;
    this.#cost = cost;
    this.#holds = holds;
    if (isNew) for (const u of this.#asked) this.engine.changed(u);
    if (!holds) return this.#called.clear();
    this.#callBack();
    this.#lookAgain();
  }

  /** What the browser would send by itself waits as well. What it is sending already may be past stopping. */
  #callBack() {
    for (const { registration } of this.#asked) {
      if (!registration || this.#called.has(registration)) continue;
      this.#called.add(registration);
      this.engine.handed.takeBack(registration);
    }
  }

  #lookAgain() {
    if (this.#looksAgain) return;
    this.#looksAgain = true;
    this.engine.ports.clock.after(LOOK, () => {
      this.#looksAgain = false;
      this.engine.wake();
    });
  }
}
