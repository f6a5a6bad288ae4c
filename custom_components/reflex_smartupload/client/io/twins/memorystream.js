// The twin of what the server tells by itself: whom, and what is said again after a gap. A test has it tell, or lets it tell of every change.

import { arrived } from "./memoryparts.js";
import { OPEN } from "./memoryrows.js";

/** ms before the place where a stream goes on, and before now where one begins. */
const OVERLAP = 5000;
const FIRST = 60_000;

/** @typedef {{heard: (kind: string, place: string, data: any) => void, lost: () => void}} Listener */
/** @typedef {import("./memoryrows.js").Row} Row */

export class MemoryStream {
  /** @param {import("./memoryrows.js").MemoryRows & {holds: import("./memoryholds.js").MemoryHolds, away: boolean, signedOut: boolean, log: string[], pause: () => Promise<void>}} rows */
  constructor(rows) {
    this.rows = rows;
    /** Who listens, and to whose changes. @type {Map<Listener, string>} */
    this.listeners = new Map();
    /** @type {Map<Listener, string>} */
    this.names = new Map();
    /** It tells of every change, and says again what a listener may have missed. */
    this.tells = false;
  }

  /** @type {import("../../core/ports/ports.js").Events["open"]} */
  open = (after, listener, name) => {
    const { rows } = this;
    rows.log.push(`open ${after}`);
    let closed = false;
    queueMicrotask(() => {
      if (closed) return;
      if (rows.away || rows.signedOut) return listener.lost();
      this.listeners.set(listener, rows.owner);
      this.names.set(listener, name);
      rows.holds.began(name);
      listener.heard("hello", "", { owner: `tag of ${rows.owner}`, at: rows.time() });
      if (this.tells) for (const u of this.since(after)) this.say(listener, u);
      this.beat();
    });
    return () => {
      closed = true;
      this.#gone(listener);
    };
  };

  /** What a stream of this owner says first, oldest first. @param {string} after the place of an event, "" for none */
  since(after) {
    const floor = new Date(after ? Date.parse(after) - OVERLAP : this.rows.now() - FIRST).toISOString().replace("Z", "000Z");
    return this.rows
      .mine()
      .filter((u) => u.updated >= floor)
      .sort((a, b) => (a.updated < b.updated ? -1 : 1));
  }

  /** @param {Listener} listener @param {Row} u */
  say(listener, u) {
    listener.heard("upload", u.updated, this.rows.view(u));
  }

  beat() {
    const place = this.rows.time();
    for (const { heard } of this.listeners.keys()) heard("beat", place, {});
  }

  /** Change an upload from elsewhere and tell of it. @param {string} id @param {Partial<Row>} [change] */
  tell(id, change = {}) {
    const u = this.rows.uploads.get(id);
    Object.assign(u, change);
    if (OPEN.has(u.state) && !u.vanished) u.counted = arrived(u).reduce((sum, part) => sum + part.size, 0);
    this.rows.touch(u);
    if (!this.tells) this.told(u);
  }

  /** @param {Row} u */
  told(u) {
    for (const [listener, owner] of this.listeners) if (owner === (u.owner ?? owner)) this.say(listener, u);
  }

  /** A row has changed: whoever listens hears of it after a while, of the row as it is then. @param {Row} u */
  async changed(u) {
    if (!this.tells) return;
    await this.rows.pause();
    this.told(u);
  }

  /** @param {Listener} listener */
  #gone(listener) {
    this.listeners.delete(listener);
    this.rows.holds.ended(this.names.get(listener) ?? "");
    this.names.delete(listener);
  }

  /** The connections break. */
  hangUp() {
    for (const listener of [...this.listeners.keys()]) {
      this.#gone(listener);
      listener.lost();
    }
  }
}
