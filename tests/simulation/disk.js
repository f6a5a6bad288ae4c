// What a browser keeps: journal, copies and part files, written in their order, each some time after it was asked for, and gone or
// there when the browser dies in between.

import { kept, sha256 } from "./files.js";

/** @typedef {import("./world.js").World} World */

/** One thing after the other. */
class Queue {
  /** @param {SimDisk} disk @param {string} name */
  constructor(disk, name) {
    this.disk = disk;
    this.name = name;
    this.at = 0;
    this.waiting = 0;
  }

  /**
   * @template T
   * @param {string} what @param {boolean} writes @param {() => T} act
   * @returns {Promise<T>}
   */
  async do(what, writes, act) {
    const { disk } = this;
    const { clock } = disk.world;
    const fault = disk.fault(this.name, what);
    if (fault === "hang") return new Promise(() => {});
    const now = clock.now();
    this.at = Math.max(this.at, now + disk.delay());
    if (this.at > now || this.waiting) {
      const { lives } = disk;
      this.waiting += 1;
      if (writes && !fault) disk.begun.add(act);
      await clock.sleep(this.at - now);
      if (lives !== disk.lives) return new Promise(() => {}); // the browser died meanwhile: who waits by now was not there then
      this.waiting -= 1;
      disk.begun.delete(act);
    } else await null;
    if (fault) throw new DOMException(what, fault);
    return act();
  }
}

export class SimDisk {
  /** @param {World} world @param {string} name */
  constructor(world, name) {
    this.world = world;
    this.name = name;
    this.dice = world.dice.of(`disk ${name}`);
    this.hasSnapshots = true;
    this.hasPartFiles = true;
    /** Bytes that may be kept in all. */
    this.limit = 1e9;
    /** @type {Map<string, any>} */
    this.entries = new Map();
    /** @type {Map<string, Buffer>} */
    this.files = new Map();
    /** @type {Map<string, {bytes: Buffer, sha: string}>} */
    this.parts = new Map();
    /** @type {Record<string, number>} */
    this.speeds = {};
    this.owner = "";
    /** Tells the engine that lives. */
    this.whenWiped = () => {};
    /** What was asked for and is not done. @type {Set<() => void>} */
    this.begun = new Set();
    /** Goes up when the browser dies: whatever was being read for a copy then is not written any more, and who waited for the disk waits no longer. */
    this.lives = 0;
    this.queues = { journal: new Queue(this, "journal"), snapshots: new Queue(this, "snapshots"), partFiles: new Queue(this, "partFiles") };
  }

  get used() {
    let bytes = 0;
    for (const copy of this.files.values()) bytes += copy.length;
    for (const part of this.parts.values()) bytes += part.bytes.length;
    return bytes;
  }

  /** @param {string} place @param {string} what */
  fault(place, what) {
    const { disk, hang } = this.world.weather;
    if (place === "snapshots" && !this.hasSnapshots) return "SecurityError";
    if (hang && what === "read" && this.dice.chance(hang)) return "hang";
    if (!disk || !this.dice.chance(disk)) return "";
    this.world.happened("disk");
    return what === "write" || what === "save" ? this.dice.pick(["QuotaExceededError", "UnknownError", "InvalidStateError"]) : this.dice.pick(["InvalidStateError", "NotFoundError"]);
  }

  delay() {
    const { dice } = this;
    const { slowDisk } = this.world.weather;
    return dice.chance(slowDisk ? 0.4 : 0.7) ? 0 : dice.chance(slowDisk) ? dice.below(3000) : 1 + dice.below(20);
  }

  /** The browser dies: what was on its way has arrived or not. */
  crash() {
    this.lives += 1;
    for (const act of this.begun) {
      if (!this.dice.chance(0.5)) continue;
      try {
        act();
      } catch {
        // There was no room for it.
      }
    }
    this.begun.clear();
    for (const queue of Object.values(this.queues)) Object.assign(queue, { at: 0, waiting: 0 });
  }

  /** @param {"all" | "journal" | "snapshots" | "partFiles" | "some"} what */
  lose(what) {
    const { dice } = this;
    const some = (/** @type {Map<string, unknown>} */ map) => [...map.keys()].forEach((key) => dice.chance(0.5) && map.delete(key));
    if (what === "all" || what === "journal") this.entries.clear();
    if (what === "all" || what === "journal") Object.assign(this, { owner: "", speeds: {} });
    if (what === "all" || what === "snapshots") this.files.clear();
    if (what === "all" || what === "partFiles") this.parts.clear();
    if (what === "all") this.whenWiped();
    if (what === "some") [this.entries, this.files, this.parts].forEach(some);
  }

