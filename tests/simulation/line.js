// The line between a browser, the server and the store, with everything that goes wrong on it.

import { ApiError, NetworkError } from "../../custom_components/reflex_smartupload/client/core/ports/errors.js";
import { hostOf } from "../../custom_components/reflex_smartupload/client/io/twins/memorystore.js";
import { kept } from "./files.js";

/** @typedef {import("./world.js").World} World */

const TIMEOUT = 30_000; // ms, as io/network/api.js waits
const xml = (/** @type {string} */ code) => `<?xml version="1.0"?><Error><Code>${code}</Code></Error>`;
const answer = (/** @type {number} */ status, /** @type {string} */ body) => ({ status, etag: "", checksum: "", body });

/** What a store or somebody before it says instead of storing. */
const ODD = [
  answer(503, xml("SlowDown")), answer(500, xml("InternalError")), answer(429, xml("SlowDown")), answer(400, xml("RequestTimeout")), answer(403, xml("AccessDenied")), answer(403, xml("RequestTimeTooSkewed")), answer(200, "<html>sign in</html>"), answer(511, "<html>"), answer(403, "<html>"), answer(502, ""),
];
/** After the work was done, as well. */
const ODD_AFTER = [answer(500, xml("InternalError")), answer(502, ""), answer(504, "<html>")];

/** What may stand before the store, for how long (ms): it answers, takes nothing large, cuts what is large, hides the store, or keeps the page from reading what it says. */
const FILTERS = ["refuses", "too large", "cuts", "hides", "mute"];
const FILTERED = 30_000;

export class Line {
  /** @param {World} world @param {{name: string, cookie: () => string, offline: boolean, gave: (path: string) => boolean, isWithdrawn: (id: string) => boolean}} browser */
  constructor(world, browser) {
    this.world = world;
    this.browser = browser;
    this.dice = world.dice.of(`line ${browser.name}`);
    const forms = world.dice.of(`forms ${browser.name}`);
    /** What somebody on the way does with forms, "" for nothing. */
    this.against = forms.chance(0.4) ? forms.pick(["refuses", "cuts", "swallows"]) : "";
    /** Parts on the line now. */
    this.flying = 0;
    /** Which half minute it is, and what stands before the store in it. */
    this.half = -1;
    this.stands = "";
  }

  get latency() {
    return 1 + this.dice.below(this.dice.chance(0.1) ? 400 : 30);
  }

  get cut() {
    return this.browser.offline;
  }

  /** What stands before the store now, "" for nothing. */
  get filter() {
    const { clock, weather } = this.world;
    if (!weather.filter) return "";
    const half = Math.floor(clock.now() / FILTERED);
    if (half !== this.half) Object.assign(this, { half, stands: this.dice.chance(weather.filter) ? this.dice.pick(FILTERS) : "" });
    return this.stands;
  }

  /** @param {string} name @param {any[]} args */
  async call(name, args) {
    const { world, dice, browser } = this;
    const { clock, weather, service } = world;
    const cookie = browser.cookie();
    const work = () => service.serve(cookie, () => /** @type {any} */ (service.twin.api)[name](...structuredCopy(args)));
    await clock.sleep(this.latency);
    if (this.cut || service.down) throw new NetworkError("no line");
    if (dice.chance(weather.loss)) throw this.lost(await clock.sleep(dice.chance(0.3) ? TIMEOUT : 0));
    if (dice.chance(weather.busy)) throw this.busy();
    if (dice.chance(weather.odd)) throw new ApiError(dice.pick([200, 403, 511]), {});
    if (dice.chance(weather.twice)) clock.after(dice.below(500), () => void work().catch(() => {}));
    const result = await work();
    await clock.sleep(this.latency);
    if (this.cut || dice.chance(weather.late)) throw this.lost(0);
    if (dice.chance(weather.odd)) throw new ApiError(502, {});
    return this.dress(name, structuredCopy(result));
  }

  /** @param {unknown} _ */
  lost(_) {
    this.world.happened("line");
    return new NetworkError("lost");
  }

  busy() {
    const { dice } = this;
    const retryAfter = dice.chance(0.5) ? 0 : dice.pick([1, 3, 30]);
    return dice.chance(0.3) ? new ApiError(429, { code: "too_many_requests", detail: "Wait." }, retryAfter) : new ApiError(dice.pick([500, 503]), { code: dice.pick(["internal_error", "store_unavailable"]), detail: "Away." }, retryAfter);
  }

  /** @param {string} name @param {any} result */
  dress(name, result) {
    if (name === "get" && this.dice.chance(this.world.weather.odd)) result.confirmed = [...(result.confirmed ?? []), ...(result.confirmed ?? [])];
    if (name.endsWith("Many") && this.dice.chance(this.world.weather.odd)) return this.spoil(result);
    return result;
  }

  /** An answer about many that says nothing of some, or of all. @param {{results: object[]}} answer */
  spoil({ results }) {
    const at = this.dice.below(results.length);
    return this.dice.pick([{}, { results: results.slice(0, at) }, { results: results.with(at, {}) }]);
  }

