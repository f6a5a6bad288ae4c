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

  /** Where a probe goes while none answers. */
  #turn = "";

  /** They began anew with the one that answered last, and not each has been probed since. */
  #hurried = false;

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
    return Math.max(0, urls.findIndex((url) => hostOf(url) === this.#turn));
  }

  /**
   * A probe got nowhere. Whose turn it is goes by the host that failed: the addresses of one part come in another order than those of the next,
   * so that counting probes may come out at the same host every time.
   * @param {Addressed} part
   */
  #passTurn({ url, others }) {
    const hosts = [url, ...others].map(hostOf).sort();
    this.#turn = hosts[(hosts.indexOf(hostOf(url)) + 1) % hosts.length];
    if (this.#turn === this.#answered) this.#hurried = false;
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
    this.#answered = this.#turn = hostOf(url);
    this.#hurried = false;
    const gate = this.#gate(this.#answered);
    if (!gate.closed) return;
    gate.ok();
    // Perhaps it was the line, and the others are back as well.
    for (const other of this.#gates.values()) other.hurry();
  }

  /** It did not get through there; the store is away when that is so at every host. @param {Addressed} part @param {string} reason error code */
  failed({ url, others }, reason) {
    const { storeGate } = this.engine;
    const { attempt } = storeGate;
    if (others.length) {
      const gate = this.#gate(hostOf(url));
      gate.fail(reason, gate.attempt * LONGER);
      if (others.some((other) => !this.#gate(hostOf(other)).closed)) return;
    }
    storeGate.fail(reason);
    // Neither what closed it nor the rest of that wave was a probe.
    if (attempt && storeGate.attempt > attempt) this.#passTurn({ url, others });
  }

  /** Whether this host alone has been away for more than a moment. @param {string} url */
  isAway(url) {
    return !this.engine.storeGate.closed && (this.#gates.get(hostOf(url))?.attempt ?? 0) > 1;
  }

  /** The line is back, or somebody looks: those that wait begin anew. Each is probed before that happens once more, however often somebody looks. */
  hurry() {
    if (this.#answered && !this.#hurried && this.engine.storeGate.closed) {
      this.#turn = this.#answered;
      this.#hurried = true;
    }
    for (const gate of this.#gates.values()) gate.hurry();
  }
}

/** Scheme, name and port of an address. @param {string} url */
export const hostOf = (url) => /^\w+:\/\/[^/]+/.exec(url)?.[0] ?? "";
