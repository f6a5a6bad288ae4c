// Decides what is taken to stand between this browser and the store, when a part may be sent once more after it was sent in vain, and when a small
// request has to get through first. docs/decisions/0026-the-line-and-what-stands-in-it.md has the figures.

import { reasonOf, isStores } from "../ports/answers.js";
import { Around } from "./around.js";
import { hostOf } from "./hosts.js";
import { LOOK, restOf, Trouble, Width } from "./trouble.js";

/** Parts that rest without one that got through, until no other is sent as a whole either. */
const MANY = 3;
/** Of a file: once more than that was sent in vain, each part rests the sooner. */
const SHARE = 0.3;
/** ms between two questions to the app whether the line is there. */
const ASKED = 5000;

/** Of no file, which may have changed meanwhile. */
const NOTHING = new Blob([]);

/** @typedef {import("./signing.js").Ready} Ready */
/** @typedef {import("../upload/upload.js").Upload} Upload */
/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "settings" | "wake" | "changed" | "running" | "storeGate">} Needs of the engine */

export class Obstacles {
  /** What each part was sent in vain. @type {WeakMap<Upload, Map<number, Trouble>>} */
  #troubles = new WeakMap();

  /** What the last part or small request met that did not get through: a reason, "" for nothing. */
  #met = "";

  /** Somebody else has answered, or nobody: whatever goes next is small. */
  #suspect = false;

  /** Parts that came to rest in a row, and until when no other is sent as a whole. */
  #resting = 0;

  #restUntil = -Infinity;

  /** Why and when a small request last did not get through. */
  #shut = { reason: "", at: -Infinity };

  /** How many parts share the line. */
  #width = new Width();

  /** What no part gets past, also while one tries once more. */
  #known = "";

  /** Whether the app answered, and until when that is believed. */
  #app = { answers: false, until: -Infinity };

  /** Parts go through the app instead. */
  #around = new Around();