  api() {
    const names = ["create", "createMany", "get", "adopt", "list", "sign", "signMany", "handover", "hold", "complete", "completeMany", "pause", "resume", "cancel", "cancelMany", "settings"];
    return Object.fromEntries(names.map((name) => [name, (/** @type {any[]} */ ...args) => this.call(name, args)]));
  }

  /**
   * One part to the store. What was sent when it was stopped may arrive all the same.
   * @param {string} url @param {Record<string, string>} headers @param {any} blob @param {{onProgress: (loaded: number) => void, signal: AbortSignal}} options
   */
  put(url, headers, blob, { onProgress, signal }) {
    return this.flies(() => this.send("put", url, headers, blob, onProgress, signal));
  }

  /**
   * The same as a form, of which nothing is seen before it is through. Somebody on the way may be against them.
   * @param {string} url @param {Record<string, string>} fields @param {any} blob @param {{onProgress: (loaded: number) => void, signal: AbortSignal}} options
   */
  postForm(url, fields, blob, { onProgress, signal }) {
    return this.flies(() => this.send("postForm", url, fields, blob, onProgress, signal));
  }

  /** @template T @param {() => Promise<T>} send @returns {Promise<T>} */
  async flies(send) {
    this.flying += 1;
    try {
      return await send();
    } finally {
      this.flying -= 1;
    }
  }

  /** @param {"put" | "postForm"} how @param {string} url @param {Record<string, string>} headers or fields @param {any} blob @param {(loaded: number) => void} onProgress @param {AbortSignal} signal */
  async send(how, url, headers, blob, onProgress, signal) {
    const { world, dice } = this;
    const { clock, weather, rules } = world;
    if (blob.size) rules.putBegins(this, url, headers); // one without a byte only asks whether the store is there
    const stopped = new Promise((_, reject) => signal.addEventListener("abort", () => reject(new NetworkError("stopped"))));
    stopped.catch(() => {});
    const or = (/** @type {Promise<any>} */ step) => Promise.race([step, stopped]);
    if (world.service.twin.dead.has(hostOf(url))) {
      await or(world.service.isSilent ? new Promise(() => {}) : clock.sleep(this.latency));
      throw new NetworkError("no such host");
    }
    const arrived = (/** @type {string} */ how) => void (blob.size && rules.arrived(url, headers, how));
    const time = weather.part ? dice.below(2 * weather.part) : dice.below(40);
    /** @type {Buffer} */
    let bytes;
    try {
      bytes = await or(blob.bytes());
    } catch {
      throw new NetworkError("the file cannot be read");
    }
    if (bytes.length !== blob.size) throw new NetworkError("the file got shorter"); // a browser sends as many as it has announced, or none
    await or(clock.sleep(time / 2));
    if (this.cut || dice.chance(weather.loss)) {
      if (dice.chance(0.2)) await or(new Promise(() => {})); // stands still
      throw this.lost(0);
    }
    if (how === "postForm" && this.against) {
      world.happened("form");
      if (this.against === "refuses") return answer(403, "<html>");
      if (this.against === "swallows") await or(new Promise(() => {}));
      throw this.lost(0);
    }
    if (how === "put") onProgress(Math.ceil(blob.size / 2));
    await or(clock.sleep(time / 2)).catch((error) => {
      arrived("stopped");
      if (dice.chance(0.4)) this.arrive(how, url, headers, bytes); // it had left already
      throw error;
    });
    if (how === "put") onProgress(blob.size);
    if (dice.chance(weather.odd + weather.busy)) return { ...dice.pick(ODD) };
    const { filter } = this;
    if (filter === "refuses" || (filter === "too large" && blob.size)) return answer(filter === "refuses" ? 403 : 413, "<html>");
    if (filter === "hides" || (filter === "cuts" && blob.size)) throw this.lost(0);
    if (dice.chance(weather.flip)) bytes = flipped(bytes, dice.below(bytes.length));
    if (dice.chance(weather.twice)) clock.after(dice.below(3000), () => this.arrive(how, url, headers, bytes));
    arrived("unsure");
    const result = await this.arrive(how, url, headers, bytes);
    if (this.cut || dice.chance(weather.late)) throw this.lost(0);
    if (dice.chance(weather.odd)) return { ...dice.pick(ODD_AFTER) };
    await or(clock.sleep(this.latency));
    if (filter === "mute" && result.status < 300) return { ...result, etag: "", checksum: "" };
    if (how === "postForm" && result.status < 300) onProgress(blob.size);
    arrived(this.browser.name);
    return result;
  }

  /** @param {"put" | "postForm"} how @param {string} url @param {Record<string, string>} headers @param {Buffer} bytes */
  arrive(how, url, headers, bytes) {
    const { service } = this.world;
    const options = { onProgress: () => {}, signal: new AbortController().signal };
    return service.serve("", () => service.twin[how](url, headers, /** @type {any} */ (kept(bytes)), options));
  }
}

/** @param {Buffer} bytes @param {number} at */
const flipped = (bytes, at) => {
  const copy = Buffer.from(bytes);
  copy[at] ^= 1;
  return copy;
};

/** What travels is a copy. @param {any} value */
const structuredCopy = (value) => (value === undefined ? value : JSON.parse(JSON.stringify(value)));
