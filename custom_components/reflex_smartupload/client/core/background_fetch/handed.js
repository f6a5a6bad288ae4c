// Decides what becomes of what is in the browser's own hands: watched, counted, and taken back when it has to be.

import { isAway } from "../ports/errors.js";

const LOOK = 2000; // ms between two looks at what the browser is still at
/** ms between two questions for the parts while the server tells by itself how much has arrived: what is kept of them here can go. */
const SELDOM = 60_000;
/** ms in which a page must say, after a start, that the browser is still at it. */
const PATIENCE = 6000;

/** @typedef {import("../upload/upload.js").Upload} Upload */
/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "alive" | "refused" | "reopened" | "sent" | "changed" | "wake" | "partConfirmed" | "pauseUpload"> & {keeper: import("../journal/keeper.js").Keeper, lifecycle: import("../server/lifecycle.js").Lifecycle}} Needs of the engine */

export class Handed {
  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
    this.watching = false;
    /** The look that is under way, or the last one: two at a time could answer in the wrong order. */
    this.looked = Promise.resolve();
    /** When the server was last asked for the parts, on the engine's clock. @type {WeakMap<Upload, number>} */
    this.askedAt = new WeakMap();
    /** A browser took something from this engine. */
    this.gave = false;
    this.since = engine.ports.clock.now();
  }

  *uploads() {
    for (const u of this.engine.alive()) if (u.handedTo) yield u;
  }

  /** Look now and again, for as long as anything is in the browser's hands. */
  watch() {
    if (this.watching || this.uploads().next().done) return;
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
    const active = await engine.ports.handovers.active().catch(() => null);
    for (const u of [...this.uploads()]) {
      const id = u.handedTo;
      const isOver = active ? !active.includes(id) : this.nobody();
      if (!ask && !isOver && !this.isDue(u)) continue;
      try {
        await this.refresh(u);
      } catch (error) {
        if (!isAway(error)) engine.refused(u, error);
        continue;
      }
      if (u.handedTo !== id) continue;
      if (u.phase === "paused") await this.takeBack(id);
      else if (!u.allConfirmed && isOver) this.release(id, true);
    }
    engine.wake();
  }

  /** Is it time to ask the server? @param {Upload} u */
  isDue(u) {
    const { news, ports } = this.engine;
    const now = ports.clock.now();
    if (!this.askedAt.has(u)) this.askedAt.set(u, now);
    return !news.live || now - /** @type {number} */ (this.askedAt.get(u)) >= SELDOM;
  }

  /** No page that could ask the browser has come since the start: it is not one that does such things. */
  nobody() {
    const { handovers, clock } = this.engine.ports;
    return !this.gave && !handovers.usable() && clock.now() - this.since > PATIENCE;
  }

  /** What the store has by now. @param {Upload} u */
  async refresh(u) {
    const { engine } = this;
    const before = u.confirmedBytes;
    this.askedAt.set(u, engine.ports.clock.now());
    const answer = await engine.lifecycle.known(u);
    if (!u.alive) return;
    if (answer.epoch !== u.epoch) return engine.reopened(u, answer.epoch);
    engine.lifecycle.apply(u, answer);
    u.confirmedElsewhere = 0;
    for (const part of answer.confirmed ?? []) if (!u.confirmed.has(part.number) && u.counts(part)) this.confirmed(u, part.number);
    if (u.confirmedBytes > before) engine.sent(u, u.confirmedBytes - before);
    engine.changed(u);
  }

  /** The server's own count, from the stream. @param {Upload} u @param {number} bytes */
  counted(u, bytes) {
    const before = u.confirmedBytes;
    u.confirmedElsewhere = bytes;
    if (u.confirmedBytes > before) this.engine.sent(u, u.confirmedBytes - before);
    if (bytes >= u.size) this.look(true);
  }

  /** A part that the browser sent by itself. @param {Upload} u @param {number} number */
  confirmed(u, number) {
    u.confirm(number);
    this.engine.partConfirmed(u, number);
  }

  /**
   * A word from the service worker: a registration is through, failed, or was given up in the browser's own panel.
   * @param {{id: string, how: string}} news
   */
  async heard({ id, how }) {
    if (how === "abort") {
      // Not by the engine, which forgets a registration before it ends it: the person pressed Cancel there, and means a pause.
      for (const u of [...this.uploads()]) if (u.handedTo === id) this.engine.pauseUpload(u);
      this.release(id);
    } else await this.look(true);
  }

  /** End a registration; what it had not sent is the engine's again. @param {string} id */
  async takeBack(id) {
    this.release(id);
    await this.engine.ports.handovers.takeBack(id).catch(() => {});
  }

  /** @param {string} id @param {boolean} [failed] not to be tried again before the next start */
  release(id, failed = false) {
    for (const u of [...this.uploads()]) {
      if (u.handedTo !== id) continue;
      u.handedTo = "";
      u.noHandover ||= failed;
      u.cursor = 1;
      this.engine.keeper.save(u);
      this.engine.changed(u);
    }
    this.engine.wake();
  }
}
