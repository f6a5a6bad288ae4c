// The twin of what the server says to a browser that asks whether it may send: wait while the engine lives, go, or end when nothing is needed any more.

import { problem } from "./memoryproblems.js";

/** ms that an engine may be out of reach. */
const GRACE = 3000;
/** States in which bytes are wanted. */
const WANTED = new Set(["uploading", "paused"]);

/** @typedef {{owner: string | undefined, uploads: string[], stream: string, isLetGo: boolean, letGoAt: number}} Hold */

export class MemoryHolds {
  /** @param {import("./memoryrows.js").MemoryRows} rows */
  constructor(rows) {
    this.rows = rows;
    /** It is a server that has holds. */
    this.has = false;
    /** @type {Map<string, Hold>} */
    this.holds = new Map();
    /** Streams that live. @type {Set<string>} */
    this.streams = new Set();
    /** When a stream ended, ms since 1970. @type {Map<string, number>} */
    this.gone = new Map();
    /** Told whenever an answer may be another one. @type {() => void} */
    this.changed = () => {};
  }

  /** @param {{registration: string, uploads: string[], stream: string}} asked */
  ask({ registration, uploads, stream }) {
    if (!this.has) throw problem("not_found");
    const known = this.holds.get(registration);
    for (const id of uploads) this.rows.find(id);
    if (known?.isLetGo) return { held: false };
    this.holds.set(registration, { owner: this.rows.owner, uploads, stream, isLetGo: false, letGoAt: 0 });
    this.changed();
    return { held: true };
  }

  /** @param {string} stream */
  began(stream) {
    this.streams.add(stream);
    this.changed();
  }

  /** @param {string} stream */
  ended(stream) {
    if (!this.streams.delete(stream)) return;
    this.gone.set(stream, this.rows.now());
    this.changed();
  }

  /**
   * @param {string} registration @param {number} since when the browser asked, ms since 1970
   * @returns {{told: "go" | "end"} | {told: "wait", until: number}} `until`: when it may be told something else although nothing has happened
   */
  told(registration, since) {
    const hold = this.holds.get(registration);
    if (!hold) return { told: "go" };
    const open = hold.uploads.map((id) => this.rows.uploads.get(id)).filter((u) => u && WANTED.has(u.state));
    if (!open.length) return { told: "end" };
    if (!hold.isLetGo && this.streams.has(hold.stream)) return { told: "wait", until: Infinity };
    if (open.every((u) => u?.state === "paused")) return { told: "wait", until: Infinity };
    const until = Math.max(since, this.gone.get(hold.stream) ?? 0) + GRACE;
    if (!hold.isLetGo && this.rows.now() < until) return { told: "wait", until };
    Object.assign(hold, { isLetGo: true, letGoAt: hold.letGoAt || this.rows.now() });
    return { told: "go" };
  }
}
