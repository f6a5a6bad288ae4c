// Where an engine lives, as shell/engine/run.js puts it together: it hears pages and says what they show.

import { Commands } from "../../custom_components/reflex_smartupload/client/core/engine/commands.js";
import { Device } from "../../custom_components/reflex_smartupload/client/core/recovery/device.js";
import { toCard } from "../../custom_components/reflex_smartupload/client/core/view/card.js";
import { Engine } from "../../custom_components/reflex_smartupload/client/core/engine/engine.js";
import { PART } from "./tables.js";

/** @typedef {import("./browser.js").Browser} Browser */

export class Home {
  /** @param {Browser} browser */
  constructor(browser) {
    this.browser = browser;
    this.epoch = `${browser.name}/${(browser.serial += 1)}`;
    this.life = { dead: false };
    /** What it has been told that the store has, by part. @type {Set<string>} */
    this.told = new Set();
    const ports = browser.ports(this.life, false);
    this.engine = new Engine({
      ...ports,
      publish: (/** @type {any} */ change) => this.say({ type: "change", epoch: this.epoch, ...change }),
      emit: (/** @type {any} */ event) => (event.type === "settings" ? this.welcome() : event.type === "log" && this.log(event.text)),
    });
    this.engine.standing.step = PART / 4; // of what eight bytes are here
    this.commands = new Commands(this.engine);
    this.device = new Device(this.engine);
    /** @type {any[] | null} */
    this.early = [];
    this.greeting = false;
    this.greetAgain = false;
  }

  /** @param {string} text */
  log(text) {
    const { world, name } = this.browser;
    world.note(name, text);
    if (/nothing in the phase/.test(text)) world.fail("a phase that the table does not know", `${name} ${text}`);
  }

  async start() {
    await this.engine.recovery.start();
    if (this.life.dead) return;
    const waited = this.early ?? [];
    this.early = null;
    this.say({ type: "started", epoch: this.epoch });
    for (const message of waited) this.hear(message);
  }

  end() {
    this.life.dead = true;
    this.engine.changeFeed.stop();
    for (const u of this.engine.uploads.values()) u.abort.abort(); // what it had on the line goes with it
  }

  /** Is a card still what it says? What is on its way to the page comes within a blink: nobody leaves by what was there before. @param {import("../../custom_components/reflex_smartupload/client/core/ports/pages.js").Card} card */
  stands(card) {
    const { publisher, uploads } = this.engine;
    const u = uploads.get(card.id);
    if (!u || (!publisher.dirty.has(u) && publisher.cards.get(u.id)?.leave === card.leave)) return true;
    return this.leaveOf(u) === card.leave;
  }

  /** What its card would say this very moment. @param {import("../../custom_components/reflex_smartupload/client/core/upload/upload.js").Upload} u */
  leaveOf(u) {
    return toCard(u, { ...this.engine.publisher.surroundings(), away: "" }).leave;
  }

  /** Would something be lost now that the page is just about to hear of? @param {import("./page.js").Page} page */
  isUnsafe(page) {
    const { publisher, uploads } = this.engine;
    const isNews = (/** @type {any} */ u) => publisher.dirty.has(u) || page.epoch !== this.epoch;
    return [...uploads.values()].some((u) => isNews(u) && this.leaveOf(u) === "stay");
  }

  async greet() {
    this.greetAgain = true;
    if (this.greeting) return;
    this.greeting = true;
    while (this.greetAgain) {
      this.greetAgain = false;
      await this.engine.owners.ask();
      this.welcome();
    }
    this.greeting = false;
    this.engine.wake();
  }

  welcome() {
    this.say({ type: "welcome", epoch: this.epoch, ...this.engine.publisher.all() });
  }

  /** @param {any} message */
  say(message) {
    if (this.life.dead) return;
    for (const page of this.browser.pages) queueMicrotask(() => page.hear(message));
  }

  /** @param {any} message */
  hear(message) {
    if (this.life.dead) return;
    if (this.early) return void this.early.push(message);
    const { engine, commands } = this;
    /** @type {Record<string, () => unknown>} */
    const handlers = {
      hello: () => {
        engine.livesIn({ shared: true, outlives: this.browser.kind === "chromium", backgroundRuns: true });
        this.greet();
      },
      add: async () => {
        await commands.add(message.picks);
        this.say({ type: "taken", serial: message.serial });
      },
      give: () => commands.give(message.id, message.file),
      pause: () => commands.pause(message.id),
      resume: () => commands.resume(message.id),
      cancel: () => commands.cancel(message.id),
      withdraw: () => commands.withdraw(message.id),
      undo: () => commands.undo(message.id),
      retry: () => commands.retry(message.id),
      sendNow: () => commands.sendNow(message.id),
      dismiss: () => commands.dismiss(message.id),
      look: () => engine.recovery.look(),
      forget: async () => {
        const fault = await this.device.forget(message.id);
        this.browser.background.orphan(); // the person is told of what the browser is still sending
        this.say({ type: "forgot", id: message.id, fault });
      },
      able: () => engine.wake(),
      gesture: () => engine.handover.gesture(),
      background: () => engine.handed.heard(message),
    };
    const result = /** @type {any} */ (handlers[message.type]?.());
    result?.catch?.((/** @type {unknown} */ error) => this.browser.world.fail("an engine's command failed", String(error)));
  }
}
