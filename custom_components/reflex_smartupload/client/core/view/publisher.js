// Decides when the pages hear of a change, and of which: only what differs, a few times a second.

import { NO_TOTALS } from "../ports/pages.js";
import { toCard } from "./card.js";
import { goes, toTotals } from "./totals.js";
import { LATER, queueOf } from "./queue.js";
import { toGroups } from "./groups.js";

const SOON = 25; // ms, something a person did or waits for
const PROGRESS = 200; // ms, figures that move
const TICK = 1000; // ms, times that run down by themselves
/** ms between two tellings for each card that there is: each is gone through for the totals, here and in every page. Up to FEW ms it may be more, since pages draw a crowd no sooner. */
const PER_CARD = 0.05;
const PER_ONE_OF_FEW = 0.3;
const FEW = 300;
/** Cards of groups in one message, and ms until the next one: a page takes in more of them only with a pause that is felt. */
const MOST = 250;
const NEXT = 100;
/** Cards whose times are kept fresh. */
const FRESH = 30;

/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "settings" | "uploads" | "alive" | "running" | "storeGate" | "serverGate" | "batches"> & {changeFeed: {live: boolean}, handed: {stillSends: (uploadId: string) => boolean}, telling: {silent: boolean, shown: (u: import("../upload/upload.js").Upload, left: import("../sending/forecast.js").Range | null) => void}, metered: {cost: string, waits: (u: import("../upload/upload.js").Upload) => boolean}, obstacles: {isHindered: boolean, of: (u: import("../upload/upload.js").Upload) => string}, lineRate: import("../sending/line_rate.js").LineRate, home: import("./leave.js").Home, copyRates: import("../staging/copy_rates.js").CopyRates}} Needs of the engine */

/** Why the next call for it waits, though the server is there. @param {import("../upload/upload.js").Upload} u @param {import("../ports/batches.js").Together} batches */
const heldOf = (u, { creates, signs, completes }) => {
  if (!u.uploadId) return u.phase === "new" ? creates.held : "";
  return (u.phase === "finishing" ? completes : u.loaded.size ? null : signs)?.held ?? "";
};

