// Decides what becomes of what is in the browser's own hands: watched, counted, and taken back when it has to be.

import { isAway, isUnstoppable } from "../ports/errors.js";
import { isSentByOthers } from "../server/lifecycle.js";
import { uploadsOf } from "./registration.js";

const LOOK = 2000; // ms between two looks at what the browser is still at
/** ms between two questions for the parts while the server tells by itself how much has arrived: what is kept of them here can go. */
const SELDOM = 60_000;
/** ms in which a page that is there must say that its browser does such things. */
const PATIENCE = 6000;
/** ms for its word that it has ended something; a page that never answers must not stop an upload for ever. */
const ANSWER = 15_000;

/** @typedef {import("../upload/upload.js").Upload} Upload */
/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "among" | "named" | "changed" | "wake"> & {outcomes: import("../upload/outcomes.js").Outcomes, lineRate: import("../sending/line_rate.js").LineRate, journalWriter: import("../journal/writer.js").JournalWriter, lifecycle: import("../server/lifecycle.js").Lifecycle, changeFeed: {live: boolean}, standing: {look: (active: string[]) => Promise<void>}, holds: {ids: () => Set<string>, given: (id: string) => Upload[], look: (active: string[] | null) => Promise<void>}}} Needs of the engine */

export class Handed {
  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
    this.handed = engine.among((u) => u.mayGoOn && u.handedTo !== "");
    this.watching = false;
    /** The look that is under way, or the last one: two at a time could answer in the wrong order. */
    this.looked = Promise.resolve();
    /** When the server was last asked for the parts, on the engine's clock. @type {WeakMap<Upload, number>} */
    this.requestedAt = new WeakMap();
    /** Since when pages say that their browser does no such things, on the engine's clock; -1 while none does. */
    this.unableSince = -1;
    /** Registrations of which nobody knows whether the browser has them: it must not. @type {Set<string>} */
    this.doubtful = new Set();
    /** Of those, what the browser is sending: it cannot be ended before that has arrived. @type {Set<string>} */
    this.unstoppable = new Set();
  }

  *uploads() {
    yield* this.handed;
  }

  /** What was given with one registration. @param {string} id */
  given(id) {
    return [...this.uploads()].filter((u) => u.handedTo === id);
  }

  /** The same, and what the engine sends while the browser is held back. @param {string} id */
  all(id) {
    return [...this.given(id), ...this.engine.holds.given(id)];
  }

  /** Look now and again, for as long as anything is in the browser's hands. */
  watch() {
    if (this.watching || (this.uploads().next().done && !this.engine.holds.ids().size && !this.doubtful.size)) return;
    this.watching = true;
    this.engine.ports.clock.after(LOOK, async () => {
      await this.look();
      this.watching = false;
      this.watch();
    });
  }

  /** @param {boolean} [ask] the server in any case */
  look(ask = false) {
    return (this.looked = this.looked.then(() => this.lookOnce(ask)));
  }

  /** @param {boolean} ask */
  async lookOnce(ask) {
    const { engine } = this;
    // Of what the browser is given while it is asked, or later, its answer says nothing.
    const before = new Map([...this.uploads()].map((u) => [u, u.handedTo]));
    const doubtful = [...this.doubtful];
    const active = await this.active();
    if (active) await this.clear(doubtful, active);
    if (active) await engine.standing.look(active).catch(() => {}); // the page that was asked is gone
    await engine.holds.look(active).catch(() => {});
    const isGone = (/** @type {string} */ id) => (active ? !active.includes(id) : this.nobody());
    for (const [u, id] of before) {
      if (u.handedTo !== id || u.dropped === isGone(id) || (u.dropped && !active)) continue;
      u.become("dropped", !u.dropped);
      engine.changed(u); // that it goes on by itself is not so while the server does not answer
    }
    for (const [u, id] of before) {
      if (u.handedTo !== id) continue;
      if (u.undoable) await this.regain(u, isGone(id));
      if (!u.alive) continue;
      const isOver = isGone(id);
      if (!ask && !isOver && !this.isDue(u)) continue;
      try {
        await this.refresh(u);
      } catch (error) {
        if (!isAway(error)) engine.outcomes.refused(u, error);
        continue;
      }
      if (u.handedTo !== id) continue;
      if (u.phase === "paused" && (isOver || !this.unstoppable.has(id))) await this.takeBack(id);
      else if (!u.allConfirmed && isOver) this.release(id, true);
    }
    engine.wake();
  }

  /** It was cancelled: the browser has to give it up. @param {Upload} u @param {boolean} isOver it has nothing of it any more */
  async regain(u, isOver) {
    if (isOver) this.keep(u);
    else if (!this.unstoppable.has(u.handedTo)) await this.takeBack(u.handedTo);
  }

  /** What the browser is at, null when nobody can say. */
  async active() {
    const { clock, handovers } = this.engine.ports;
    try {
      const active = await handovers.active();
      this.unableSince = -1;
      return active;
    } catch (error) {
      const isUnable = error instanceof DOMException && error.name === "NotSupportedError";
      if (!isUnable) this.unableSince = -1;
      else if (this.unableSince < 0) this.unableSince = clock.now();
      return null;
    }
  }

  /** Is it time to ask the server? @param {Upload} u */
  isDue(u) {
    const { changeFeed, ports } = this.engine;
    const now = ports.clock.now();
    if (!this.requestedAt.has(u)) this.requestedAt.set(u, now);
    return !changeFeed.live || now - /** @type {number} */ (this.requestedAt.get(u)) >= SELDOM;
  }

  /** Pages are there, and none has said for a while that it could ask the browser: it is not one that does such things. */
  nobody() {
    return this.unableSince >= 0 && this.engine.ports.clock.now() - this.unableSince > PATIENCE;
  }

  /** What the store has by now. @param {Upload} u */
  async refresh(u) {
    const { engine } = this;
    this.requestedAt.set(u, engine.ports.clock.now());
    const answer = await engine.lifecycle.known(u);
    if (!u.alive) return;
    const before = u.confirmedBytes;
    if (answer.epoch !== u.epoch) return engine.outcomes.reopened(u, answer.epoch);
    engine.lifecycle.apply(u, answer);
    u.become("enumerated", isSentByOthers(u, answer));
    const isNew = (/** @type {number} */ number) => !u.confirmed.has(number) && !u.claimed.has(number); // what is on the line here has an answer of its own
    for (const part of answer.confirmed ?? []) if (isNew(part.number) && u.counts(part)) this.confirmed(u, part.number);
    if (u.confirmedBytes > before) engine.lineRate.sent(u, u.confirmedBytes - before, u.grain);
    engine.changed(u);
  }

  /** The server's own count, from the stream. @param {Upload} u @param {number} bytes */
  counted(u, bytes) {
    const before = u.confirmedBytes;
    u.become("counted", bytes);
    if (u.confirmedBytes > before) this.engine.lineRate.sent(u, u.confirmedBytes - before, u.grain);
    if (bytes >= u.size) this.look(true);
  }

  /** A part that the browser sent by itself. @param {Upload} u @param {number} number */
  confirmed(u, number) {
    u.confirm(number);
    this.engine.outcomes.partConfirmed(u, number);
  }

  /**
   * A word from the service worker: a registration is through, failed, or was given up in the browser's own panel.
   * @param {{id: string, how: string}} news
   */
  async heard({ id, how }) {
    if (how === "abort") {
      // Not by the engine, which forgets a registration before it ends it: the person pressed Cancel there, and means a pause.
      for (const u of this.all(id)) this.engine.outcomes.paused(u);
      this.release(id);
    } else await this.look(true);
  }

  /**
   * End a registration; what it had not sent is the engine's again once the browser has said so.
   * @param {string} id @param {number} [stoodAt] bytes at which it was seen to stand still
   * @returns {Promise<boolean>} false when no page was there that could do it: it stays the browser's, until the next one does; or when the browser is sending it
   */
  async takeBack(id, stoodAt) {
    const { clock } = this.engine.ports;
    const left = this.all(id);
    for (const u of left) {
      u.callBack();
      this.engine.changed(u);
    }
    this.doubtful.add(id);
    this.watch();
    /** @type {Promise<boolean>} */
    const late = new Promise((resolve) => clock.after(ANSWER, () => resolve(true)));
    const isOver = await Promise.race([this.end(id, stoodAt), late]);
    for (const u of left) {
      if (u.offeredTo !== id) continue;
      if (isOver) this.keep(u);
      else if (u.kept) u.leaveThere();
      else u.hold(u.ungiven ?? []);
      this.engine.changed(u);
    }
    this.engine.wake();
    return isOver;
  }

  /** The last upload of a registration that was held back may be there. @param {string} id */
  through(id) {
    if (!this.all(id).length) this.takeBack(id);
  }

  /** @param {string} id @param {number} [stoodAt] @returns {Promise<boolean>} false: no page is there that could do it, or it is being sent */
  async end(id, stoodAt) {
    try {
      await this.engine.ports.handovers.takeBack(id, stoodAt);
    } catch (error) {
      if (isUnstoppable(error)) this.unstoppable.add(id);
      this.changed(id);
      return !isUnstoppable(error) && !(error instanceof DOMException && error.name === "AbortError");
    }
    this.isOver(id);
    return true;
  }

  /** @param {string} id */
  isOver(id) {
    this.doubtful.delete(id);
    this.unstoppable.delete(id);
    this.changed(id);
  }

  /** The cards say what the browser still sends. @param {string} id */
  changed(id) {
    for (const uploadId of uploadsOf(id)) for (const u of this.engine.named(uploadId)) this.engine.changed(u);
  }

  /** Does the browser go on sending what it was to give back? @param {string} uploadId */
  stillSends(uploadId) {
    for (const id of this.unstoppable) if (uploadsOf(id).includes(uploadId)) return true;
    return false;
  }

  /** What had to be ended and could not be. @param {string[]} doubtful @param {string[]} active what the browser is at, asked after that */
  async clear(doubtful, active) {
    for (const id of doubtful) {
      if (!active.includes(id)) this.isOver(id);
      else if (!this.unstoppable.has(id)) await this.takeBack(id);
    }
  }

  /** @param {string} id @param {boolean} [failed] not to be tried again before the next start */
  release(id, failed = false) {
    for (const u of this.all(id)) {
      if (failed) u.become("notTaken");
      this.keep(u);
    }
    this.engine.wake();
  }

  /** @param {Upload} u */
  keep(u) {
    u.keepAll();
    this.engine.journalWriter.save(u);
    this.engine.changed(u);
  }
}
