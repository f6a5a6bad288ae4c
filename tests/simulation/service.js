// The server and its store as a run sees them: the twin of the service, one request at a time, finishing, a second process that
// completes what is silent, expiry, and the stream on which it tells.

import { hash } from "node:crypto";
import { MemoryService } from "../../custom_components/reflex_smartupload/client/io/memoryservice.js";

/** @typedef {import("./world.js").World} World */
/** @typedef {{owner: string, heard: (kind: string, place: string, data: any) => void, lost: () => void}} Ear */

export const PART = 8;
const BEAT = 15_000; // ms
const QUIET = 20_000; // ms without a word from the browser
const ROUND = 5000; // ms between two rounds of the second process
const OPEN = new Set(["uploading", "paused"]);

export class Service {
  /** @param {World} world */
  constructor(world) {
    this.world = world;
    this.dice = world.dice.of("service");
    this.twin = new MemoryService({ partSize: PART });
    this.twin.settings = { ...this.twin.settings, max_parallel_parts: 1 + this.dice.below(4) };
    /** @type {Promise<unknown>} */
    this.tail = Promise.resolve();
    /** What was last seen of each upload. @type {Map<string, {state: string, epoch: number, bytes: number, heardAt: number}>} */
    this.seen = new Map();
    /** @type {Set<Ear>} */
    this.ears = new Set();
    this.serial = 0;
    /** It does not answer. */
    this.down = false;
    this.round();
  }

  get uploads() {
    return this.twin.uploads;
  }

  /** One request at a time, for whoever's cookie it is. @template T @param {string} cookie @param {() => Promise<T>} work @returns {Promise<T>} */
  serve(cookie, work) {
    const done = this.tail.then(async () => {
      this.twin.owner = cookie;
      try {
        return await work();
      } finally {
        this.look();
      }
    });
    this.tail = done.catch(() => {});
    return done;
  }

  /** Now, as the server writes it: no two are the same. */
  stamp() {
    this.serial = (this.serial + 1) % 1000;
    return `${new Date(this.world.clock.true()).toISOString().slice(0, -1)}${String(this.serial).padStart(3, "0")}Z`;
  }

  /** What changed, and whether it was allowed to. */
  look() {
    const { world, seen } = this;
    for (const [id, u] of this.uploads) {
      const before = seen.get(id);
      const bytes = this.bytesOf(u);
      if (before && before.state === u.state && before.epoch === u.epoch && before.bytes === bytes) continue;
      world.note("server", id, `${u.state} ${u.epoch} ${bytes}`);
      if (!before) u.created = this.stamp();
      world.rules.server(id, before?.state ?? "", u.state);
      u.updated = this.stamp();
      seen.set(id, { state: u.state, epoch: u.epoch, bytes, heardAt: world.clock.now() });
      if (u.state === "ready" && before?.state !== "ready") world.rules.ready(id, u, this.twin.content(id).toString("latin1"));
      this.tell(u);
    }
  }

  /** @param {any} u */
  bytesOf(u) {
    let bytes = 0;
    for (const part of u.parts.values()) bytes += part.bytes.length;
    return bytes;
  }

  /** @param {any} u */
  tell(u) {
    const { world } = this;
    const data = { ...this.twin.view(u), updated_at: u.updated, confirmed: undefined };
    for (const ear of this.ears) {
      if (ear.owner !== u.owner || this.dice.chance(world.weather.deaf)) continue;
      world.clock.after(1 + this.dice.below(50), () => this.ears.has(ear) && ear.heard("upload", this.stamp(), data));
    }
  }

  /** The stream of one browser. @param {() => string} cookie @param {() => boolean} isAway @returns {import("../../custom_components/reflex_smartupload/client/core/ports/ports.js").Events} */
  stream(cookie, isAway) {
    const { world } = this;
    const { clock } = world;
    return {
      open: (after, { heard, lost }) => {
        /** @type {Ear} */
        const ear = { owner: cookie(), heard, lost };
        clock.after(5 + this.dice.below(100), () => {
          if (isAway() || this.dice.chance(world.weather.loss)) return lost();
          this.ears.add(ear);
          heard("hello", "", { owner: `tag of ${ear.owner}`, at: this.stamp() });
          const beat = () => {
            if (!this.ears.has(ear)) return;
            if (isAway()) return void this.ears.delete(ear); // nobody says that it is dead
            heard("beat", this.stamp(), {});
            clock.after(BEAT, beat);
          };
          beat();
        });
        return () => void this.ears.delete(ear);
      },
    };
  }

  /** What a browser sends by itself. @param {string} url @param {Record<string, string>} fields @param {any} blob @returns {Promise<number>} status */
  async post(url, fields, blob) {
    const [id, number, epoch] = url.split("/");
    const bytes = /** @type {Buffer} */ (await blob.bytes());
    const sha = hash("sha256", bytes, "base64");
    if (sha !== fields.sha) return 400;
    const u = this.uploads.get(id);
    if (u && OPEN.has(u.state) && u.epoch === Number(epoch)) u.parts.set(Number(number), { bytes, sha });
    return 204;
  }

  hangUp() {
    for (const ear of [...this.ears]) {
      this.ears.delete(ear);
      ear.lost();
    }
  }

  /** A second process: completes uploads that are silent and all there. */
  round() {
    this.world.clock.after(ROUND, () => {
      for (const [id, u] of this.uploads) {
        const seen = this.seen.get(id);
        if (u.state === "uploading" && this.bytesOf(u) >= u.size && seen && this.world.clock.now() - seen.heardAt > QUIET) this.completeAlone(id);
      }
      this.round();
    });
  }

  /** @param {string} id */
  completeAlone(id) {
    const u = this.uploads.get(id);
    this.world.note("alone", id);
    return this.serve(u.owner, () => this.twin.api.complete(id)).catch(() => {});
  }

  /** The store loses a multipart upload, or one that nobody went on with is given up. @param {number} which @param {"vanish" | "expire" | "complete"} what */
  strike(which, what) {
    const open = [...this.uploads.values()].filter((u) => OPEN.has(u.state));
    if (!open.length) return;
    const u = open[which % open.length];
    this.world.note(what, u.id);
    if (what === "complete") return void this.completeAlone(u.id);
    this.world.happened(what);
    if (what === "vanish") u.vanished = true;
    else this.expire(u);
  }

  /** @param {any} u */
  expire(u) {
    u.state = "expired";
    u.parts.clear();
    this.look();
  }
}