export class Publisher {
  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
    /** @type {Map<string, import("./card.js").Card>} */
    this.cards = new Map();
    /** @type {Set<import("../upload/upload.js").Upload>} */
    this.dirty = new Set();
    /** @type {Set<string>} */
    this.gone = new Set();
    /** Those of which pages have still to hear. @type {Map<string, import("./card.js").Card>} */
    this.untold = new Map();
    /** @type {import("../ports/pages.js").Totals} */
    this.totals = NO_TOTALS;
    /** @type {import("../ports/pages.js").Group[]} */
    this.groups = [];
    /** When the first of those that are on their way was added, ms since 1970. */
    this.since = Infinity;
    this.flushAt = Infinity;
    /** When pages were last told, on the engine's clock. */
    this.flushedAt = -Infinity;
    this.cancel = () => {};
    this.ticking = false;
    this.going = false;
  }

  /** @param {import("../upload/upload.js").Upload} u @param {boolean} progressOnly */
  changed(u, progressOnly) {
    this.dirty.add(u);
    this.schedule(progressOnly ? PROGRESS : SOON);
  }

  /** @param {string} id */
  removed(id) {
    this.gone.add(id);
    this.schedule(SOON);
  }

  /** @param {number} delay */
  schedule(delay) {
    const { ports, uploads } = this.engine;
    const { clock } = ports;
    const at = Math.max(clock.now() + delay, this.flushedAt + paceOf(uploads.size));
    if (this.flushAt <= at) return;
    this.cancel();
    this.flushAt = at;
    this.cancel = clock.after(at - clock.now(), () => this.flush());
  }

  surroundings() {
    const { engine } = this;
    const now = engine.ports.clock.now();
    return {
      now,
      away: "",
      turn: LATER,
      speed: (/** @type {number} */ grain) => engine.lineRate.speed(grain),
      left: (/** @type {number} */ bytes, /** @type {number} */ grain) => engine.lineRate.left(bytes, grain),
      stageRate: engine.copyRates.of("snapshot"),
      silent: engine.telling.silent,
      signIn: engine.settings.sign_in ?? "",
      stillSends: (/** @type {string} */ uploadId) => engine.handed.stillSends(uploadId),
      isHindered: engine.obstacles.isHindered,
      waitThreshold: engine.settings.wait_threshold_seconds,
      waits: (/** @type {import("../upload/upload.js").Upload} */ u) => engine.metered.waits(u),
    };
  }

  /** Why an upload stands still; a single hiccup is not worth a word. @param {import("../upload/upload.js").Upload} u */
  away(u) {
    const { changeFeed, storeGate, serverGate, ports, batches, settings, obstacles, metered } = this.engine;
    const obstacle = obstacles.of(u);
    if (obstacle && ports.network.online() && settings.signed_in !== false) return obstacle;
    if (u.loaded.size && storeGate.attempt < 2) return "";
    // What the browser sends by itself, and what the server finishes, needs nobody.
    if (settings.signed_in === false) return u.goesOnAlone || u.phase === "finishing" ? "" : "signed_out";
    const gate = storeGate.attempt >= 2 ? storeGate : serverGate.attempt >= 2 ? serverGate : null;
    if (!gate && this.engine.telling.silent && u.phase === "open" && !u.loaded.size && !u.handedTo) return "server_away";
    if (!gate) return heldOf(u, batches) || (metered.waits(u) ? metered.cost : "");
    if (!ports.network.online()) return "no_connection";
    // While the server is heard, it is the store alone.
    return gate === storeGate && gate.reason === "no_connection" && changeFeed.live ? "store_unreachable" : gate.reason;
  }

  flush() {
    const { engine } = this;
    this.flushAt = Infinity;
    this.flushedAt = engine.ports.clock.now();
    const around = this.surroundings();
    const queue = this.queue();
    // One that went and came within this moment is told anew: a page that came in between was not told of it.
    for (const id of this.gone) this.cards.delete(id);
    const removed = [...this.gone].filter((id) => !engine.uploads.has(id));
    this.gone.clear();
    for (const id of removed) this.untold.delete(id);
    for (const u of this.dirty) {
      if (engine.uploads.get(u.id) !== u) continue;
      const turn = queue.get(u.id) ?? LATER;
      const card = toCard(u, { ...around, away: u.alive ? this.away(u) : "", turn });
      if (card.state === "uploading" && turn.abreast) engine.telling.shown(u, card.eta ? engine.lineRate.left(turn.until, u.grain) : null);
      if (sameCard(this.cards.get(u.id), card)) continue;
      this.cards.set(u.id, card);
      this.untold.set(u.id, card);
    }
    this.dirty.clear();
    if (!this.totals.active) this.since = this.firstAdded();
    const { now, left, stageRate, isHindered, silent, waits } = around;
    const away = engine.storeGate.attempt >= 2 ? "store_away" : "";
    const all = { now, away, speed: around.speed(this.grain()), left, stageRate, isHindered, silent, waits };
    this.totals = toTotals(engine.uploads.values(), { ...all, home: engine.home, since: this.since });
    this.groups = toGroups(engine.uploads.values(), this.cards, engine.running(), { ...all, cost: engine.metered.cost, waitThreshold: around.waitThreshold });
    this.tell(removed);
    this.tick();
  }

  /** @param {string[]} removed */
  tell(removed) {
    const changed = this.next();
    this.engine.ports.publish({ changed, removed, totals: this.totals, groups: this.groups });
    this.goOn();
  }

  /** Those that are to be told now: all that came singly, since each has a card of its own, and so many of the others. */
  next() {
    const all = [...this.untold.values()];
    const some = [...all.filter((card) => !card.group), ...all.filter((card) => card.group).slice(0, MOST)];
    for (const { id } of some) this.untold.delete(id);
    return some;
  }

  /** The rest follows in slices. */
  goOn() {
    if (this.going || !this.untold.size) return;
    this.going = true;
    this.engine.ports.clock.after(NEXT, () => {
      this.going = false;
      if (this.untold.size) this.tell([]);
    });
  }

  /** When it is whose turn. */
  queue() {
    return queueOf(leftOf(this.engine.running(), this.engine.metered));
  }

  /** Of what the browser sends by itself. */
  grain() {
    let grain = 0;
    for (const u of this.engine.running()) if (goes(u)) grain = Math.max(grain, u.grain);
    return grain;
  }

  /** When the first one came of those that are on their way. */
  firstAdded() {
    let first = Infinity;
    for (const u of this.engine.alive()) first = Math.min(first, u.addedAt);
    return first;
  }

  /** Times run down also while nothing happens. */
  tick() {
    if (this.ticking) return;
    if (!this.engine.alive().size) return;
    this.ticking = true;
    this.engine.ports.clock.after(TICK, () => {
      this.ticking = false;
      for (const u of this.engine.alive()) {
        if (this.dirty.size >= FRESH) break;
        this.dirty.add(u);
      }
      this.schedule(SOON);
    });
  }

  /** For a page that has just come: all that is known in short, cards as far as one message goes, and which ones follow. */
  greeting() {
    const { cards, ...known } = this.all();
    for (const card of cards) this.untold.set(card.id, card);
    const now = this.next();
    this.goOn();
    return { ...known, cards: now, later: [...this.untold.keys()] };
  }

  /** Everything. */
  all() {
    return { cards: [...this.engine.uploads.keys()].map((id) => this.cards.get(id)).filter((card) => card !== undefined), totals: this.totals, groups: this.groups };
  }
}

/** Bytes that are left of those that go out from here. @param {Iterable<import("../upload/upload.js").Upload>} running @param {Pick<Needs["metered"], "waits">} metered */
function* leftOf(running, metered) {
  for (const u of running) if (goes(u) && !metered.waits(u)) yield { id: u.id, left: u.size - u.sentBytes };
}

/** ms between two tellings. @param {number} cards */
const paceOf = (cards) => Math.floor(Math.max(cards * PER_CARD, Math.min(FEW, cards * PER_ONE_OF_FEW)));

/** @param {import("./card.js").Card | undefined} a @param {import("./card.js").Card} b */
const sameCard = (a, b) => a !== undefined && Object.entries(b).every(([key, value]) => /** @type {Record<string, unknown>} */ (a)[key] === value);
