// One tab, as shell/page/page.js is: it shows cards, holds picked files until they are safe, and offers them to an engine that begins anew.

/** @typedef {import("./browser.js").Browser} Browser */
/** @typedef {import("../../custom_components/reflex_smartupload/client/core/view/card.js").Card} Card */

const KNOCK = 1000; // ms
const AGAIN = 2000; // ms between two attempts to have everything forgotten

export class Page {
  /** @param {Browser} browser */
  constructor(browser) {
    this.browser = browser;
    this.closed = false;
    this.epoch = "";
    /** @type {Map<string, Card>} */
    this.cards = new Map();
    /** @type {Map<string, any>} */
    this.held = new Map();
    /** @type {Map<number, any>} */
    this.unheard = new Map();
    this.serial = 0;
    /** What was cancelled here, until that is undone. @type {Set<string>} */
    this.cancelled = new Set();
    /** What it asked to be forgotten, by the name of the question. @type {Map<string, (fault: string) => void>} */
    this.forgetting = new Map();
  }

  start() {
    this.knock();
  }

  knock() {
    if (this.closed || this.epoch) return;
    this.say({ type: "hello" });
    this.browser.world.clock.after(KNOCK, () => this.knock());
  }

  /** @param {any} message */
  say(message) {
    queueMicrotask(() => this.browser.home?.hear(message));
  }

  /** @param {any} message */
  hear(message) {
    if (this.closed) return;
    if (message.type === "welcome") this.welcome(message);
    else if (message.type === "change") this.change(message);
    else if (message.type === "started") this.say({ type: "hello" });
    else if (message.type === "taken") this.unheard.delete(message.serial);
    else if (message.type === "forgot") this.forgot(message);
  }

  /** @param {(fault: string) => void} done */
  forget(done) {
    const id = `f${(this.browser.serial += 1)}`;
    this.forgetting.set(id, done);
    const ask = () => {
      if (this.closed || !this.forgetting.has(id)) return;
      this.say({ type: "forget", id });
      this.browser.world.clock.after(AGAIN, ask);
    };
    ask();
  }

  /** @param {{id: string, fault: string}} answer */
  forgot({ id, fault }) {
    const done = this.forgetting.get(id);
    this.forgetting.delete(id);
    done?.(fault);
  }

  /** @param {any} message */
  welcome(message) {
    if (this.epoch !== message.epoch) this.forgetCancelled();
    const mine = [...this.cards.values()].filter((card) => this.held.has(card.id));
    this.cards = new Map(mine.map((card) => [card.id, card]));
    for (const card of message.cards) this.take(card);
    if (this.epoch !== message.epoch) this.offer();
    this.epoch = message.epoch;
    this.say({ type: "able" });
  }

  /** @param {any} message */
  change(message) {
    if (message.epoch !== this.epoch) return this.say({ type: "hello" });
    for (const card of message.changed) this.take(card);
    for (const id of message.removed) {
      this.cards.delete(id);
      this.held.delete(id);
    }
  }

  /** @param {Card} card */
  take(card) {
    this.browser.world.rules.card(this.browser, card);
    if (card.state !== "cancelled" && this.cards.get(card.id)?.state === "cancelled") this.cancelled.delete(card.id);
    this.cards.set(card.id, card);
    this.browser.says(card);
    if (card.section === "done" || card.leave === "return" || card.leave === "continues") this.held.delete(card.id);
  }

  /** A button on a card. @param {string} type @param {string} id */
  press(type, id) {
    if (type === "withdraw" || type === "cancel") this.cancelled.add(id);
    else if (type === "undo") this.cancelled.delete(id);
    this.say({ type, id });
  }

  forgetCancelled() {
    const isCancelled = (/** @type {string} */ id) => this.cancelled.has(id) || this.cards.get(id)?.state === "cancelled";
    for (const id of this.held.keys()) if (isCancelled(id)) this.held.delete(id);
    for (const [serial, message] of this.unheard) this.unheard.set(serial, { ...message, picks: message.picks.filter((/** @type {{id: string}} */ { id }) => !isCancelled(id)) });
  }

  offer() {
    for (const message of this.unheard.values()) this.say(message);
    if (this.held.size) this.say({ type: "add", picks: [...this.held.values()], serial: 0 });
  }

  /** @param {import("../../custom_components/reflex_smartupload/client/core/engine/commands.js").Pick[]} picks */
  add(picks) {
    for (const pick of picks) this.held.set(pick.id, pick);
    this.serial += 1;
    const message = { type: "add", picks, serial: this.serial };
    this.unheard.set(this.serial, message);
    this.say(message);
  }
}
