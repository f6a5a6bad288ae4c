// Background Fetch: what the browser sends by itself, two requests at a time, also after it was closed and started again.

import { pathOf } from "../../custom_components/reflex_smartupload/client/io/twins/memorystore.js";
import { kept } from "./files.js";

/** @typedef {import("./browser.js").Browser} Browser */
/** @typedef {{url: string, fields: Record<string, string>, bytes: Buffer, flying: boolean}} Request */

const AT_ONCE = 2;

export class Background {
  /** @param {Browser} browser */
  constructor(browser) {
    this.browser = browser;
    this.world = browser.world;
    this.dice = this.world.dice.of(`background ${browser.name}`);
    /** @type {Map<string, Request[]>} */
    this.registrations = new Map();
    /** What the browser was asked for, and has not taken yet. @type {Set<string>} */
    this.asked = new Set();
    /** Bytes that have left, by registration. @type {Map<string, number>} */
    this.left = new Map();
    this.active = 0;
    /** Goes up with every start of the browser. */
    this.run = 0;
  }

  ports() {
    const { browser, dice, world } = this;
    const page = () => {
      if (!browser.pages.length) throw new DOMException("no page", "AbortError");
    };
    /** @type {import("../../custom_components/reflex_smartupload/client/core/ports/ports.js").Handovers} */
    const ports = {
      usable: () => browser.kind === "chromium" && browser.pages.length > 0,
      give: async ({ id, requests }) => {
        page();
        const [asking] = browser.pages;
        if (dice.chance(world.weather.refuse)) throw new DOMException("no", dice.pick(["NotAllowedError", "QuotaExceededError", "TypeError"]));
        if (!requests.length) throw new DOMException("no requests", "TypeError");
        /** @type {Request[]} */
        const list = [];
        for (const { url, fields, blob } of requests) list.push({ url, fields, bytes: Buffer.from(await /** @type {any} */ (blob).bytes()), flying: false });
        this.asked.add(id);
        await world.clock.sleep(20 + dice.below(500));
        if (!this.asked.delete(id)) return; // taken back meanwhile
        this.registrations.set(id, list);
        world.note("given", id);
        this.go();
        if (dice.chance(world.weather.late) || asking.closed) {
          await world.clock.sleep(120_000);
          throw new DOMException("the page does not answer", "TimeoutError");
        }
      },
      takeBack: async (id, isStill) => {
        page();
        await world.clock.sleep(dice.below(20));
        this.mayEnd(id, isStill);
        this.asked.delete(id);
        this.registrations.delete(id);
      },
      active: async () => {
        page();
        await null;
        return [...new Set([...this.asked, ...this.registrations.keys()])];
      },
      sent: async (id) => {
        page();
        await null;
        return this.left.get(id) ?? 0;
      },
    };
    return ports;
  }

  /** The service worker's own end, of which nothing can be begun. */
  ownPorts() {
    return {
      usable: () => false,
      give: () => Promise.reject(new DOMException("no page", "AbortError")),
      takeBack: async (/** @type {string} */ id, /** @type {boolean} */ isStill) => {
        this.mayEnd(id, isStill);
        this.registrations.delete(id);
      },
      active: async () => [...this.registrations.keys()],
      sent: async (/** @type {string} */ id) => this.left.get(id) ?? 0,
    };
  }

  /** What is being sent cannot be ended. Nothing has left in the first seconds. @param {string} id @param {boolean} [isStill] */
  mayEnd(id, isStill) {
    const list = this.registrations.get(id) ?? [];
    const isSending = list.some(({ flying }) => flying) && (this.left.get(id) || this.dice.chance(0.5));
    if (isSending && !isStill) throw new DOMException("it is being sent", "InvalidStateError");
  }

  /** Is a part in its hands? @param {string} path as its address begins */
  has(path) {
    for (const list of this.registrations.values()) if (list.some(({ url }) => pathOf(url).startsWith(path))) return true;
    return false;
  }

  /** The browser runs again: nothing is on the line. */
  begin() {
    this.run += 1;
    this.active = 0;
    this.asked.clear();
    for (const list of this.registrations.values()) for (const request of list) request.flying = false;
    this.go();
  }

  go() {
    if (!this.browser.running) return;
    for (const [id, list] of this.registrations)
      for (const request of list) {
        if (this.active >= AT_ONCE) return;
        if (!request.flying) this.post(id, list, request);
      }
  }

  /** @param {string} id @param {Request[]} list @param {Request} request */
  async post(id, list, request) {
    const { world, dice, run } = this;
    const { clock, weather } = world;
    request.flying = true;
    this.active += 1;
    await clock.sleep(weather.part ? dice.below(2 * weather.part) : 1 + dice.below(40));
    const mine = () => run === this.run && this.browser.running && this.registrations.get(id) === list;
    if (!mine()) {
      if (dice.chance(0.3)) this.arrive(request);
      if (run === this.run) this.active -= 1;
      return void (run === this.run && this.go());
    }
    const fails = this.browser.offline || dice.chance(weather.loss);
    const status = fails ? 0 : await this.arrive(request);
    if (run !== this.run) return;
    this.active -= 1;
    request.flying = false;
    if (status === 0) clock.after(1000 + dice.below(5000), () => this.go()); // it waits for the line
    else if (status >= 400) this.end(id, "fail");
    else {
      this.left.set(id, (this.left.get(id) ?? 0) + request.bytes.length);
      const at = list.indexOf(request);
      if (at >= 0) list.splice(at, 1);
      if (!list.length && this.registrations.get(id) === list) this.end(id, "success");
    }
    if (status) this.go();
  }

  /** @param {Request} request @returns {Promise<number>} status */
  async arrive({ url, fields, bytes }) {
    const { service, rules } = this.world;
    rules.arrived(url, fields, "background");
    return (await service.serve("", () => service.twin.post(url, fields, /** @type {any} */ (kept(bytes))))).status;
  }

  /** As sw.js does. @param {string} id @param {string} how */
  end(id, how) {
    const { browser, world } = this;
    this.registrations.delete(id);
    world.note("background", id, how);
    const lives = browser.home !== null;
    browser.home?.hear({ type: "background", id, how });
    if (how !== "success" && lives) return;
    for (const upload of uploadsOf(id)) browser.line.call(how === "abort" ? "pause" : "complete", [upload]).catch(() => {});
  }

  /** The uploads of what the browser's own list shows first. @returns {string[]} */
  inHand() {
    const [id = ""] = this.registrations.keys();
    return uploadsOf(id);
  }

  /** The person cancels it there. */
  abort() {
    const [id] = this.registrations.keys();
    if (id) this.end(id, "abort");
  }
}

/** @param {string} id of a handover @returns {string[]} */
const uploadsOf = (id) => id.split(".").slice(1);
