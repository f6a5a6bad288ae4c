// One browser of a person: its tabs, the engine that lives in it, what goes on when the last tab is closed, and how it dies.

import { BackgroundRun } from "../../custom_components/reflex_smartupload/client/core/engine/background_run.js";
import { Background } from "./background.js";
import { SimDisk } from "./disk.js";
import { picked, sha256 } from "./files.js";
import { Home } from "./home.js";
import { Line } from "./line.js";
import { Page } from "./page.js";
import { MEMORY } from "./tables.js";

/** @typedef {import("./world.js").World} World */
/** @typedef {import("./files.js").Kind} Kind */
/** @typedef {{run: BackgroundRun, life: {dead: boolean}}} Held */

const OUTLIVES = 300_000; // ms, Chromium's extended lifetime
/** ms that a service worker has after the last tab. */
const BACKGROUND = { chromium: 295_000, firefox: 58_000, webkit: 10_000 };
const COOKIE = 30_000; // ms until a cookie is written down

export class Browser {
  /** @param {World} world @param {string} name @param {Kind} kind @param {string} person */
  constructor(world, name, kind, person) {
    this.world = world;
    this.name = name;
    this.kind = kind;
    this.person = person;
    this.dice = world.dice.of(`browser ${name}`);
    this.running = true;
    this.offline = false;
    /** What it says of its line. @type {"" | "metered" | "saving"} */
    this.cost = "";
    /** @type {Page[]} */
    this.pages = [];
    /** @type {Home | null} */
    this.home = null;
    /** @type {Held | null} */
    this.held = null;
    this.serial = 0;
    /** Whose cookie it has, and since when; and what is written down of that. */
    this.jar = { owner: "", since: 0 };
    this.written = "";
    /** Port calls until it dies; -1: it does not. */
    this.deadline = -1;
    /** After what it dies, "" after nothing. */
    this.fatal = "";
    /** How its person goes as soon as a card lets them. @type {"" | "die" | "quit" | "close"} */
    this.leaving = "";
    this.disk = new SimDisk(world, name);
    this.line = new Line(world, { name, cookie: () => this.jar.owner, gave: (path) => this.background.has(path), isWithdrawn: (id) => this.isWithdrawn(id), get offline() { return browser.offline; } });
    this.background = new Background(this);
    const browser = this;
  }

  /** Does its engine say that this was cancelled a moment ago? @param {string} id at the server @returns {boolean} */
  isWithdrawn(id) {
    const home = /** @type {Home | null} */ (this.home);
    return home?.engine.named(id).some((u) => u.undoable) ?? false;
  }

  /** The ports of an engine that lives here, which dies with `life`. @param {{dead: boolean}} life @param {boolean} own it lives in the service worker */
  ports(life, own) {
    const { world, line, disk, background } = this;
    const never = new Promise(() => {});
    const guard = (/** @type {string} */ name, /** @type {(...args: any[]) => any} */ call) => async (/** @type {any[]} */ ...args) => {
      if (life.dead) return never;
      this.step(`> ${name}`, world.trace ? brief(args) : "");
      if (life.dead || world.violation) return never;
      try {
        const answer = await call(...args);
        if (!life.dead) this.step(`< ${name}`, world.trace ? brief([answer]) : "");
        return life.dead ? never : answer;
      } catch (error) {
        if (life.dead) return never;
        world.note(this.name, `x ${name}`, world.trace ? String(error) : "");
        throw error;
      }
    };
    const group = (/** @type {string} */ name, /** @type {any} */ port) => Object.fromEntries(Object.entries(port).map(([key, call]) => [key, key === "usable" || key === "wiped" ? call : guard(`${name}.${key}`, call)]));
    const kept = disk.ports();
    const away = () => life.dead || this.offline || world.service.down;
    return /** @type {any} */ ({
      clock: { now: world.clock.now, wall: world.clock.wall, after: (/** @type {number} */ ms, /** @type {() => void} */ run) => world.clock.after(ms, () => life.dead || run()) },
      random: this.dice.next,
      newId: () => `${this.name}-${(this.serial += 1)}`,
      api: group("api", line.api()),
      put: guard("put", (url, headers, blob, options) => line.put(url, headers, blob, options)),
      postForm: guard("postForm", (url, fields, blob, options) => line.postForm(url, fields, blob, options)),
      hash: guard("hash", sha256),
      read: (/** @type {Blob} */ blob) => blob.arrayBuffer(),
      journal: group("journal", { ...kept.journal, wiped: (/** @type {() => void} */ listener) => kept.journal.wiped(() => life.dead || listener()) }),
      snapshots: group("snapshots", kept.snapshots),
      partFiles: group("partFiles", own ? { ...kept.partFiles, usable: () => false } : kept.partFiles),
      handovers: group("handovers", own ? background.ownPorts() : background.ports()),
      quota: group("quota", kept.quota),
      network: { online: () => !this.offline, lineRate: () => 0, cost: () => this.cost },
      memory: MEMORY,
      ...(own ? {} : { stream: world.service.stream(() => this.jar.owner, away) }),
    });
  }

