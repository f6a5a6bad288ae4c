// Decides what becomes of a file that is cancelled while this page alone has it: for a while that can be undone, as an engine's can.

import { UNDO } from "../ports/pages.js";

/** @typedef {import("./commands.js").Pick} Picked */

export class Withdrawn {
  /** By the id of the pick; `goes` is what would have become of it meanwhile. @type {Map<string, {pick: Picked, goes: (() => void) | null, stop: () => void}>} */
  #picks = new Map();

  /** @param {{after: (ms: number, run: () => void) => () => void}} clock @param {(id: string) => void} over called when it can be undone no more */
  constructor(clock, over) {
    this.clock = clock;
    this.over = over;
  }

  /** @param {string} id */
  has(id) {
    return this.#picks.has(id);
  }

  /** @param {Picked} pick */
  add(pick) {
    this.#picks.set(pick.id, { pick, goes: null, stop: this.clock.after(UNDO, () => this.settle(pick.id)) });
  }

  /** It would go to the engine now, or be refused. @param {string} id @param {() => void} goes */
  wouldGo(id, goes) {
    const found = this.#picks.get(id);
    if (found) found.goes = goes;
  }

  /** @param {string} id */
  #take(id) {
    const found = this.#picks.get(id);
    found?.stop();
    this.#picks.delete(id);
    return found;
  }

  /** @param {string} id @returns {boolean} whether it was one of these */
  settle(id) {
    if (!this.#take(id)) return false;
    this.over(id);
    return true;
  }

  /** @param {string} id @param {(pick: Picked) => void} waits told of one that would still wait @returns {boolean} whether it was one of these */
  undo(id, waits) {
    const found = this.#take(id);
    if (!found) return false;
    if (found.goes) found.goes();
    else waits(found.pick);
    return true;
  }
}
