// Background Fetch: what the browser sends by itself, two requests at a time, also after it was closed and started again.

import { nameOf, uploadsOf } from "../../custom_components/reflex_smartupload/client/core/background_fetch/registration.js";
import { pathOf } from "../../custom_components/reflex_smartupload/client/io/twins/memorystore.js";
import { kept } from "./files.js";

/** @typedef {import("./browser.js").Browser} Browser */
/** @typedef {{url: string, fields: Record<string, string>, bytes: Buffer, flying: boolean, gone: number, arrived: boolean, level: number}} Request `gone`: bytes of it that are on their way; `arrived`: it came there, which the browser has not heard of; `level`: it asks the server whether more may be sent, -1 for a part */

const AT_ONCE = 2;
/** Parts between two pairs of questions. */
const BETWEEN = 4;
/** ms in which an engine hears that the server has let its browser go, wherever it lives: a stream that is dead without a word is given up after 45 s. */
const HEARD = 60_000;
/** ms between two looks whether the line is back. */
const LINE = 5000;
/** Chance that a request that fails leaves its registration with none. */
const DIES = 0.1;
/** Chance that one on its way is sent once more beside itself, which Chromium does half a minute after any page was loaded (`benchmarks/resume.py`). */
const AGAIN = 0.1;

export class Background {
  /** @param {Browser} browser */
  constructor(browser) {
    this.browser = browser;
    this.world = browser.world;
    this.dice = this.world.dice.of(`background ${browser.name}`);
    this.deadDice = this.world.dice.of(`dead background ${browser.name}`);
    this.againDice = this.world.dice.of(`again background ${browser.name}`);
    /** Registrations whose requests have failed, and that Chromium keeps without a word until it is started again. @type {Set<string>} */
    this.dead = new Set();
    /** Registrations that were there when the journal, which knew of them, was wiped. @type {Set<string>} */
    this.orphans = new Set();
    /** @type {Map<string, Request[]>} */
    this.registrations = new Map();
    /** What the browser was asked for, and has not taken yet. @type {Set<string>} */
    this.asked = new Set();
    /** Bytes that have left, by registration. @type {Map<string, number>} */
    this.left = new Map();
    /** Bytes of all its parts, by registration; fields weigh nothing here. @type {Map<string, number>} */
    this.totals = new Map();
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
      usable: () => browser.kind === "chromium" && browser.pages.length > 0 && browser.home?.early === null, // pages are heard once the journal was read
      give: async ({ id, requests, isHeld }) => {
        page();
        const [asking] = browser.pages;
        if (dice.chance(world.weather.refuse)) throw new DOMException("no", dice.pick(["NotAllowedError", "QuotaExceededError", "TypeError"]));
        if (!requests.length) throw new DOMException("no requests", "TypeError");
        /** @type {Request[]} */
        const list = [];
        for (const { url, fields, blob } of requests) list.push({ url, fields, bytes: Buffer.from(await /** @type {any} */ (blob).bytes()), flying: false, gone: 0, arrived: false, level: -1 });
        if (isHeld) this.ask(list);
        this.asked.add(id);
        this.totals.set(id, list.reduce((sum, { bytes }) => sum + bytes.length, 0));
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
      takeBack: async (id, stoodAt) => {
        page();
        await world.clock.sleep(dice.below(20));
        this.mayEnd(id, stoodAt);
        this.asked.delete(id);
        this.registrations.delete(id);
        world.service.twin.holds.changed();
      },
      active: async () => {
        page();
        await null;
        return [...new Set([...this.asked, ...this.registrations.keys()])];
      },
      sent: async (id) => {
        page();
        await null;
        return this.sent(id);
      },
    };
    return ports;
  }

  /** The service worker's own end, of which nothing can be begun. */
  ownPorts() {
    return {
      usable: () => false,
      give: () => Promise.reject(new DOMException("no page", "AbortError")),
      takeBack: async (/** @type {string} */ id, /** @type {number} */ stoodAt) => {
        this.mayEnd(id, stoodAt);
        this.registrations.delete(id);
        this.world.service.twin.holds.changed();
      },
      active: async () => [...this.registrations.keys()],
      sent: async (/** @type {string} */ id) => this.sent(id),
    };
  }

  /** A pair of questions before each few parts, so that both of what the browser does at once wait for the answer. @param {Request[]} list */
  ask(list) {
    for (let at = Math.floor((list.length - 1) / BETWEEN) * BETWEEN; at >= 0; at -= BETWEEN)
      for (let lane = 0; lane < AT_ONCE; lane += 1) list.splice(at, 0, { url: "", fields: {}, bytes: Buffer.alloc(0), flying: false, gone: 0, arrived: false, level: at / BETWEEN });
  }

  /** @param {string} id */
  sent(id) {
    const list = this.registrations.get(id) ?? [];
    return { bytes: (this.left.get(id) ?? 0) + list.reduce((sum, { gone }) => sum + gone, 0), of: this.totals.get(id) ?? 0 };
  }

