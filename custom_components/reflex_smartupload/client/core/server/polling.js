// Decides when the server is asked how far it is with an upload that it is finishing.

import { isAway } from "../ports/errors.js";

/** ms before the first look at an upload that the server is finishing, at most between two, and between two while it tells by itself. */
const POLL = 1500;
const LONGEST_POLL = 15_000;
const CALM = 60_000;

/** @typedef {import("../upload/upload.js").Upload} Upload */
/** @typedef {import("../ports/ports.js").ServerUpload} ServerUpload */
/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "changed"> & {outcomes: import("../upload/outcomes.js").Outcomes, changeFeed: {live: boolean}, lifecycle: {known: (u: Upload) => Promise<ServerUpload>, apply: (u: Upload, answer: ServerUpload) => void}}} Needs of the engine */

export class Polling {
  /** How often one was looked at since it began to be finished. @type {WeakMap<Upload, number>} */
  #looks = new WeakMap();

  /** When the server last said something of it, on the engine's clock. @type {WeakMap<Upload, number>} */
  #heardAt = new WeakMap();

  /** A look is due. @type {WeakSet<Upload>} */
  #due = new WeakSet();

  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
  }

  /** The server has said something of it. @param {Upload} u */
  heard(u) {
    this.#heardAt.set(u, this.engine.ports.clock.now());
  }

  /** @param {Upload} u */
  lookLater(u) {
    if (this.#due.has(u)) return;
    this.#due.add(u);
    this.engine.ports.clock.after(Math.min(LONGEST_POLL, POLL * 1.5 ** this.#looksAt(u)), () => {
      this.#due.delete(u);
      this.#look(u);
    });
  }

  /** @param {Upload} u */
  #looksAt(u) {
    return this.#looks.get(u) ?? 0;
  }

  /** The server tells of every change by itself, and has said something not long ago. @param {Upload} u */
  #isCalm(u) {
    return this.engine.changeFeed.live && this.engine.ports.clock.now() - (this.#heardAt.get(u) ?? 0) < CALM;
  }

  /** @param {Upload} u */
  async #look(u) {
    const { lifecycle, outcomes } = this.engine;
    if (u.phase !== "finishing" || u.hidden) return void this.#looks.delete(u);
    if (this.#isCalm(u)) return this.lookLater(u);
    this.#looks.set(u, this.#looksAt(u) + 1);
    try {
      const answer = await lifecycle.known(u);
      if (u.phase === "finishing") lifecycle.apply(u, answer);
      if (u.phase === "finishing") this.lookLater(u);
    } catch (error) {
      if (u.phase !== "finishing") return;
      if (!isAway(error)) return outcomes.refused(u, error);
      this.lookLater(u);
    }
    this.engine.changed(u);
  }
}
