// The server and its store as a run sees them: the twins, one request at a time, with a second process that completes what is silent,
// files that take a while to be scanned, a process that is killed between two effects, and the stream on which it tells.

import { hash } from "node:crypto";
import { NetworkError } from "../../custom_components/reflex_smartupload/client/core/ports/errors.js";
import { remove } from "../../custom_components/reflex_smartupload/client/io/twins/memoryfinish.js";
import { removeEpoch } from "../../custom_components/reflex_smartupload/client/io/twins/memoryparts.js";
import { MemoryService } from "../../custom_components/reflex_smartupload/client/io/twins/memoryservice.js";
import { PART } from "./tables.js";

/** @typedef {import("./world.js").World} World */
/** @typedef {{owner: string, name: string, heard: (kind: string, place: string, data: any) => void, lost: () => void}} Listener */

const BEAT = 15_000; // ms
const ROUND = 5000; // ms between two rounds of the second process
const OPEN = new Set(["uploading", "paused"]);

export class Service {
  /** @param {World} world */
  constructor(world) {
    this.world = world;
    this.dice = world.dice.of("service");
    this.twin = new MemoryService({
      partSize: PART,
      hash: (bytes) => hash("sha256", bytes, "base64"),
      read: (blob) => /** @type {any} */ (blob).bytes(),
      pause: async () => {},
      wall: world.clock.true,
      listsDigests: this.dice.chance(0.3),
    });
    this.twin.store.singlePut = world.dice.of("single put").chance(0.5);
    this.twin.store.singleForms = world.dice.of("single forms").chance(0.5);
    Object.assign(this.twin.settings, { max_parallel_parts: 1 + this.dice.below(4), ask_on_metered_mb: (3 * PART) / 1e6 });
    this.hosts(world.dice.of("hosts"));
    this.twin.expiresIn = this.dice.pick([3600, 3600, 60, 5]);
    this.twin.changed = (u) => this.tell(u);
    this.twin.effect = (what) => {
      if (!this.dice.chance(world.weather.killed)) return;
      world.note("server", "killed", what);
      world.happened("killed");
      throw new NetworkError("the server is gone");
    };
    /** @type {Promise<unknown>} */
    this.tail = Promise.resolve();
    /** What was last seen of each upload. @type {Map<string, string>} */
    this.states = new Map();
    /** @type {Set<Listener>} */
    this.listeners = new Set();
    /** Who waits for the server to say something else. @type {Set<() => void>} */
    this.listening = new Set();
    this.twin.holds.changed = () => this.wakes();
    /** It does not answer. */
    this.down = false;
    this.round();
  }

  /** The store may have two, of which the second may never answer: it refuses, or says nothing. @param {import("./dice.js").Dice} dice */
  hosts(dice) {
    this.twin.store.hosts = dice.chance(0.4) ? ["https://a.example/", "https://b.example/"] : [""];
    if (dice.chance(0.6)) this.twin.dead.add("https://b.example/");
    this.isSilent = dice.chance(0.3);
  }

  get uploads() {
    return this.twin.uploads;
  }

  /** One request at a time, for whoever's cookie it is. @template T @param {string} cookie @param {() => T | Promise<T>} work @returns {Promise<T>} */
  serve(cookie, work) {
    const done = this.tail.then(async () => {
      this.twin.owner = cookie;
      this.twin.finishesAtOnce = !this.dice.chance(this.world.weather.scan);
      this.twin.log.length = 0;
      try {
        return await work();
      } finally {
        this.look();
      }
    });
    this.tail = done.catch(() => {});
    return done;
  }

  /** What changed, and whether it was allowed to. */
  look() {
    const { world, states, twin } = this;
    for (const [id, u] of this.uploads) {
      world.rules.owned(id, u.owner);
      const before = states.get(id) ?? "";
      if (before === u.state) continue;
      world.note("server", id, u.state);
      world.rules.server(id, before, u.state);
      states.set(id, u.state);
      twin.holds.changed();
      if (u.state === "ready") world.rules.ready(id, u, twin.content(id).toString("latin1"));
      if (u.state === "scanning") world.clock.after(this.dice.below(this.dice.chance(0.2) ? 120_000 : 3000), () => this.serve("", () => twin.finish(id)));
    }
  }

