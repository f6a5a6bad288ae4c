// Decides what of an upload is written down, and when nothing of it is needed any more in this browser.

import { toEntry } from "../upload/entry.js";
import { isWish } from "../upload/state.js";

/** ms between two notes of how far an upload is. */
const NOTE = 3000;

/** @typedef {import("../upload/upload.js").Upload} Upload */
/** @typedef {Pick<import("../upload/context.js").Context, "ports"> & {copies: {remove: (version: Upload["version"]) => Promise<void>}, handed: {takeBack: (id: string) => Promise<unknown>}}} Needs of the engine */

export class JournalWriter {
  /** When it was last noted how far one is, on the engine's clock. @type {WeakMap<Upload, number>} */
  #notedAt = new WeakMap();

  /** What goes into the journal once what is being written has come there, in one transaction, and whether it came there. @type {{uploads: Set<Upload>, written: Promise<boolean>} | null} */
  #gathered = null;

  /** What is being written. @type {Promise<unknown>} */
  #writing = Promise.resolve();

  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
  }

  /** Its staged bytes go, its entry stays. @param {Upload} u */
  async forgetBytes(u) {
    const { copies, handed, ports } = this.engine;
    const { registration } = u;
    if (registration && u.phase !== "ready") handed.takeBack(registration);
    const { version } = u;
    u.renew(ports.newId());
    await copies.remove(version);
  }

  /** Nothing is written of an upload that has ended well and came singly, nor of one that another browser sends. @param {Upload} u @returns {Promise<boolean>} whether the journal knows it now */
  async save(u) {
    if (!isKept(u)) return false;
    u.become("touched", this.engine.ports.clock.wall());
    this.#gathered ??= this.#gather();
    const { uploads, written } = this.#gathered;
    uploads.add(u);
    return (await written) && uploads.has(u);
  }

  #gather() {
    /** @type {Set<Upload>} */
    const uploads = new Set();
    const written = this.#writing.then(() => {
      this.#gathered = null;
      return this.#write(uploads);
    });
    this.#writing = written;
    return { uploads, written };
  }

  /** @param {Set<Upload>} uploads */
  async #write(uploads) {
    const { emit, journal } = this.engine.ports;
    for (const u of uploads) if (!isKept(u)) uploads.delete(u);
    if (!uploads.size) return false;
    try {
      await journal.save([...uploads].map(toEntry));
    } catch (error) {
      emit({ type: "log", text: `journal: ${error}` });
      return false;
    }
    for (const u of uploads) u.become("written");
    return true;
  }

  /** How far it is, for a return while the server is away; now and then, since the server knows it better, and not when it is all there. @param {Upload} u */
  async note(u) {
    const { clock } = this.engine.ports;
    if (u.allConfirmed) return;
    if (clock.now() - (this.#notedAt.get(u) ?? 0) < NOTE) return;
    this.#notedAt.set(u, clock.now());
    this.save(u);
  }

  /** It has come to its end: of one that counts on, its entry stays. @param {Upload} u */
  async forgetEnded(u) {
    if (u.hidden || !countsOn(u)) return this.forget(u);
    await this.forgetBytes(u).catch((error) => this.engine.ports.emit({ type: "log", text: `forget: ${error}` }));
    await this.save(u);
  }

  /** Nothing of it is needed any more in this browser. @param {Upload} u */
  async forget(u) {
    const { emit, journal } = this.engine.ports;
    this.#gathered?.uploads.delete(u);
    try {
      await this.forgetBytes(u);
      await journal.remove(u.id);
    } catch (error) {
      emit({ type: "log", text: `forget: ${error}` });
    }
  }
}

/** It counts among the files that it was given with, also on the next visit. @param {Upload} u */
export const countsOn = (u) => u.group !== "" && ["ready", "blocked"].includes(u.phase);

/** @param {Upload} u */
const isKept = (u) => !u.hidden && !(u.foreign && u.alive) && (u.alive || ["failed", "expired"].includes(u.phase) || isWish(u) || countsOn(u));
