// Decides what a page shows of files that were given together while it alone has some of them: none is left out of what is said, and nobody may leave.

import { firstGroup, totalsWithMore, withdrawnGroup, withMore } from "./groups.js";

/** @typedef {import("../ports/pages.js").Group} Group */

export class Given {
  /** What the engine says, by the id of a group. @type {Map<string, Group>} */
  #told = new Map();

  /** What this page gave, until the engine says something of it. @type {Map<string, Parameters<typeof firstGroup>[0]>} */
  #gathered = new Map();

  /** How many files the page still has to give. @type {Map<string, number>} */
  #coming = new Map();

  /** Folders that are still gone through. @type {Set<string>} */
  #walked = new Set();

  /** Given up while the rest of them was still being read. @type {Set<string>} */
  #stopped = new Set();

  /** Cancelled a moment ago, which can be undone. @type {Set<string>} */
  #withdrawn = new Set();

  /** @type {readonly Group[]} */
  #shown = [];

  /** Those that did not change keep their identity. @param {Group[]} told */
  take(told) {
    this.#told = new Map(told.map((group) => {
      const old = this.#told.get(group.id);
      return [group.id, old && JSON.stringify(old) === JSON.stringify(group) ? old : group];
    }));
    for (const { id } of told) this.#gathered.delete(id);
  }

  /** The page has these of a group, which the engine may not know yet. @param {Parameters<typeof firstGroup>[0]} some */
  gather(some) {
    if (this.#told.has(some.id)) return;
    this.#gathered.set(some.id, { ...some, files: some.files + (this.#gathered.get(some.id)?.files ?? 0) });
  }

  /** So many files come, batch by batch. @param {string} id @param {number} files */
  comes(id, files) {
    if (this.#stopped.has(id)) return; // a folder of it may still be gone through
    this.#coming.set(id, (this.#coming.get(id) ?? 0) + files);
  }

  /** @param {string} id @param {number} files that have come */
  came(id, files) {
    const left = (this.#coming.get(id) ?? 0) - files;
    if (left > 0) this.#coming.set(id, left);
    else this.#coming.delete(id);
  }

  /** Whether a folder is gone through. @param {string} id @param {boolean} isWalked */
  walks(id, isWalked) {
    if (isWalked) this.#walked.add(id);
    else this.#walked.delete(id);
  }

  /** It is cancelled, and goes on being read: that can be undone. @param {string} id */
  withdraw(id) {
    this.#withdrawn.add(id);
  }

  /** That was undone. @param {string} id */
  bringBack(id) {
    this.#withdrawn.delete(id);
  }

  /** It is given up: nothing more of it is taken. @param {string} id */
  stop(id) {
    this.#withdrawn.delete(id);
    this.#stopped.add(id);
    this.#gathered.delete(id);
    this.#coming.delete(id);
    this.#walked.delete(id);
  }

  /** @param {string} id */
  isStopped(id) {
    return this.#stopped.has(id);
  }

  /** Is there anything of which the engine has not said a word? */
  get isGathering() {
    return this.#gathered.size > 0;
  }

  /** Is there anything that this page alone has? */
  get isReading() {
    return [...this.#coming.keys(), ...this.#walked].some((id) => !this.#withdrawn.has(id));
  }

  /** Another list only when one of them is. @returns {Group[]} */
  groups() {
    const isComing = (/** @type {Group} */ { id }) => this.#coming.has(id) || this.#walked.has(id);
    const all = [...this.#told.values(), ...[...this.#gathered.values()].map(firstGroup)];
    const shown = (/** @type {Group} */ group) => {
      const whole = isComing(group) ? withMore(group, this.#coming.get(group.id) ?? 0) : group;
      return whole !== group || !this.#told.has(group.id) ? (this.#withdrawn.has(group.id) ? withdrawnGroup(whole) : whole) : group;
    };
    const now = all.map(shown);
    if (now.length !== this.#shown.length || now.some((group, at) => group !== this.#shown[at])) this.#shown = now;
    return /** @type {Group[]} */ (this.#shown);
  }

  /** @template {{leave: string, leave_text: string}} T @param {T} told by the engine, of all @returns {T} */
  totals(told) {
    return this.isReading ? totalsWithMore(told) : told;
  }
}
