// Decides when the server is asked for its settings and for who is here, and which of its answers count.

const AGAIN = 3000; // ms before the server is asked once more
const SHARED = 500; // ms for which a question waits for the one before it

/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "settings" | "configure" | "server">} Needs of the engine */

export class Question {
  /** The question under way, and the one after it. @type {Promise<boolean> | null} */
  #asking = null;

  /** @type {Promise<boolean> | null} */
  #next = null;

  /** Goes up with every question: an answer counts only if none to a later one came before. */
  #asked = 0;

  #answered = 0;

  /** The question whose answer said last who is here: the settings', or the stream's. */
  #said = 0;

  #again = false;

  /** @param {Needs} engine @param {(tag: string) => void} heard who is here @param {(before: import("../ports/ports.js").Settings) => void} told the settings have come, after who is here */
  constructor(engine, heard, told = () => {}) {
    this.engine = engine;
    this.heard = heard;
    this.told = told;
  }

  get asking() {
    return this.#asking !== null;
  }

  /** An answer that was asked for before may be about somebody who has gone since: whoever asks meanwhile shares the next one. @returns {Promise<boolean>} whether it came */
  ask() {
    if (!this.#asking) return this.#begin();
    return (this.#next ??= within(this.engine.ports.clock, SHARED, this.#asking).then(() => {
      this.#next = null;
      return this.#begin();
    }));
  }

  /** A stream asks, too, by being opened: with the cookie of that moment. @returns {number} of its question */
  next() {
    return (this.#asked += 1);
  }

  /** Whether no answer to a later question has said who is here. @param {number} number of the one that is answered now */
  isNews(number) {
    if (number < this.#said) return false;
    this.#said = number;
    return true;
  }

  /** What was asked up to now says nothing any more of who is here. */
  forget() {
    this.#said = this.next();
  }

  #begin() {
    const mine = this.#settings().finally(() => {
      if (this.#asking === mine) this.#asking = null;
    });
    return (this.#asking = mine);
  }

  /** @returns {Promise<boolean>} whether the server has said it */
  async #settings() {
    const { engine } = this;
    const number = this.next();
    try {
      const { owner = "", ...settings } = await engine.server(() => engine.ports.api.settings());
      if (number < this.#answered) return true;
      this.#answered = number;
      const before = engine.settings;
      engine.configure(settings);
      if (this.isNews(number)) this.heard(owner);
      this.told(before);
      if (JSON.stringify(engine.settings) !== JSON.stringify(before)) engine.ports.emit({ type: "settings" });
      return true;
    } catch {
      if (this.#again) return false;
      this.#again = true;
      engine.ports.clock.after(AGAIN, () => {
        this.#again = false;
        this.ask();
      });
      return false;
    }
  }
}

/** @param {import("../ports/ports.js").Clock} clock @param {number} ms @param {Promise<boolean>} answer @returns {Promise<boolean>} */
export const within = (clock, ms, answer) =>
  new Promise((resolve) => {
    const cancel = clock.after(ms, () => resolve(false));
    answer.then((came) => (cancel(), resolve(came)));
  });
