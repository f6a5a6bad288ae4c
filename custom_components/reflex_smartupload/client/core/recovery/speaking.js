// Decides in which language an engine speaks: that of the page that came last, and where none has come yet, of the last one before.

import { BASE_LANGUAGE, useLanguage } from "../words/words.js";

/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "uploads" | "changed">} Needs of the engine */

export class Speaking {
  #isTold = false;

  /** As it is written down. @type {import("../ports/ports.js").Spoken} */
  #kept = { language: BASE_LANGUAGE, words: "" };

  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
  }

  /** As a page had it before: also where no page is. */
  async start() {
    const kept = await this.engine.ports.journal.spoken().catch(() => null);
    if (!kept || this.#isTold) return;
    this.#kept = kept;
    useLanguage(kept.language, kept.words);
  }

  /** What a page speaks; one that says nothing of it leaves it as it is. @param {{language?: string, words?: string}} said @returns {boolean} whether it is another one than before */
  hear({ language: chosen, words = "" }) {
    if (!chosen) return false;
    this.#isTold = true;
    // A later version of the app may say it in other words.
    if (chosen === this.#kept.language && words === this.#kept.words) return false;
    this.#kept = { language: chosen, words };
    useLanguage(chosen, words);
    this.engine.ports.journal.saveSpoken(this.#kept).catch(() => {});
    for (const u of this.engine.uploads.values()) this.engine.changed(u);
    return true;
  }
}
