// Decides how this browser forgets: all that was kept here, for whomever, is wiped; what could not be is named.

import { elapsed } from "../ports/clock.js";
import { isUnstoppable } from "../ports/errors.js";
import { within } from "./question.js";
import { listText } from "../words/figures.js";
import { say } from "../words/words.js";

const PAUSING = 3000; // ms for the server to hear that what is on its way pauses
const IDLE = 10_000; // ms for what is being staged or handed over to come to its end
const LOOK = 100; // ms between two looks whether it has
const CALLS = 3;
const SENDING = "wipe-left-sending";
/** ms for the page to end the owner at the server, after which every page begins anew; a page that was closed meanwhile does not. */
const GOODBYE = 30_000;

/** @typedef {import("../upload/upload.js").Upload} Upload */
/** @typedef {Pick<import("../upload/context.js").Context, "ports" | "uploads"> & {handover: import("../background_fetch/handover.js").Handover, cancelling: import("../server/cancelling.js").Cancelling, changeFeed: import("../server/change_feed.js").ChangeFeed, owners: import("./owners.js").Owners, stager: import("../staging/stager.js").Stager}} Needs of the engine */

export class Device {
  /** What was answered to each question. @type {Map<string, string>} */
  #answered = new Map();

  /** @type {Promise<string> | null} */
  #wiping = null;

  /** @param {Needs} engine */
  constructor(engine) {
    this.engine = engine;
  }

  /**
   * A page asks until it has heard the answer: the same question is not answered by wiping what has come since, and two at the same time
   * share one wiping.
   * @param {string} id of the question @returns {Promise<string>} a sentence on what is left here; "" when nothing is
   */
  async forget(id) {
    const answered = this.#answered.get(id);
    if (answered !== undefined) return answered;
    this.#wiping ??= this.#wipe().finally(() => (this.#wiping = null));
    const fault = await this.#wiping;
    this.#answered.set(id, fault);
    return fault;
  }

  async #wipe() {
    const { engine } = this;
    const { cancelling, uploads, owners, ports } = engine;
    // The server hears of what can still be undone before nobody could tell it any more.
    if (cancelling.mayUndo) await within(ports.clock, PAUSING, cancelling.settle().then(() => true));
    const all = [...new Set([...uploads.values(), ...owners.hidden.values(), ...cancelling.unheard])];
    const begun = [...uploads.values()].filter((u) => u.alive && u.uploadId && !u.foreign);
    const handed = all.map((u) => u.registration).filter(Boolean);
    engine.changeFeed.stop();
    // From here on nothing that is still under way writes anything of them down again.
    for (const u of all) {
      owners.hide(u);
      u.renew(ports.newId());
    }
    owners.forget();
    await within(ports.clock, PAUSING, this.pause(begun).then(() => true));
    await this.idle();

    /** @type {Set<string>} */
    const left = new Set();
    const step = async (/** @type {string} */ what, /** @type {() => Promise<unknown>} */ work) => {
      const isLeft = await work().catch(() => true);
      if (isLeft) left.add(typeof isLeft === "string" ? isLeft : what);
    };
    await step("wipe-left-handed", () => this.endHandovers(handed));
    await step("wipe-left-list", () => this.empty({ ids: async () => (await ports.journal.all()).map(({ id }) => id), remove: ports.journal.remove }));
    await step("wipe-left-copies", () => this.empty(ports.snapshots));
    await step("wipe-left-copies", () => this.empty({ ids: ports.partFiles.ids, remove: ports.partFiles.removeAll }));
    owners.leave();
    if (!left.size) {
      ports.clock.after(GOODBYE, () => owners.hurry()); // what came meanwhile goes on for whoever is here
      return "";
    }
    owners.ask(); // the person stays
    return say("wipe-left", { what: listText([...left].map((what) => say(what))) });
  }

  /** So that nobody waits for what does not come. @param {Upload[]} uploads */
  async pause(uploads) {
    const left = uploads.values();
    const lane = async () => {
      for (const { uploadId } of left) await this.engine.ports.api.pause(uploadId).catch(() => {});
    };
    await Promise.all(Array.from({ length: CALLS }, lane));
  }

  async idle() {
    const { engine } = this;
    const { clock } = engine.ports;
    const until = clock.now() + IDLE;
    while ((engine.stager.busy || engine.handover.busy) && clock.now() < until) await elapsed(clock, LOOK);
  }

  /** @param {string[]} known @returns {Promise<boolean | string>} whether something is left, and what */
  async endHandovers(known) {
    const { handovers } = this.engine.ports;
    // Without a page that could ask, and with nothing in the journal, this browser has none.
    if (!known.length && !handovers.usable()) return false;
    let isSending = false;
    for (const id of new Set([...known, ...(await handovers.active())])) {
      await handovers.takeBack(id).catch((error) => {
        if (!isUnstoppable(error)) throw error;
        isSending = true;
      });
    }
    return isSending ? SENDING : (await handovers.active()).length > 0;
  }

  /** @param {{ids: () => Promise<string[]>, remove: (id: string) => Promise<void>}} place @returns {Promise<boolean>} whether something is left */
  async empty({ ids, remove }) {
    try {
      for (const id of await ids()) await remove(id);
      return (await ids()).length > 0;
    } catch (error) {
      // A private window that lets nobody in holds nothing.
      if (error instanceof DOMException && error.name === "SecurityError") return false;
      throw error;
    }
  }
}