  /** What was told of already. @type {Set<string>} */
  #told = new Set();

  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
  }

  /** Parts that may be on the line at a time: where more take each so long that the line cuts it, fewer go. */
  get width() {
    return this.#width.at(this.engine.ports.clock.now());
  }

  /** @param {Ready} part */
  #of({ u, number }) {
    return this.#troubles.get(u)?.get(number);
  }

  /** May it go out now? @param {Ready} part */
  mayGo(part) {
    const trouble = this.#of(part);
    return !trouble || this.engine.ports.clock.now() >= trouble.at || this.goesAround(part);
  }

  /** Does it go through the app? @param {Ready} part */
  goesAround(part) {
    return this.#around.takes(part, this.engine.ports.clock.now());
  }

  /** Where it goes out: through the app, unless it is the one that tries the direct way. @template {Ready} P @param {P} part @returns {P} */
  way(part) {
    if (!this.goesAround(part) || this.#around.tries(this.engine.ports.clock.now())) return part;
    return { ...part, url: part.relay ?? "", others: [], direct: part };
  }

  /** What the browser would send by itself does not get through. */
  get isHindered() {
    return this.#around.isOpen || !["", "no_connection", "store_unreachable"].includes(this.#met);
  }

  /** Does a small request go first? @param {Ready} part */
  asks(part) {
    if (part.direct) return false;
    return this.#of(part) !== undefined || this.#around.isOpen || (this.#suspect && this.engine.storeGate.closed);
  }

  /** Nothing is known to stand in its way, and it was not sent in vain. @param {Ready} part */
  isClear(part) {
    return !part.direct && !this.#suspect && !this.#met && !this.asks(part);
  }

  /** The app did not take it. @param {Ready} part */
  notAround(part) {
    this.#later(part, this.#around.failed(this.engine.ports.clock.now()));
  }

  /** The app took it. */
  throughAround() {
    this.#around.through();
  }

  /**
   * Sends nothing of a part: the store itself refuses that, and says so in its own words. Resolves with why the part has to wait, "" for not.
   * @param {Ready} part @param {AbortSignal} signal
   */
  async ask(part, signal) {
    const { clock, put, random } = this.engine.ports;
    let met = { reason: "no_connection", status: 0 };
    try {
      const answer = await put(part.url, part.headers, NOTHING, { onProgress: () => {}, signal });
      if (isStores(answer)) {
        if (clock.now() < this.#restUntil) this.#trouble(part).rest(this.#restUntil, this.#met);
        const trouble = this.#of(part);
        if (!trouble || trouble.open(clock.now(), this.#shut)) return "";
        this.#later(part, trouble.at);
        return trouble.reason;
      }
      met = { reason: reasonOf(answer), status: answer.status };
    } catch {
      if (part.run === part.u.run) met.reason = await this.#unheard(part);
    }
    this.#suspect = true;
    this.#known = "";
    this.#meets(part, met);
    if (met.reason !== "no_connection") {
      const trouble = this.#trouble(part);
      trouble.shut(clock.now(), met.reason, random);
      // It explains what was sent in vain of others, too.
      this.#shut = { reason: met.reason, at: clock.now() };
      this.#resting = 0;
      this.#restUntil = -Infinity;
      this.#later(part, trouble.at);
    }
    return met.reason;
  }

  /** Nobody answered that one may read. Is it the line, the store, or somebody on the way? @param {Ready} part @returns {Promise<string>} a reason */
  async #unheard(part) {
    const { ports } = this.engine;
    if (!ports.network.online() || !(await this.#appAnswers())) return "no_connection";
    const { private: isPrivate = false, answers = false } = (await ports.reach?.(part.url)) ?? {};
    if (answers) return "way_closed";
    return isPrivate ? "store_private" : "store_unreachable";
  }

  async #appAnswers() {
    const { api, clock } = this.engine.ports;
    if (clock.now() < this.#app.until) return this.#app.answers;
    const answers = await api.settings().then(() => true, () => false);
    this.#app = { answers, until: clock.now() + ASKED };
    return answers;
  }

  /** @param {Ready} part */
  #trouble({ u, number }) {
    const all = this.#troubles.get(u) ?? new Map();
    this.#troubles.set(u, all);
    const trouble = all.get(number) ?? new Trouble();
    all.set(number, trouble);
    return trouble;
  }

  /** The whole part was sent, and somebody else than the store answered. @param {Ready} part @param {import("../ports/ports.js").PutAnswer} answer */
  refused(part, answer) {
    const reason = reasonOf(answer);
    // Who says that it is too large would say so again; of any other answer one more try shows whether it was a moment.
    this.#inVain(part, { reason, status: answer.status }, part.blob.size, reason === "way_too_large" ? [1, 1] : [2, 1]);
  }

  /** The store's answer cannot be read: whether it has the part is asked elsewhere, and it is no trouble if it has. @param {Ready} part */
  mute(part) {
    this.#inVain(part, { reason: "portal", status: 0 }, part.blob.size, [2, 2]);
  }

  /** It did not get through, and nobody said why. @param {Ready} part @param {{bytes: number, ms: number, isAlone: boolean}} flight bytes of it that left, how long it was on the line, and whether it had that for itself */
  cut(part, { bytes, ms, isAlone }) {
    const { clock } = this.engine.ports;
    const again = (this.#of(part)?.tries ?? 0) > 0;
    const isLikeLast = this.#width.wasCut(clock.now(), { ms, bytes, size: part.blob.size }, again);
    // It had all of the line and came no further than the one before: no other part of its size would.
    const isHopeless = isAlone && isLikeLast;
    if (isHopeless) this.#resting = Math.max(this.#resting, MANY - 1);
    const trouble = this.#inVain(part, { reason: "way_cut", status: 0 }, bytes, isHopeless ? [1, 1] : [3, 2]);
    if (trouble.stands(clock.now())) this.#known = "way_cut";
  }

  /** @param {Ready} part @param {{reason: string, status: number}} met @param {number} bytes @param {[number, number]} most times until it rests; the same where too much of the file was sent in vain */
  #inVain(part, met, bytes, [most, few]) {
    const { clock } = this.engine.ports;
    this.#suspect = true;
    const trouble = this.#trouble(part);
    const before = [...(this.#troubles.get(part.u)?.values() ?? [])].reduce((sum, one) => sum + one.bytes, 0);
    const isOver = before + bytes > part.u.size * SHARE;
    trouble.inVain(clock.now(), met.reason, bytes, isOver ? few : most);
    if (trouble.stands(clock.now())) {
      this.#meets(part, met);
      this.#resting += 1;
      if (this.#resting >= MANY) this.#restUntil = clock.now() + restOf(this.#resting - MANY);
    }
    this.engine.changed(part.u);
    return trouble;
  }

  /** @param {Ready} part @param {{reason: string, status: number}} met */
  #meets(part, { reason, status }) {
    this.#met = reason;
    if (part.relay && reason !== "no_connection") this.#around.open(this.engine.ports.clock.now());
    if (reason === "no_connection" || reason === "store_unreachable") return;
    const host = hostOf(part.url);
    const what = `${host} ${status} ${reason}`;
    if (this.#told.has(what)) return;
    this.#told.add(what);
    // The operator's log says so; nobody here waits for it.
    this.engine.ports.api.report?.({ reason, status, host }).catch(() => this.#told.delete(what));
  }

  /** @param {Ready} part @param {number} at */
  #later(part, at) {
    const { clock } = this.engine.ports;
    if (at > clock.now()) clock.after(at - clock.now(), () => this.engine.wake());
    this.engine.changed(part.u);
  }

  /** It has arrived. @param {Upload} u @param {number} number @param {import("./trouble.js").Through | null} flight of one that went out to the store itself, just now */
  through(u, number, flight) {
    this.#troubles.get(u)?.delete(number);
    if (!flight) return;
    this.#around.close();
    this.#suspect = false;
    this.#met = this.#known = "";
    this.#resting = 0;
    this.#restUntil = -Infinity;
    this.#width.gotThrough(flight);
  }

  /** Why it does not go on: a reason, "" where nothing is known to stand in its way. @param {Upload} u */
  of(u) {
    const { clock } = this.engine.ports;
    if (this.#around.isOpen) return "";
    if (this.#known && this.#troubles.get(u)?.size) return this.#known;
    for (const [number, trouble] of this.#troubles.get(u) ?? [])
      if (!u.confirmed.has(number) && trouble.stands(clock.now()) && ![...u.loaded.values()].some((bytes) => bytes > 0)) return trouble.reason;
    return this.engine.storeGate.attempt > 1 && !u.loaded.size && this.#met !== "no_connection" ? this.#met : "";
  }

  /** A person wants it tried now. @param {Upload} u */
  again(u) {
    this.#troubles.get(u)?.forEach((trouble) => trouble.forgive());
    this.#told.clear();
    this.#known = "";
    this.#resting = 0;
    this.#restUntil = -Infinity;
    this.engine.wake();
  }

  /** The line is back, or somebody looks: what may be otherwise now is tried. */
  hurry() {
    const { clock } = this.engine.ports;
    this.#app.until = -Infinity;
    this.#restUntil = Math.min(this.#restUntil, clock.now() + LOOK);
    for (const u of this.engine.running()) for (const trouble of this.#troubles.get(u)?.values() ?? []) trouble.hurry(clock.now());
  }
}
