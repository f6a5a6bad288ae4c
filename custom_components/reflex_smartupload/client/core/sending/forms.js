// Decides which parts go as a form, for which no browser asks the store's leave first, what of its answer counts, and when no more do.
// docs/decisions/0028-small-files-by-form.md has the figures.

import { isShort } from "../ports/blobs.js";
import { classifyPut, storeErrorCode } from "../ports/errors.js";
import { PER_HOST } from "./hosts.js";

/** Times in a row that forms failed while the PUT of the same got through, until none goes any more. */
const MOST = 3;
/** ms in which all that may be on the line is out, at most: nothing is seen inside a form, so one that takes longer would be taken to be stuck. */
const QUICK = 30_000;

/** @typedef {import("./signing.js").Ready} Ready */
/** @typedef {ReturnType<typeof import("./watchdog.js").watch>} Guard */
/** @typedef {Pick<import("../upload/context.js").Context, "ports"> & {obstacles: import("./obstacles.js").Obstacles, lineRate: import("./line_rate.js").LineRate}} Needs of the engine */

export class Forms {
  /** Times in a row that they failed, and when that was last. */
  #failed = 0;

  #failedAt = -Infinity;

  /** Whose form was sent in vain, and when; their PUT comes next. @type {WeakMap<import("../upload/upload.js").Upload, number>} */
  #vain = new WeakMap();

  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
  }

  /** @param {Ready} part */
  #takes(part) {
    const { u, number, blob, form } = part;
    if (!form || this.#failed >= MOST || this.#vain.has(u) || !isShort(blob) || u.version.cut.refusalsOf(number)) return false;
    const rate = this.engine.lineRate.usual();
    return this.engine.obstacles.isClear(part) && (!rate || blob.size * PER_HOST * 1000 <= rate * QUICK);
  }

  /** The answer to the part, as if it were one to a PUT. Rejects as `put` does. @param {Ready} part @param {Guard} guard */
  async send(part, guard) {
    const answer = this.#takes(part) ? await this.#byForm(part, guard) : null;
    return answer ?? this.#byPut(part, guard);
  }

  /** @param {Ready} part @param {Guard} guard */
  async #byPut({ u, url, headers, blob, sha256 }, guard) {
    const began = this.#vain.get(u) ?? -Infinity;
    this.#vain.delete(u); // where this fails as well, nobody says that it was the form
    const answer = await this.engine.ports.put(url, headers, blob, { onProgress: guard.progress, signal: guard.signal });
    // Those that were on the line together failed once.
    if (began > this.#failedAt && classifyPut(answer, sha256) === "confirmed") {
      this.#failed += 1;
      this.#failedAt = this.engine.ports.clock.now();
    }
    return answer;
  }

  /** null: it goes by PUT. @param {Ready} part @param {Guard} guard @returns {Promise<import("../ports/ports.js").PutAnswer | null>} */
  async #byForm({ u, run, form, blob, sha256 }, guard) {
    const { clock, postForm } = this.engine.ports;
    const { url, fields } = /** @type {import("../ports/ports.js").Form} */ (form);
    const began = clock.now();
    guard.sees(false);
    try {
      const answer = await postForm(url, fields, blob, { onProgress: guard.progress, signal: guard.signal });
      const taken = { ...answer, status: 200 };
      if (answer.status === 201 && classifyPut(taken, sha256) === "confirmed") {
        this.#failed = 0;
        return taken;
      }
      const meaning = classifyPut(answer, sha256);
      // What the store itself says of these bytes, or of how busy it is, it would say of a PUT. Any other refusal may be of forms.
      if (meaning === "rehash" || (meaning === "wait" && storeErrorCode(answer.body))) return answer;
    } catch (error) {
      if (guard.signal.aborted && run === u.run) this.#vain.set(u, began); // it stood still
      if (guard.signal.aborted) throw error;
    }
    this.#vain.set(u, began);
    guard.sees();
    return null;
  }
}
