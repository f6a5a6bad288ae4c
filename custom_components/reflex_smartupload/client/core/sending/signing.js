// Decides when parts are signed and how many in one call, and what comes of a call that fails.

import { isAway } from "../ports/errors.js";
import { partSpan } from "../upload/part.js";

/** Parts of one upload that are signed at a time. */
const SIGN_BATCH = 50;

/** @typedef {import("../upload/upload.js").Upload} Upload */
/**
 * @typedef {object} Ready a part that may go out
 * @property {Upload} u
 * @property {number} run
 * @property {number} number
 * @property {Blob} blob
 * @property {string} sha256
 * @property {string} url
 * @property {readonly string[]} others the same at other hosts of the store
 * @property {string} [relay] a path of the app that takes the same, "" for none
 * @property {Ready} [direct] the same as it would go to the store, for one that goes through the app
 * @property {Record<string, string>} headers
 * @property {import("../ports/ports.js").Form} [form] does the same, and no browser asks the store's leave for it
 * @property {number} expiresAt ms on the engine's clock
 */

/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "wake" | "batches"> & {outcomes: import("../upload/outcomes.js").Outcomes}} Needs of the engine */

export class Signing {
  /** Read and hashed. @type {Ready[]} */
  #waiting = [];

  /** Uploads with a call under way. @type {Set<Upload>} */
  #asked = new Set();

  /** What is being signed. @type {Set<Ready>} */
  #underWay = new Set();

  /** @param {Needs} engine @param {{signed: (part: Ready) => void, confirmed: (part: Ready) => void}} sender who hears what came of it */
  constructor(engine, sender) {
    this.engine = engine;
    this.sender = sender;
  }

  /** @param {Ready[]} parts */
  add(...parts) {
    this.#waiting.push(...parts);
  }

  /** What is not signed yet. @returns {Ready[]} */
  get parts() {
    return [...this.#waiting, ...this.#underWay];
  }

  /** Those that wait are not wanted any more, but for some. @param {(part: Ready) => boolean} stays */
  keep(stays) {
    this.#waiting = this.#waiting.filter(stays);
  }

  /**
   * What is there goes out in one call; what is read while it is under way goes with the next. While enough is signed there is time to gather for it.
   * @param {{alone: boolean, several: boolean}} enough of files of one part, and of several
   */
  fill(enough) {
    const { signs } = this.engine.batches;
    if (!this.#waiting.length || this.#waiting.every((part) => (isAlone(part) ? enough.alone : enough.several)) || !signs.takes()) return;
    const taken = new Set();
    for (const [u, parts] of this.#groups()) {
      if (!signs.takes(parts.length)) break;
      for (const part of parts) taken.add(part);
      this.#sign(u, parts);
    }
    this.keep((part) => !taken.has(part));
  }

  /** By upload. */
  #groups() {
    /** @type {Map<Upload, Ready[]>} */
    const groups = new Map();
    for (const part of this.#waiting) {
      const group = groups.get(part.u) ?? [];
      if (!this.#asked.has(part.u) && group.length < SIGN_BATCH) groups.set(part.u, group.concat(part));
    }
    return groups;
  }

  /** @param {Upload} u @param {Ready[]} parts */
  async #sign(u, parts) {
    const { engine } = this;
    this.#asked.add(u);
    for (const part of parts) this.#underWay.add(part);
    const requestedAt = engine.ports.clock.now();
    try {
      const digests = parts.map(({ number, sha256 }) => ({ number, sha256, size: partSpan(number, u.size, u.partSize).bytes }));
      const answer = await engine.batches.signs.ask({ id: u.uploadId, parts: digests, ...u.voucher });
      if (parts[0].run !== u.run) return;
      if (answer.epoch !== u.epoch) return engine.outcomes.reopened(u, answer.epoch);
      this.granted(u, parts, answer.parts, requestedAt);
    } catch (error) {
      if (parts[0].run !== u.run) return;
      if (isAway(error)) this.add(...parts);
      else engine.outcomes.refused(u, error);
    } finally {
      this.#asked.delete(u);
      for (const part of parts) this.#underWay.delete(part);
      engine.wake();
    }
  }

  /** What the server has said of them. @param {Upload} u @param {Ready[]} parts @param {import("../ports/ports.js").PartGrant[]} grants @param {number} requestedAt ms on the engine's clock */
  granted(u, parts, grants, requestedAt) {
    const byNumber = new Map(grants.map((grant) => [grant.number, grant]));
    for (const part of parts) {
      const grant = byNumber.get(part.number);
      if (grant?.confirmed) this.sender.confirmed(part);
      else if (grant?.url) {
        // Nine tenths of its life: the clock that matters is the store's, and the bytes still have to travel.
        const expiresAt = requestedAt + (grant.expires_in ?? 60) * 900;
        this.sender.signed({ ...part, url: grant.url, others: grant.others ?? [], relay: grant.relay ?? "", headers: grant.headers ?? {}, form: grant.form, expiresAt });
      } else u.parts.release(part.number);
    }
  }
}

/** Its file has no other. @param {Ready} part */
export const isAlone = ({ u }) => u.partCount === 1;