  /** The bytes of a blob that is to be kept; a browser that dies meanwhile never has them. @param {any} blob @returns {Promise<Buffer>} */
  async read(blob) {
    const { lives, world } = this;
    world.copying(blob.from.disk);
    const bytes = Buffer.from(await blob.bytes());
    return lives === this.lives ? bytes : new Promise(() => {});
  }

  /** @param {number} bytes */
  take(bytes) {
    if (this.used + bytes > this.limit) throw new DOMException("no room", "QuotaExceededError");
  }

  ports() {
    const { entries, files, parts, queues } = this;
    const { journal, snapshots, partFiles } = queues;
    return {
      quota: { room: async () => Math.max(0, this.limit - this.used) },
      journal: {
        all: () => journal.do("all", false, () => [...entries.values()].map((entry) => ({ ...entry }))),
        save: (/** @type {any[]} */ list) => {
          const copies = list.map((entry) => ({ ...entry }));
          return journal.do("save", true, () => copies.forEach((entry) => entries.set(entry.id, entry)));
        },
        remove: (/** @type {string} */ id) => journal.do("remove", true, () => void entries.delete(id)),
        rates: () => journal.do("rates", false, () => ({ ...this.speeds })),
        saveRates: (/** @type {Record<string, number>} */ rates) => journal.do("save", true, () => void Object.assign(this.speeds, rates)),
        owner: () => journal.do("owner", false, () => this.owner),
        saveOwner: (/** @type {string} */ tag) => journal.do("save", true, () => void (this.owner = tag)),
        wiped: (/** @type {() => void} */ listener) => void (this.whenWiped = listener),
      },
      snapshots: {
        usable: () => this.hasSnapshots,
        write: async (/** @type {{id: string, file: any}[]} */ list) => {
          const copies = /** @type {[string, Buffer][]} */ ([]);
          for (const { id, file } of list) copies.push([id, await this.read(file)]);
          return snapshots.do("write", true, () => {
            this.take(copies.reduce((sum, [, bytes]) => sum + bytes.length, 0));
            for (const [id, bytes] of copies) files.set(id, bytes);
          });
        },
        read: (/** @type {string} */ id) => snapshots.do("read", false, () => (files.has(id) ? /** @type {any} */ (kept(/** @type {Buffer} */ (files.get(id)))) : null)),
        remove: (/** @type {string} */ id) => snapshots.do("remove", true, () => void files.delete(id)),
        ids: () => snapshots.do("ids", false, () => [...files.keys()]),
      },
      partFiles: {
        usable: () => this.hasPartFiles,
        write: async (/** @type {string} */ id, /** @type {number} */ number, /** @type {any} */ blob) => {
          const bytes = await this.read(blob);
          if (bytes.length !== blob.size) throw new DOMException("the file got shorter", "NotReadableError");
          const sha = await sha256(kept(bytes));
          return partFiles.do("write", true, () => {
            this.take(bytes.length); // a short write, too, is no room
            blob.from.check(); // it gets its name only when the file is still what it was
            parts.set(`${id}/${number}`, { bytes, sha });
            return sha;
          });
        },
        list: (/** @type {string} */ id) => partFiles.do("list", false, () => new Map([...parts].filter(([key]) => key.startsWith(`${id}/`)).map(([key, part]) => [Number(key.split("/")[1]), part.sha]))),
        read: (/** @type {string} */ id, /** @type {number} */ number) => partFiles.do("read", false, () => (parts.has(`${id}/${number}`) ? /** @type {any} */ (kept(/** @type {any} */ (parts.get(`${id}/${number}`)).bytes)) : null)),
        remove: (/** @type {string} */ id, /** @type {number} */ number) => partFiles.do("remove", true, () => void parts.delete(`${id}/${number}`)),
        removeAll: (/** @type {string} */ id) => partFiles.do("remove", true, () => [...parts.keys()].forEach((key) => key.startsWith(`${id}/`) && parts.delete(key))),
        ids: () => partFiles.do("ids", false, () => [...new Set([...parts.keys()].map((key) => key.split("/")[0]))]),
      },
    };
  }
}
