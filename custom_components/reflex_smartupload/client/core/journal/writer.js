// Decides what of an upload is written down, and when nothing of it is needed any more in this browser.

import { toEntry } from "../upload/entry.js";

/** ms between two notes of how far an upload is. */
const NOTE = 3000;

/** @typedef {import("../upload/upload.js").Upload} Upload */
/** @typedef {Pick<import("../upload/context.js").Context, "ports"> & {copies: {remove: (version: Upload["version"]) => Promise<void>}, handed: {takeBack: (id: string) => Promise<unknown>}}} Needs of the engine */

export class JournalWriter {
  /** When it was last noted how far one is, on the engine's clock. @type {WeakMap<Upload, number>} */
  #notedAt = new WeakMap();

  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
  }

  /** Its staged bytes go, its entry stays. @param {Upload} u */
  async forgetBytes(u) {
    const { copies, handed, ports } = this.engine;
    if (u.handedTo && u.phase !== "ready") handed.takeBack(u.handedTo);
    const { version } = u;
    u.renew(ports.newId());
    await copies.remove(version);
  }

  /** Nothing is written of an upload that has ended well, nor of one that another browser sends. @param {Upload} u @returns {Promise<boolean>} whether the journal knows it now */
  async save(u) {
    if (u.hidden || (u.foreign && u.alive) || (!u.alive && !["failed", "expired", "cancelled"].includes(u.phase))) return false;
    const { clock, emit, journal } = this.engine.ports;
    u.become("touched", clock.wall());
    try {
      await journal.save([toEntry(u)]);
      u.become("written");
    } catch (error) {
      emit({ type: "log", text: `journal: ${error}` });
      return false;
    }
    return true;
  }

  /** How far it is, for a return while the server is away; now and then, since the server knows it better. @param {Upload} u */
  async note(u) {
    const { clock } = this.engine.ports;
    if (clock.now() - (this.#notedAt.get(u) ?? 0) < NOTE) return;
    this.#notedAt.set(u, clock.now());
    this.save(u);
  }

  /** Nothing of it is needed any more in this browser. @param {Upload} u */
  async forget(u) {
    const { emit, journal } = this.engine.ports;
    try {
      await this.forgetBytes(u);
      await journal.remove(u.id);
    } catch (error) {
      emit({ type: "log", text: `forget: ${error}` });
    }
  }
}