  /** Something was asked of the browser, or answered. @param {string} name @param {string} more */
  step(name, more) {
    this.world.note(this.name, name, more);
    if (name === this.fatal) return this.die();
    if (this.deadline < 0) return;
    if (this.deadline === 0) this.die();
    else this.deadline -= 1;
  }

  // -- tabs ------------------------------------------------------------------------------------------------------

  open() {
    if (!this.running) this.start();
    if (!this.jar.owner) this.jar = { owner: this.world.newOwner(this.person), since: this.world.clock.now() };
    this.held?.run.stop();
    const page = new Page(this);
    this.pages.push(page);
    if (!this.home) this.begin();
    page.start();
    return page;
  }

  async begin() {
    const home = (this.home = new Home(this));
    if (this.held) await this.held.run.stop(); // the lock is not free before
    this.held = null;
    if (this.home === home && this.running) await home.start();
  }

  /** A page shows this card. @param {import("../../custom_components/reflex_smartupload/client/core/view/card.js").Card} card */
  says(card) {
    const { leaving } = this;
    if (!leaving || card.section !== "active" || (card.leave !== "return" && card.leave !== "continues")) return;
    this.leaving = "";
    this.world.clock.after(1, () => this.world.whole || this[leaving]());
  }

  /** @param {number} [which] */
  close(which = 0) {
    if (this.pages.length === 1) this.world.leaves(this);
    const [page] = this.pages.splice(which % Math.max(1, this.pages.length), 1);
    if (!page) return;
    page.closed = true;
    // The first card says so too: keep this tab open, others do not have the file yet.
    if (page.unheard.size) this.world.happened("unsafe");
    if (this.pages.length || !this.home) return;
    const { home } = this;
    if (this.kind === "chromium") {
      this.world.clock.after(OUTLIVES, () => {
        if (this.home === home && !this.pages.length) this.endHome();
      });
    } else {
      this.endHome();
      this.goOn();
    }
  }

  endHome() {
    // What it took in its last moment nobody looks at later.
    for (const u of this.home?.engine.uploads.values() ?? []) this.world.rules.taken(u);
    this.home?.end();
    this.home = null;
  }

  /** One page begins anew. @param {number} at */
  reload(at) {
    this.pages[at].closed = true;
    this.pages.splice(at, 1);
    this.open();
  }

  /** Every page begins anew. */
  replacePages() {
    const count = this.pages.length;
    for (const page of this.pages) page.closed = true;
    this.pages = [];
    for (let at = 0; at < count; at += 1) this.open();
  }

  /** The engine in the service worker, after the last tab. */
  goOn() {
    const life = { dead: false };
    const run = new BackgroundRun(this.ports(life, true));
    const held = { run, life };
    this.held = held;
    this.world.note(this.name, "background run");
    run.run();
    this.world.clock.after(BACKGROUND[this.kind], () => this.endBackground(held));
  }

  /** The service worker is ended. @param {Held} held */
  endBackground({ run, life }) {
    life.dead = true;
    for (const u of run.engine.uploads.values()) u.abort.abort(); // what it had on the line goes with it
    if (this.held?.run === run) this.held = null;
  }

  // -- life and death --------------------------------------------------------------------------------------------

  /** Killed: nothing is written down any more. */
  die() {
    if (!this.running) return;
    const { clock } = this.world;
    this.world.note(this.name, "dies");
    this.deadline = -1;
    this.fatal = "";
    this.world.leaves(this);
    this.running = false;
    if (this.jar.owner !== this.written && clock.now() - this.jar.since < COOKIE) this.jar = { owner: this.written, since: clock.now() };
    this.shut();
    this.disk.crash();
  }

  /** Closed by the person: cookies are written down. */
  quit() {
    if (!this.running) return;
    this.world.note(this.name, "quits");
    this.world.leaves(this);
    this.running = false;
    this.written = this.jar.owner;
    this.shut();
    this.disk.crash();
  }

  shut() {
    for (const page of this.pages) page.closed = true;
    this.pages = [];
    this.endHome();
    if (this.held) this.endBackground(this.held);
  }

  start() {
    if (this.running) return;
    this.world.note(this.name, "starts");
    this.running = true;
    this.written = this.jar.owner;
    this.background.begin();
  }

  /** @param {string} owner "" is nobody yet */
  sign(owner) {
    this.jar = { owner: owner || this.world.newOwner(this.person), since: this.world.clock.now() };
  }

  /** What a page gets when its person picks. @param {import("./files.js").DiskFile} file */
  pick(file) {
    const { world, dice } = this;
    const held = () => {
      const { pause } = file;
      file.pause = null;
      return pause?.();
    };
    return picked(file, this.kind, () => held() ?? (world.weather.slowRead && dice.chance(world.weather.slowRead) ? world.clock.sleep(1 + dice.below(dice.chance(0.3) ? 3000 : 200)) : null));
  }
}

/** What a trace shows of a call or an answer. @param {any[]} values */
const brief = (values) =>
  values.map((value) => (value instanceof Map ? JSON.stringify([...value]) : JSON.stringify(value, (key, one) => (key === "disk" || key === "from" || key === "blob" || key === "file" || key === "handle" ? undefined : one)) ?? "")).join(" ").slice(0, 160);
