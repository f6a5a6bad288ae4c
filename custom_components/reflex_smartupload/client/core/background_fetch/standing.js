// Decides when what the browser has in hand stands still, and is the engine's sooner or for good.

import { elapsed } from "../ports/clock.js";
import { leftParts, leftThere } from "./kept.js";
import { uploadsOf, wasHeld } from "./registration.js";

/**
 * Chromium goes on five seconds after its start. What stands still for so long (ms, and longer on a line that is slow to show that
 * something moves) is the engine's sooner, ...
 */
const STANDS = 500;
const STEP = 2e6; // bytes
/** ... if it has not gone on by then, and if the browser does not have to copy too much when it gets it again. */
const LONGEST = 3000; // ms
const MUCH = 1e9; // bytes
/** Parts that are read and hashed meanwhile: on a slow machine that takes as long as the wait. */
const AHEAD = 2;
/**
 * ms after which no request can be about to begin: Chromium tries to connect for four minutes (kConnectionTimeout of its TransportConnectJob). What has
 * not moved for so long never will: it keeps a registration now and then whose requests have failed (version 150, where the store was killed), with no other one and no word.
 */
const NEVER = 300_000;
/** The same where more has left than what arrived, as on a line that stands still, or where nobody can say: by then a system has given up a connection whose other end is gone (RFC 1122, 4.2.3.5; Linux after 15 minutes). */
const GIVEN_UP = 1_800_000;
/** ms that a look counts for at most: a computer that slept has not seen anything stand still. */
const BETWEEN = 10_000;

/** @typedef {import("../upload/upload.js").Upload} Upload */
/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "named"> & {lineRate: import("../sending/line_rate.js").LineRate, handed: {uploads: () => Iterable<Upload>, given: (id: string) => Upload[], doubtful: Set<string>, takeBack: (id: string, stoodAt?: number) => Promise<unknown>}, handover: Pick<import("./handover.js").Handover, "prepare">, holds: {regain: (id: string) => Promise<boolean>}}} Needs of the engine */

export class Standing {
  /** By registration: bytes that had left, for how many ms it is so many, and when it was looked at, on the engine's clock. @type {Map<string, {bytes: number, stood: number, at: number}>} */
  #seen = new Map();

  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
    /** What was in the browser's hands at the start was looked at. */
    this.begun = false;
    this.step = STEP;
  }

  /** Registrations that the uploads here know of. */
  ids() {
    return new Set([...this.engine.handed.uploads()].map((u) => u.handedTo));
  }

  /** Once after a start, as soon as a page is there that could ask: does the browser go on with it? */
  fill() {
    const { ports } = this.engine;
    if (this.begun || !ports.handovers.usable()) return;
    this.begun = true;
    for (const id of this.ids()) this.relieve(id).catch(() => {});
  }

  /**
   * A browser that was just started does not go on yet: the engine does, and hands over again. One that has sent more than what arrived
   * is at it, on a line that stands still: to end that would end the browser.
   * @param {string} id
   */
  async relieve(id) {
    const { holds, lineRate, ports } = this.engine;
    // What of it the engine before sent while the browser was held back nobody knows here: what has left says nothing of what arrived.
    if (wasHeld(id)) return void (await holds.regain(id));
    const wait = Math.max(STANDS, (this.step * 1000) / (lineRate.remembered || 1));
    if (wait > LONGEST) return;
    const { bytes: before } = await ports.handovers.sent(id);
    await elapsed(ports.clock, wait / 2);
    this.hashAhead(id).catch(() => {}); // found out, and said, when the part is to be sent
    await elapsed(ports.clock, wait / 2);
    // Only now the server has said what arrived.
    if (this.left(id) > MUCH || !this.isKnown(id)) return;
    const sent = await ports.handovers.sent(id);
    if (sent.bytes === before) await this.takeStanding(id, sent);
  }

  /** What would go out first, if it is taken. @param {string} id */
  async hashAhead(id) {
    const [u] = this.engine.handed.given(id);
    if (u) await this.engine.handover.prepare(u, leftParts(u).slice(0, AHEAD), ({ handedTo }) => handedTo === id);
  }

  /** Again and again, while the browser is at it. @param {string[]} active */
  async look(active) {
    const { handed, ports } = this.engine;
    const watched = new Set([...handed.doubtful, ...this.ids()].filter((id) => active.includes(id)));
    for (const id of this.#seen.keys()) if (!watched.has(id)) this.#seen.delete(id);
    for (const id of watched) {
      const sent = await ports.handovers.sent(id);
      const { bytes } = sent;
      const at = ports.clock.now();
      const before = this.#seen.get(id);
      const stood = before?.bytes === bytes && ports.network.online() ? before.stood + Math.min(at - before.at, BETWEEN) : 0;
      this.#seen.set(id, { bytes, stood, at });
      if (stood >= GIVEN_UP) await handed.takeBack(id, bytes);
      else if (stood >= NEVER && (!bytes || this.isKnown(id))) await this.takeStanding(id, sent);
    }
  }

  /**
   * Where no more has left than what arrived. Where another browser sends the same parts, what arrived says nothing of this one.
   * @param {string} id @param {{bytes: number, of: number}} sent
   */
  async takeStanding(id, { bytes, of }) {
    const { handed, ports } = this.engine;
    if (bytes && wasHeld(id)) return;
    if (uploadsOf(id).some((uploadId) => this.engine.named(uploadId).some(({ others }) => others))) return; // also of one that is ready by now
    if (bytes + this.left(id) <= of && ports.network.online()) await handed.takeBack(id, bytes);
  }

  /** @param {string} id */
  left(id) {
    return this.engine.handed.given(id).reduce((sum, u) => sum + leftThere(u), 0);
  }

  /**
   * Of what was given with the others and is not known here any more nobody can say what arrived, nor of what had to be begun anew and came by another
   * way: the browser still has the parts of before. Nor of what was ready before the server had said of its parts whose they are.
   * @param {string} id
   */
  isKnown(id) {
    return uploadsOf(id).every((uploadId) => this.engine.named(uploadId).some((u) => u.handedTo === id || (u.arrived && u.synced && u.epoch === 1)));
  }
}
