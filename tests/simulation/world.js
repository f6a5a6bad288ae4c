// One world: a clock, a server, the browsers of one or two people, their files, and the weather.

import { Browser } from "./browser.js";
import { SimClock } from "./clock.js";
import { Dice, fold } from "./dice.js";
import { DiskFile } from "./files.js";
import { Rules } from "./rules.js";
import { Service } from "./service.js";

/**
 * @typedef {object} Weather shares of what goes wrong, 0 to 1, and times in ms
 * @property {number} loss a request that never comes there
 * @property {number} late one that comes there, and its answer does not come back
 * @property {number} busy 500, 503, 429
 * @property {number} odd an answer of somebody else, or one that lies
 * @property {number} twice a request that comes twice
 * @property {number} flip a byte that is another one
 * @property {number} deaf news that does not come
 * @property {number} refuse a handover that the browser refuses
 * @property {number} disk a read or write that fails
 * @property {number} hang a read that never ends
 * @property {number} slowDisk
 * @property {number} slowRead of the person's file
 * @property {number} killed the server, between two things that it does
 * @property {number} scan a file that is not ready at once
 * @property {number} filter half minutes in which something stands before the store
 * @property {number} part ms that a part takes on the line; 0: next to none
 */

/** @type {Readonly<Weather>} */
export const CALM = Object.freeze({ loss: 0, late: 0, busy: 0, odd: 0, twice: 0, flip: 0, deaf: 0, refuse: 0, disk: 0, hang: 0, slowDisk: 0, slowRead: 0, killed: 0, scan: 0, filter: 0, part: 0 });

/** @type {Partial<Weather>[]} */
export const WEATHERS = [
  {},
  { part: 400, slowRead: 0.3, scan: 0.5 },
  { part: 6000, slowDisk: 0.1, killed: 0.2 },
  { loss: 0.2, late: 0.15, part: 200 },
  { busy: 0.3, odd: 0.1, killed: 0.4 },
  { late: 0.3, twice: 0.2, part: 1000 },
  { flip: 0.3, odd: 0.2 },
  { disk: 0.15, slowDisk: 0.3, slowRead: 0.5 },
  { slowDisk: 0.5, slowRead: 0.8, part: 1500 },
  { loss: 0.1, late: 0.1, busy: 0.1, odd: 0.1, twice: 0.1, flip: 0.05, deaf: 0.3, refuse: 0.3, disk: 0.05, slowDisk: 0.1, slowRead: 0.3, killed: 0.2, scan: 0.3, part: 800 },
  { deaf: 0.5, refuse: 0.5, part: 4000 },
  { filter: 0.6, part: 300 },
];

/** Of them, those to which it may change in the middle of a run. */
export const CHANGING = 11;

/** Port calls, answers and changes without an end in between. */
const MOST_AT_ONCE = 20_000;

export class Violation extends Error {}

export class World {
  /** @param {number} seed @param {{trace?: boolean}} [options] */
  constructor(seed, { trace = false } = {}) {
    this.dice = new Dice(seed);
    this.clock = new SimClock();
    /** @type {string[] | null} */
    this.trace = trace ? [] : null;
    this.hash = 0x811c9dc5;
    /** @type {Violation | null} */
    this.violation = null;
    /** What went wrong on purpose, and how often. @type {Record<string, number>} */
    this.events = {};
    /** @type {Weather} */
    this.weather = { ...CALM };
    /** @type {DiskFile[]} */
    this.files = [];
    this.owners = 0;
    /** What was picked, where. @type {{id: string, file: DiskFile}[]} */
    this.picks = [];
    /** Names of files that somebody gave up. @type {Set<string>} */
    this.givenUp = new Set();
    /** Cards of files that nobody gave up but by a cancellation which can be undone, and their names. @type {Map<string, string>} */
    this.withdrawn = new Map();
    /** Names of files that somebody has paused: nobody promises when they go on. @type {Set<string>} */
    this.paused = new Set();
    /** Stop at the first leaving, and see whether what the cards said of it comes true. */
    this.believes = false;
    /** What they said, and whose browser it was. @type {{browser: Browser, owner: string, cards: import("./page.js").Card[]} | null} */
    this.promised = null;
    /** Nothing goes wrong any more. */
    this.whole = false;
    this.rules = new Rules(this);
    /** @type {Browser[]} */
    this.browsers = [];
    this.service = new Service(this);
    /** What happened without any time going by. */
    this.atOnce = 0;
    this.clock.watch = () => {
      this.atOnce = 0;
      this.rules.look();
    };
    this.letters = this.dice.of("letters");
    this.hands = this.dice.of("hands");
    /** What somebody does to the next file that is being copied, in the middle of it. @type {((file: DiskFile) => void) | null} */
    this.tears = null;
  }

