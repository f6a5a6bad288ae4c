// Decides at which of the store's hosts a part goes out: its own, unless that one does not answer or has as much to do as a browser lets it have.

import { Gate } from "../ports/retry.js";

/** Connections that browsers open to one host; a part more would only wait for one. */
export const PER_HOST = 6;
/** ms for which a host that fails once more is left alone, for each time: a probe may stand still for as long as a part may, and others answer. */
const LONGER = 20_000;

/** @typedef {{url: string, others: readonly string[]}} Addressed `others`: the same at other hosts */
/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "wake" | "storeGate">} Needs of the engine */

export class Hosts {
  /** Whether each may be asked now. Where the store has one host, the gate of the store says it all. @type {Map<string, Gate>} */
  #gates = new Map();

  /** The host that answered last. */
  #answered = "";

  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
  }

  /**
   * The same part with the address first at which it goes out now; null while it has to wait.
   * @template {Addressed} P @param {P} part @param {Iterable<Addressed>} onLine @returns {P | null}
   */
  choose(part, onLine) {
    if (!part.others.length) return part;
    const urls = [part.url, ...part.others];
    const at = this.engine.storeGate.closed ? this.#probed(urls) : urls.findIndex((url) => this.#takes(hostOf(url), onLine));
    return at < 0 ? null : { ...part, url: urls[at], others: urls.filter((_, other) => other !== at) };
  }

  /** None answers: they are tried in turn, and first the one that answered last. @param {string[]} urls */
  #probed(urls) {
    const last = Math.max(0, urls.findIndex((url) => hostOf(url) === this.#answered));
    return (last + this.engine.storeGate.attempt - 1) % urls.length;
  }

  /** @param {string} host @param {Iterable<Addressed>} onLine */
  #takes(host, onLine) {
    const busy = [...onLine].filter(({ url }) => hostOf(url) === host).length;
    return busy < PER_HOST && this.#gate(host).allows(busy);
  }

  /** @param {string} host */
  #gate(host) {
    const { engine } = this;
    const gate = this.#gates.get(host) ?? new Gate(engine.ports.clock, engine.ports.random, () => engine.wake());
    this.#gates.set(host, gate);
    return gate;
  }

  /** The store has said something to it, so it is there. @param {Addressed} part */
  answered({ url, others }) {
    this.engine.storeGate.ok();
    if (!others.length) return;
    this.#answered = hostOf(url);
    const gate = this.#gate(this.#answered);
    if (!gate.closed) return;
    gate.ok();
    // Perhaps it was the line, and the others are back as well.
    for (const other of this.#gates.values()) other.hurry();
  }

  /** It did not get through there; the store is away when that is so at every host. @param {Addressed} part @param {string} reason error code */
  failed({ url, others }, reason) {
    if (others.length) {
      const gate = this.#gate(hostOf(url));
      gate.fail(reason, gate.attempt * LONGER);
      if (others.some((other) => !this.#gate(hostOf(other)).closed)) return;
    }
    this.engine.storeGate.fail(reason);
  }

  /** Whether this host alone has been away for more than a moment. @param {string} url */
  isAway(url) {
    return !this.engine.storeGate.closed && (this.#gates.get(hostOf(url))?.attempt ?? 0) > 1;
  }

  /** The line is back, or somebody looks. */
  hurry() {
    for (const gate of this.#gates.values()) gate.hurry();
  }
}

/** @param {string} url */
const hostOf = (url) => /^\w+:\/\/[^/]+/.exec(url)?.[0] ?? "";
