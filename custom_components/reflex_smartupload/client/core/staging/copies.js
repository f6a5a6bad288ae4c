// Decides how staged bytes are found again, cut anew and thrown away: always by the key of what they were made of.

import { patiently } from "../ports/retry.js";
import { partCount, partSpan } from "../upload/part.js";

/** @typedef {import("../upload/upload.js").Upload} Upload */
/** @typedef {import("../upload/version.js").Version} Version */
/** @typedef {import("../upload/version.js").Cut} Cut */
/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "uploads"> & {owners: {hidden: ReadonlyMap<string, Upload>}}} Needs of the engine */

export class Copies {
  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
  }

  /** Find what the journal leads to. @param {Upload} u */
  async attach(u) {
    const { version } = u;
    const { clock, snapshots } = this.engine.ports;
    if (version.stagedKind === "snapshot") {
      const copy = await patiently(clock, () => snapshots.read(version.key)).catch(() => null);
      version.copied(copy?.size === u.size ? copy : null);
    }
    if (version.stagedKind !== "opfs") return;
    const { composedOf } = version;
    if (!composedOf) await this.list(version.cut);
    else if (composedOf.partSize) await this.compose(u, version, composedOf);
    else await this.inspect(u, version, composedOf);
  }

  /** @param {Cut} cut */
  async list(cut) {
    const { clock, partFiles } = this.engine.ports;
    cut.find(await patiently(clock, () => partFiles.list(cut.key)).catch(() => new Map()));
  }

  /** @param {Cut} cut @param {number} number @returns {Promise<Blob | null>} */
  async #part(cut, number) {
    const { clock, partFiles } = this.engine.ports;
    return patiently(clock, () => partFiles.read(cut.key, number)).catch(() => null);
  }

  /** Part files of which nobody wrote down how large they are: those of the right size are kept. @param {Upload} u @param {Version} version @param {Cut} found */
  async inspect(u, version, found) {
    const { partFiles } = this.engine.ports;
    await this.list(found);
    const last = partCount(u.size, u.partSize);
    for (const number of [...found.staged]) {
      const part = await this.#part(found, number);
      if (number <= last && part?.size === partSpan(number, u.size, u.partSize).bytes) continue;
      found.lose(number);
      await partFiles.remove(found.key, number).catch(() => {});
    }
    version.recognize(found);
  }

  /**
   * Part files of another size are a copy of the whole, laid end to end, when none is missing; otherwise they are worth nothing.
   * @param {Upload} u @param {Version} version @param {Cut} old
   */
  async compose(u, version, old) {
    const { partFiles } = this.engine.ports;
    version.compose(old);
    await this.list(old);
    const parts = [];
    for (let number = 1; old.partSize && number <= partCount(u.size, old.partSize); number += 1) {
      const part = old.staged.has(number) ? await this.#part(old, number) : null;
      if (part?.size !== partSpan(number, u.size, old.partSize).bytes) break;
      parts.push(part);
    }
    const whole = new Blob(parts);
    if (whole.size === u.size) return version.copied(version.snapshot ?? whole);
    version.compose(null);
    if (!version.snapshot) version.stageAs("");
    await partFiles.removeAll(old.key).catch(() => {});
  }

  /** The parts get another size, 0 while it is not known yet: nothing that is known of the old ones counts. @param {Upload} u @param {number} partSize */
  async recut(u, partSize) {
    const { version } = u;
    const old = version.cut;
    u.halt();
    u.parts.list([]);
    version.recut(partSize);
    if (old.staged.size) await this.compose(u, version, old);
    if (version !== u.version) await this.remove(version).catch(() => {}); // another file was given, or it has ended
  }

  /** @param {Version} version that is no longer an upload's, or soon */
  async remove(version) {
    const { snapshots, partFiles } = this.engine.ports;
    if (version.stagedKind === "snapshot") await snapshots.remove(version.key);
    if (version.stagedKind !== "opfs") return;
    await partFiles.removeAll(version.cut.key);
    if (version.composedOf) await partFiles.removeAll(version.composedOf.key);
  }

  /** Does what is staged under a key belong to an upload that is here, of whichever owner? @param {string} key */
  isOwned(key) {
    const { uploads, owners } = this.engine;
    return [...uploads.values(), ...owners.hidden.values()].some((u) => u.version.owns(key));
  }
}