  /** @param {string} who @param {string} what @param {string} [more] */
  note(who, what, more = "") {
    this.hash = fold(fold(this.hash ^ this.clock.time, who), what); // not what a trace says more, so that tracing changes nothing
    this.may();
    this.trace?.push(`${(this.clock.time / 1000).toFixed(3).padStart(10)} ${who} ${what} ${more}`.trimEnd());
  }

  /** Whether anything more may happen before time goes by. */
  may() {
    if ((this.atOnce += 1) === MOST_AT_ONCE) this.fail("it runs in circles", "an engine never comes to rest");
    return this.atOnce < MOST_AT_ONCE;
  }

  /** @param {string} rule @param {string} detail */
  fail(rule, detail) {
    if (this.violation) return;
    this.violation = new Violation(`${rule}: ${detail}`);
    this.note("!", rule, detail);
    this.clock.stopped = true;
  }

  /** @param {string} name of a file */
  giveUp(name) {
    this.givenUp.add(name);
    for (const [id, other] of this.withdrawn) if (other === name) this.withdrawn.delete(id);
  }

  /** @param {{id: string, name: string}} card */
  withdraw({ id, name }) {
    if (this.givenUp.has(name)) return;
    this.givenUp.add(name);
    this.withdrawn.set(id, name);
  }

  /** It was undone, and that is written down: from now on it has to be there in the end. @param {string} id of a card */
  undone(id) {
    const name = this.withdrawn.get(id);
    if (name === undefined) return;
    this.withdrawn.delete(id);
    this.givenUp.delete(name);
    this.happened("undo");
  }

  /** @param {string} what */
  happened(what) {
    this.events[what] = (this.events[what] ?? 0) + 1;
  }

  /** Whether any of it went wrong on purpose. @param {string[]} names */
  had(...names) {
    return names.some((name) => this.events[name]);
  }

  /** Somebody leaves, or is thrown out, before anything has ended. @param {Browser} browser */
  leaves(browser) {
    const [page] = browser.pages;
    if (!page) return;
    const cards = [...page.cards.values()].filter((card) => card.section === "active");
    if (page.held.size || page.unheard.size || browser.home?.isUnsafe(page) || cards.some((card) => card.leave === "stay")) this.happened("unsafe");
    const safe = cards.filter((card) => (card.leave === "return" || card.leave === "continues") && card.state !== "paused" && card.upload_id && !this.givenUp.has(card.name) && !this.paused.has(card.name) && (browser.home?.stands(card) ?? true));
    if (!this.believes || this.promised || !safe.length || this.had("lose", "vanish", "expire", "fail", "forget", "cookie")) return;
    this.promised = { browser, owner: browser.jar.owner, cards: safe.map((card) => ({ ...card })) };
    this.note("*", "leaves", `${browser.name} ${safe.map((card) => `${card.id} ${card.leave}`).join(", ")}`);
  }

  /** Saved by its person. @param {DiskFile} file @param {string} text */
  edit(file, text) {
    // Firefox says nothing of a change.
    if (this.browsers.some(({ kind }) => kind === "firefox")) file.silent = true;
    file.edit(text, this.clock.wall());
    this.happened("edit");
  }

  /** Other bytes, as many. @param {DiskFile} file */
  rewrite(file) {
    this.note("*", "rewrites", file.name);
    this.edit(file, this.hands.letters(file.bytes.length));
  }

  /** A copy is being made of it. @param {DiskFile | undefined} file */
  copying(file) {
    const { tears, clock, hands } = this;
    if (!file || !tears) return;
    this.tears = null;
    const ms = 1 + hands.below(1500);
    file.pause = () => clock.sleep(2 * ms);
    clock.after(ms, () => tears(file));
  }

  /** @param {string} person */
  newOwner(person) {
    this.owners += 1;
    return `${person}-${this.owners}`;
  }

  /** @param {import("./files.js").Kind} kind @param {string} person */
  browser(kind, person) {
    const one = new Browser(this, `b${this.browsers.length + 1}`, kind, person);
    this.browsers.push(one);
    return one;
  }

  /** @param {number} size @param {Partial<{name: string, path: string, lastModified: number}>} [like] */
  file(size, { name = `f${this.files.length}.txt`, path = "", lastModified = this.clock.wall() } = {}) {
    const file = new DiskFile({ name, path, lastModified, text: this.letters.letters(size) });
    this.files.push(file);
    return file;
  }
}
