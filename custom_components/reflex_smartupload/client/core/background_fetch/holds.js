// Decides whether the engine sends on what the browser has as well: the server holds the browser back for as long as this engine lives.
// The browser runs two requests at a time, and the first two of a registration are answered only when the engine is gone. So nobody waits for
// it, nothing goes twice, and whatever becomes of tab and browser, it goes on.

import { ApiError, isAway } from "../ports/errors.js";
import { elapsed } from "../ports/clock.js";
import { nameOf, uploadsOf } from "./registration.js";

const STEP = 100; // ms between two looks whether the server is heard of already
const WAIT = 2000; // ms for it, after a start
/** ms without the server after which it lets the browser go: this engine then sends nothing beside it. */
const GRACE = 3000;

/** @typedef {import("../upload/upload.js").Upload} Upload */
/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "among" | "changed" | "wake" | "server"> & {journalWriter: import("../journal/writer.js").JournalWriter, changeFeed: {live: boolean, name: string}, handed: {given: (id: string) => Upload[], release: (id: string, failed?: boolean) => void}}} Needs of the engine */

export class Holds {
  /** The server has no such thing. */
  #absent = false;

  /** Registrations that were held back for this engine until the server was out of reach. @type {Set<string>} */
  #mine = new Set();

  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
    this.held = engine.among((u) => u.mayGoOn && u.heldIn !== "");
  }

  /** Only of an engine that it hears the server knows whether it lives. */
  get usable() {
    return !this.#absent && this.engine.changeFeed.live;
  }

  *uploads() {
    yield* this.held;
  }

  /** @param {string} id */
  given(id) {
    return [...this.uploads()].filter((u) => u.heldIn === id);
  }

  ids() {
    return new Set([...this.uploads()].map((u) => u.heldIn));
  }

  /** Is the browser held back with this registration? null where nobody can say. @param {string} id @returns {Promise<boolean | null>} */
  async ask(id) {
    const { engine } = this;
    if (!this.usable) return null;
    try {
      const { held } = await engine.ports.api.hold({ registration: nameOf(id), uploads: uploadsOf(id), stream: engine.changeFeed.name });
      return held === true;
    } catch (error) {
      // What is refused once is refused again: an older server, or one that has no such thing.
      if (error instanceof ApiError && !isAway(error)) this.#absent = true;
      return null;
    }
  }

  /**
   * What an engine before this one has given and was held back, and what the browser does not send yet, is sent from here again.
   * @param {string} id @returns {Promise<boolean>}
   */
  async regain(id) {
    const { engine } = this;
    if (!engine.ports.stream) return false;
    for (let waited = 0; !this.usable && !this.#absent && waited < WAIT; waited += STEP) await elapsed(engine.ports.clock, STEP);
    if ((await this.ask(id)) !== true) return false;
    for (const u of engine.handed.given(id)) {
      u.hold(u.kept ?? []);
      this.#told(u);
    }
    engine.wake();
    return true;
  }

  /** The server is not heard of any more: it may let the browser go, and nobody here would hear of that. */
  lost() {
    this.engine.ports.clock.after(GRACE, () => {
      if (this.engine.changeFeed.live) return;
      for (const id of this.ids()) {
        this.#mine.add(id);
        this.letGo(id);
      }
    });
  }

  /** The server is heard of again: what it has held back meanwhile is sent from here as before. */
  async renew() {
    await Promise.all([...this.ids()].map(async (id) => (await this.ask(id)) === false && this.letGo(id)));
    const mine = [...this.#mine];
    this.#mine.clear();
    await Promise.all(mine.map((id) => this.engine.handed.given(id).length && this.regain(id)));
  }

  /** Does the browser send already, or has it lost what it had? @param {string[] | null} active what it is at, null where nobody can say */
  async look(active) {
    const { handed, ports } = this.engine;
    if (!active) return;
    for (const id of this.ids()) {
      if (!active.includes(id)) handed.release(id, true);
      else if ((await ports.handovers.sent(id)).bytes > 0) this.letGo(id);
      else for (const u of this.given(id)) if (u.dropped) this.#told(u, () => u.become("dropped", false));
    }
  }

  /** @param {string} id */
  letGo(id) {
    for (const u of this.given(id)) this.#told(u, () => u.letGo());
    this.engine.wake();
  }

  /** @param {Upload} u @param {() => void} [change] */
  #told(u, change = () => {}) {
    change();
    this.engine.journalWriter.save(u);
    this.engine.changed(u);
  }
}
