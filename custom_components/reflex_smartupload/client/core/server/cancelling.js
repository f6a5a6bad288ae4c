// Decides until when a cancellation can be undone, and how the server hears of it then, also of what it may have under a name that never came here.

import { isAway } from "../ports/errors.js";
import { UNDO } from "../ports/pages.js";

const AGAIN = 5000; // ms before the server hears of it again
const PACE = 250; // ms between two calls, so that what is cancelled one by one goes together; the first one goes at once

/** @typedef {import("../upload/upload.js").Upload} Upload */
/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "batches"> & {outcomes: import("../upload/outcomes.js").Outcomes, journalWriter: import("../journal/writer.js").JournalWriter, lifecycle: {name: (u: Upload) => Promise<unknown>}, owners: {mayCreate: boolean}}} Needs of the engine */

export class Cancelling {
  /** What the server has not heard of yet. @type {Set<Upload>} */
  #unheard = new Set();

  /** What can be undone, and what stops its time. @type {Map<Upload, () => void>} */
  #undoable = new Map();

  /** What it will be told of once more. @type {WeakSet<Upload>} */
  #due = new WeakSet();

  /** What the next call is about. @type {(() => void)[]} */
  #gathered = [];

  /** When the last call went out, on the engine's clock. */
  #calledAt = -Infinity;

  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
    /** Cancelled here, whatever the server still says. @type {Set<string>} */
    this.cancelled = new Set();
  }

  /** @returns {ReadonlySet<Upload>} */
  get unheard() {
    return this.#unheard;
  }

  /** What the server lists may be one of them. */
  get seeks() {
    return [...this.#unheard].some((u) => !u.hidden && isNameless(u));
  }

  /**
   * The person's wish, which they can undo: nothing is sent any more, and nothing of it goes yet. The journal has the wish from now on, so that
   * it holds whatever ends this engine.
   * @param {Upload} u
   */
  withdraw(u) {
    const { outcomes, ports } = this.engine;
    this.#unheard.add(u);
    outcomes.move(u, "withdraw");
    this.#undoable.set(u, ports.clock.after(UNDO, () => this.begin(u)));
  }

  /** It goes on from where it was. @param {Upload} u */
  undo(u) {
    const { journalWriter, outcomes } = this.engine;
    this.#forget(u);
    this.#unheard.delete(u);
    outcomes.move(u, u.withdrawn?.phase === "paused" ? "undoPaused" : u.uploadId ? "undo" : "undoNew");
    if (u.foreign) journalWriter.forget(u); // only the wish was written down of it
  }

  /** @param {Upload} u */
  #forget(u) {
    this.#undoable.get(u)?.();
    this.#undoable.delete(u);
  }

  get mayUndo() {
    return this.#undoable.size > 0;
  }

  /** What can still be undone is done: whoever wants it leaves. */
  async settle() {
    await Promise.all([...this.#undoable.keys()].map((u) => this.begin(u)));
  }

  /** The wish of an engine before this one, or of an owner who is back. @param {Upload} u */
  async again(u) {
    const { journalWriter, outcomes } = this.engine;
    this.#forget(u);
    if (u.undoable) outcomes.ended(u, "cancelled");
    if (u.registration || u.version.stagedKind) journalWriter.forgetBytes(u).catch(() => {});
    await this.tell(u);
  }

  /** The person's wish, for good. @param {Upload} u */
  async begin(u) {
    const { journalWriter, outcomes } = this.engine;
    this.#forget(u);
    this.#unheard.add(u);
    outcomes.ended(u, "cancelled");
    await journalWriter.save(u);
    await journalWriter.forgetBytes(u).catch(() => {});
    if (this.#unheard.has(u)) await this.tell(u);
  }

  /** The journal keeps the wish until the server has heard it. @param {Upload} u */
  async tell(u) {
    const { ports } = this.engine;
    if (u.hidden) return void this.#unheard.delete(u); // another owner's cookie says nothing to the server
    if (u.undoable) return;
    this.#unheard.add(u);
    if (u.busy && !u.uploadId) return; // being created: whoever does that says what came of it
    try {
      if (isNameless(u)) return await this.#find(u);
      if (u.uploadId) {
        this.cancelled.add(u.uploadId);
        await this.#call(u.uploadId);
      }
    } catch (error) {
      if (isAway(error) || u.hidden) return this.tellLater(u);
      // It has ended there, too, or the server never took it.
    }
    this.#unheard.delete(u);
    await ports.journal.remove(u.id).catch(() => {});
  }

  /** With others that are cancelled in these moments. @param {string} id @returns {Promise<unknown>} */
  #call(id) {
    const { batches, ports } = this.engine;
    return new Promise((resolve) => {
      this.#gathered.push(() => resolve(batches.cancels.ask({ id })));
      if (this.#gathered.length > 1) return;
      const go = () => {
        this.#calledAt = ports.clock.now();
        this.#gathered.splice(0).forEach((ask) => ask());
      };
      const left = this.#calledAt + PACE - ports.clock.now();
      if (left > 0) ports.clock.after(left, go);
      else go();
    });
  }

  /** @param {Upload} u */
  tellLater(u) {
    if (this.#due.has(u)) return;
    this.#due.add(u);
    this.engine.ports.clock.after(AGAIN, () => {
      this.#due.delete(u);
      if (this.#unheard.has(u)) this.tell(u);
    });
  }

  /** The answer with its name was lost: what is created once more under the same key is the same upload. @param {Upload} u */
  async #find(u) {
    const { lifecycle, owners } = this.engine;
    if (!owners.mayCreate) return this.tellLater(u);
    await lifecycle.name(u);
    await this.named(u);
  }

  /** Only now the journal can know which one is to be cancelled. @param {Upload} u */
  async named(u) {
    if (!u.undoable) this.cancelled.add(u.uploadId);
    await this.engine.journalWriter.save(u);
    await this.tell(u);
  }
}

/** The server may have it under a name that is not known here yet. @param {Upload} u */
const isNameless = (u) => !u.uploadId && (u.busy || u.asked);