  /** What is being sent cannot be ended: where it is all the same, the browser ends with it. @param {string} id @param {number} [stoodAt] */
  mayEnd(id, stoodAt = 0) {
    if (!this.registrations.has(id)) return;
    if (this.sent(id).bytes !== stoodAt) throw new DOMException("it is being sent", "InvalidStateError");
    // No more than what arrived is on its way once more: nobody can tell that from a browser that does not go on yet.
    const more = (this.registrations.get(id) ?? []).reduce((sum, { gone, arrived, bytes }) => sum + gone - (arrived ? bytes.length : 0), 0);
    if (more > 0) this.world.fail("the browser itself is ended", `by an end of a background fetch of which a part is on the line: ${id}`);
  }

  /** Nothing here knows any more what the browser was given. */
  orphan() {
    for (const id of [...this.asked, ...this.registrations.keys()]) this.orphans.add(id);
  }

  /** Is a part in its hands, so that an engine could know of it? @param {string} path as its address begins */
  has(path) {
    for (const [id, list] of this.registrations) if (!this.orphans.has(id) && this.isGoing(id) && list.some(({ url }) => pathOf(url).startsWith(path))) return true;
    return false;
  }

  /** It was not held back, or is known not to be for so long that its engine could have heard. @param {string} id */
  isGoing(id) {
    const hold = this.world.service.twin.holds.holds.get(nameOf(id));
    return !hold || (hold.isLetGo && this.world.clock.true() - hold.letGoAt > HEARD);
  }

  /** The browser runs again: nothing is on the line. */
  begin() {
    this.run += 1;
    this.active = 0;
    this.asked.clear();
    this.dead.clear();
    for (const list of this.registrations.values()) for (const request of list) Object.assign(request, { flying: false, gone: 0 });
    this.go();
  }

  go() {
    if (!this.browser.running) return;
    for (const [id, list] of this.registrations)
      for (const request of list) {
        if (this.active >= AT_ONCE) return;
        if (!request.flying && !this.dead.has(id)) void (request.level < 0 ? this.post(id, list, request) : this.wait(id, list, request));
      }
  }

  /** @param {string} id @param {Request[]} list @param {Request} request */
  async post(id, list, request) {
    const { world, dice, run } = this;
    const { clock, weather } = world;
    Object.assign(request, { flying: true, gone: dice.below(request.bytes.length) });
    this.active += 1;
    if (this.againDice.chance(AGAIN)) this.again(request);
    await clock.sleep(weather.part ? dice.below(2 * weather.part) : 1 + dice.below(40));
    const mine = () => run === this.run && this.browser.running && this.registrations.get(id) === list;
    if (!mine()) {
      if (dice.chance(0.3)) {
        request.arrived = true;
        this.arrive(request);
      }
      if (run === this.run) this.active -= 1;
      return void (run === this.run && this.go());
    }
    const fails = this.browser.offline || dice.chance(weather.loss);
    const status = fails ? 0 : await this.arrive(request);
    if (run !== this.run) return;
    this.active -= 1;
    Object.assign(request, { flying: false, gone: 0 });
    if (status === 0 && this.deadDice.chance(DIES)) {
      this.dead.add(id);
      world.happened("dead");
    }
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

  /** Ask the server, which answers when it may go on. @param {string} id @param {Request[]} list @param {Request} request */
  async wait(id, list, request) {
    const { dice, run, world } = this;
    const { clock, service } = world;
    Object.assign(request, { flying: true });
    this.active += 1;
    const mine = () => run === this.run && this.browser.running && this.registrations.get(id) === list;
    await clock.sleep(1 + dice.below(40));
    const since = clock.true();
    let answer = "";
    let waited = false;
    while (mine() && !answer) {
      const away = this.browser.offline || service.down;
      const said = away ? null : service.twin.holds.told(nameOf(id), since);
      const isPair = list.filter(({ level, flying }) => level === request.level && flying).length === AT_ONCE || list.filter(({ level }) => level === request.level).length < AT_ONCE;
      if (said && said.told !== "wait" && (said.told === "go" || isPair)) answer = said.told;
      else if (!waited && said?.told === "wait" && (waited = true)) world.happened("held");
      else await this.news(said && said.told === "wait" ? said.until - clock.true() : LINE);
    }
    if (run !== this.run) return;
    this.active -= 1;
    if (!mine()) return void this.go();
    request.flying = false;
    list.splice(list.indexOf(request), 1);
    if (answer === "end") {
      world.happened("ended");
      this.end(id, "fail");
    } else if (!list.length) this.end(id, "success");
    else if (waited) world.happened("let go");
    this.go();
  }

  /** Something has changed, or it is time. @param {number} ms @returns {Promise<void>} */
  news(ms) {
    const { clock, service } = this.world;
    return new Promise((resolve) => {
      const listeners = service.listening;
      const woken = () => {
        listeners.delete(woken);
        cancel();
        resolve();
      };
      const cancel = ms === Infinity ? () => {} : clock.after(Math.max(1, ms), woken);
      listeners.add(woken);
    });
  }

  /** The same request once more, of which nobody hears. @param {Request} request */
  async again(request) {
    const { againDice, run, world } = this;
    await world.clock.sleep(againDice.below(2 * world.weather.part + 1000));
    if (run !== this.run || !this.browser.running || this.browser.offline || againDice.chance(world.weather.loss)) return;
    world.happened("again");
    // From then on the first one brings nothing new, which nobody can tell from a browser that does not go on yet.
    if ((await this.arrive(request)) < 400) request.arrived = true;
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
    world.service.twin.holds.changed();
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