  /** @param {any} u */
  tell(u) {
    const { world } = this;
    const data = this.twin.view(u);
    for (const listener of this.listeners) {
      if (listener.owner !== u.owner || this.dice.chance(world.weather.deaf)) continue;
      world.clock.after(1 + this.dice.below(50), () => this.listeners.has(listener) && listener.heard("upload", data.updated_at ?? "", data));
    }
  }

  /** In a moment of its own. */
  wakes() {
    if (this.listening.size) this.world.clock.after(1, () => [...this.listening].forEach((wake) => wake()));
  }

  /** The stream of one browser. @param {() => string} cookie @param {() => boolean} isAway @returns {import("../../custom_components/reflex_smartupload/client/core/ports/ports.js").Events} */
  stream(cookie, isAway) {
    const { world, twin } = this;
    const { clock } = world;
    return {
      open: (after, { heard, lost }, name) => {
        /** @type {Listener} */
        const listener = { owner: cookie(), name, heard, lost };
        let closed = false;
        const missed = async () => {
          twin.owner = listener.owner;
          for (const u of twin.stream.since(after)) heard("upload", u.updated, twin.view(u));
        };
        const begin = async () => {
          if (closed) return;
          if (isAway() || this.dice.chance(world.weather.loss)) return lost();
          this.listeners.add(listener);
          twin.holds.began(name);
          heard("hello", "", { owner: `tag of ${listener.owner}`, at: twin.time() });
          await this.serve(listener.owner, missed);
          beat();
        };
        const beat = () => {
          if (!this.listeners.has(listener)) return;
          if (isAway()) return void this.gone(listener); // nobody says that it is dead
          heard("beat", twin.time(), {});
          clock.after(BEAT, beat);
        };
        clock.after(5 + this.dice.below(100), () => void begin());
        return () => {
          closed = true;
          this.gone(listener);
        };
      },
    };
  }

  /** @param {Listener} listener */
  gone(listener) {
    this.listeners.delete(listener);
    this.twin.holds.ended(listener.name);
  }

  /** The streams break; where the server was out of reach for long, it has let the browsers go. */
  hangUp() {
    if (this.world.dice.of(`let go ${this.world.clock.time}`).chance(0.5)) for (const hold of this.twin.holds.holds.values()) if (!hold.isLetGo) Object.assign(hold, { isLetGo: true, letGoAt: this.world.clock.true() });
    for (const listener of [...this.listeners]) {
      this.gone(listener);
      listener.lost();
    }
  }

  /** A second process: completes uploads that are silent and all there, and sweeps. */
  round() {
    this.world.clock.after(ROUND, () => {
      this.reconcile();
      this.round();
    });
  }

  reconcile() {
    const { twin } = this;
    return this.serve("", () => {
      twin.reconcile();
      twin.houseKeep();
    }).catch(() => {});
  }

  /** The store loses a multipart upload, or one that nobody went on with is given up, or another process completes it. @param {number} which @param {"vanish" | "expire" | "complete" | "fail"} what */
  strike(which, what) {
    const open = [...this.uploads.values()].filter((u) => OPEN.has(u.state));
    if (!open.length) return;
    const u = open[which % open.length];
    this.world.note(what, u.id);
    if (what === "complete") return void this.serve(u.owner, () => this.twin.api.complete(u.id)).catch(() => {});
    this.world.happened(what);
    if (what === "vanish") u.vanished = true;
    else if (what === "fail") this.giveUp(u);
    else this.expire(u);
  }

  /** @param {any} u */
  expire(u) {
    remove(this.twin, u, "expired");
    this.look();
  }

  /** As when it was spoiled once too often. @param {any} u */
  giveUp(u) {
    this.twin.touch(u, { state: "failed", signed: new Map(), error: { code: "checksum_mismatch", detail: "Spoiled." } });
    removeEpoch(u, u.multipart);
    this.look();
  }

  /** What lies in the store and belongs to no upload that could still need it. @returns {string[]} */
  left() {
    const { store } = this.twin;
    const needed = new Set();
    for (const u of this.uploads.values()) {
      if (OPEN.has(u.state) || u.state === "verifying") needed.add(u.multipart.id);
      if (u.state === "ready") needed.add(u.objectKey);
    }
    return [...[...store.multiparts.keys()].filter((id) => !needed.has(id)).map((id) => `multipart ${id}`), ...[...store.objects.keys()].filter((key) => !needed.has(key))];
  }
}
