// Decides when the one connection on which the server tells of changes is opened, given up, and tried again.

import { backoff, patient } from "../ports/retry.js";

/** ms without a word (the server breaks its silence every 15 s) after which a connection is taken to be dead. */
const SILENCE = 45_000;

export class Stream {
  /**
   * @param {Pick<import("../ports/ports.js").Ports, "clock" | "random" | "stream">} ports without `stream` it stays silent
   * @param {string} name of whoever listens
   * @param {(kind: string, data: any) => void} hear
   * @param {() => void} [opens] a connection is made, with the cookie of this moment
   * @param {() => void} [ended] one that worked has ended
   * @param {() => void} [works] one works
   */
  constructor(ports, name, hear, opens = () => {}, ended = () => {}, works = () => {}) {
    this.ports = ports;
    this.name = name;
    this.works = works;
    this.hear = hear;
    this.opens = opens;
    this.ended = ended;
    this.wanted = false;
    /** It works: whatever changes is heard. */
    this.live = false;
    /** Where to go on after a gap. */
    this.place = "";
    this.attempt = 0;
    /** Goes up with every connection: what an earlier one still says does not count. */
    this.run = 0;
    this.close = () => {};
    this.cancel = () => {};
  }

  start() {
    if (this.wanted || !this.ports.stream) return;
    this.wanted = true;
    this.connect();
  }

  stop() {
    this.wanted = false;
    this.end();
    this.place = "";
    this.attempt = 0;
  }

  /** The line is back, or somebody looks. */
  hurry() {
    if (this.wanted && this.attempt && !this.live) this.connect();
  }

  /** This computer has slept: a connection that is dead would be waited for. */
  renew() {
    if (!this.wanted) return;
    const { live } = this;
    this.connect();
    if (live) this.ended();
  }

  connect() {
    const { stream } = this.ports;
    if (!stream) return;
    this.end();
    const { run } = this;
    const mine = () => run === this.run;
    this.restartTimer();
    this.opens();
    const close = stream.open(this.place, {
      heard: (kind, place, data) => mine() && this.heard(kind, place, data),
      lost: () => mine() && this.lost(),
    }, this.name);
    if (mine()) this.close = close;
  }

  /** @param {string} kind @param {string} place @param {any} data */
  heard(kind, place, data) {
    if (kind === "end") return this.lost(data.after * 1000);
    this.restartTimer();
    if (place) this.place = place;
    if (kind !== "beat") return this.hear(kind, data);
    const isNew = !this.live;
    Object.assign(this, { live: true, attempt: 0 }); // it follows what had been missed
    if (isNew) this.works();
  }

  restartTimer() {
    this.cancel();
    this.cancel = this.ports.clock.after(SILENCE, () => this.lost());
  }

  /** @param {number} [atLeast] ms */
  lost(atLeast = 0) {
    const { live } = this;
    this.end();
    this.attempt += 1;
    this.cancel = this.ports.clock.after(Math.max(patient(atLeast), backoff(this.attempt, this.ports.random)), () => this.connect());
    if (live) this.ended();
  }

  end() {
    this.run += 1;
    this.live = false;
    this.cancel();
    this.close();
    this.close = () => {};
  }
}
